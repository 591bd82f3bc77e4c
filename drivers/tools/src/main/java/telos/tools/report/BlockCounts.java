package telos.tools.report;

/**
 * The result of {@code blocks}: Telos's own KV blocks.
 *
 * @param used held by sequences
 * @param cached kept for reuse, held by none
 * @param tokensPerBlock tokens that one block has room for
 * @param usefulShare 0 to 1: filled slots among the slots of the blocks in use; 1 when none is in use
 */
public record BlockCounts(int total, int used, int cached, int free, int tokensPerBlock, double usefulShare)
        implements Report {
    @Override
    public String render() {
        return "blocks: " + total + "\nused: " + used + "\ncached: " + cached + "\nfree: " + free
                + "\ntokens per block: " + tokensPerBlock + "\nuseful share: " + Units.percent(100 * usefulShare);
    }
}

package telos.tools.report;

/**
 * The result of {@code memory}, in bytes. Used is the total less what is available without swapping.
 *
 * @param swapTotal 0 where there is no swap
 */
public record MemoryUse(long total, long available, long swapTotal, long swapUsed) implements Report {
    public long used() {
        return Math.max(0, total - available);
    }

    @Override
    public String render() {
        return "total: " + Units.bytes(total) + "\nused: " + Units.bytes(used()) + "\navailable: "
                + Units.bytes(available) + "\nswap: "
                + (swapTotal == 0 ? "none" : Units.bytes(swapUsed) + " of " + Units.bytes(swapTotal));
    }
}

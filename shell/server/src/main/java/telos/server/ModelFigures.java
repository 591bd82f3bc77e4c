package telos.server;

/**
 * A model's counters since it was loaded, and how many sequences it has now.
 *
 * @param prefixQueries prompt tokens looked up among cached blocks
 * @param prefixHits prompt tokens found there
 */
public record ModelFigures(
        int running,
        int waiting,
        long promptTokens,
        long generatedTokens,
        long preemptions,
        long prefixQueries,
        long prefixHits) {
    public static final ModelFigures NONE = new ModelFigures(0, 0, 0, 0, 0, 0, 0);
}

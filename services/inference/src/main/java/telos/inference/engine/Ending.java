package telos.inference.engine;

/** How an answer ended. */
public sealed interface Ending {
    /**
     * It is whole, or as long as it may be.
     *
     * @param atLimit whether it was cut at its greatest length
     * @param cached prompt tokens that were found in memory
     */
    record Finished(boolean atLimit, int cached) implements Ending {}

    /**
     * Whoever asked no longer wants it, or the engine closed.
     *
     * @param cached prompt tokens that were found in memory
     */
    record Cancelled(int cached) implements Ending {
        /** Before any was looked for. */
        public Cancelled() {
            this(0);
        }
    }

    /** It could not go on; the reason is fit for a person. */
    record Faulted(String why) implements Ending {}
}

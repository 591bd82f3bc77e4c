package telos.server.records;

/**
 * What is kept at most.
 *
 * @param rows of one kind for one tenant
 * @param bytes of one kind for one tenant
 * @param responseSeconds how long a response is kept
 * @param requestSeconds how long the answer to a request is kept
 */
record RecordBounds(int rows, long bytes, long responseSeconds, long requestSeconds) {
    private static final long DAY = 24 * 60 * 60;

    static final RecordBounds USUAL = new RecordBounds(1000, 64L << 20, 30 * DAY, DAY);
}

package telos.bench.labels;

/** The time between two marks. */
final class Stopwatch {
    private boolean running;
    private long began;
    private long nanos;

    /** Starts, or stops and keeps the time. */
    void mark() {
        long now = System.nanoTime();
        if (running) {
            nanos = now - began;
        } else {
            began = now;
        }
        running = !running;
    }

    long nanos() {
        return nanos;
    }
}

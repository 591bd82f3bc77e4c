package telos.devices.cpu;

/** Runs a vector kernel beside its scalar twin until the compiler has made it the faster one. */
final class Heat {
    private static final int ROUND = 64;

    private Heat() {}

    /**
     * Alternates the two.
     *
     * @param deadline by the clock of {@link System#nanoTime}
     * @return whether the vector kernel became faster before the deadline and before an interrupt
     */
    static boolean until(long deadline, Runnable vector, Runnable scalar) {
        long vectorBest = Long.MAX_VALUE;
        long scalarBest = Long.MAX_VALUE;
        int wins = 0;
        while (wins < 2) {
            for (int i = 0; i < ROUND; i++) {
                long start = System.nanoTime();
                vector.run();
                long middle = System.nanoTime();
                if (i % 4 == 0) {
                    scalar.run();
                    scalarBest = Math.min(scalarBest, System.nanoTime() - middle);
                }
                vectorBest = Math.min(vectorBest, middle - start);
                if (middle - deadline > 0 || Thread.currentThread().isInterrupted()) {
                    return false;
                }
            }
            wins = vectorBest < scalarBest ? wins + 1 : 0;
        }
        return true;
    }
}

package telos.devices.cpu;

/**
 * Multiplies matrices of weights with columns of activations. A column's result has the same bits at every batch size
 * and thread count. One caller at a time.
 */
public final class Multiply {
    /** Multiply-adds below which waking workers costs more than it gains. */
    private static final long SMALL = 200_000;

    private final Workers workers;

    public Multiply(Workers workers) {
        this.workers = workers;
    }

    /**
     * y = x · wᵀ.
     *
     * @param x [batch][columns]
     * @param batch at least 1
     * @param y [batch][rows]; may be longer, and must not be x
     */
    public void multiply(WeightMatrix w, float[] x, int batch, float[] y) {
        check(w, x, batch, y);
        int tiles = w.tiles();
        if ((long) w.rows() * w.columns() * batch < SMALL) {
            for (int tile = 0; tile < tiles; tile++) {
                ScalarMultiply.tile(w, tile, x, batch, y);
            }
            return;
        }
        workers.run(tiles, (tile, _) -> ScalarMultiply.tile(w, tile, x, batch, y));
    }

    private static void check(WeightMatrix w, float[] x, int batch, float[] y) {
        if (batch < 1 || (long) batch * w.columns() > x.length || (long) batch * w.rows() > y.length) {
            throw new IllegalArgumentException("a batch of " + batch + " with " + w.rows() + " × " + w.columns()
                    + " weights does not fit x of " + x.length + " and y of " + y.length);
        }
        if (!w.memory().scope().isAlive()) {
            throw new IllegalStateException("the arena of these weights is closed");
        }
    }
}

package telos.devices.cpu;

import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Multiplies matrices of weights with columns of activations. A column's result has the same bits at every batch size
 * and thread count. One caller at a time.
 *
 * <p>It begins with scalar kernels, which are fast from the first call on, and goes over to vector kernels type by type
 * once {@link #warm} has seen them compiled. Both give the same bits, so nothing else changes.
 */
public final class Multiply {
    /** Multiply-adds below which waking workers costs more than it gains. */
    private static final long SMALL = 400_000;

    private static final int ROWS = 64;

    private final Workers workers;
    private final QuantizedColumns quantized = new QuantizedColumns();
    /** Scratch memory by worker. Made late: the classes of the vector API take time to load. */
    private final @Nullable VectorMultiply[] vectors;

    private volatile Set<WeightType> warm = Set.of();

    public Multiply(Workers workers) {
        this.workers = workers;
        vectors = new VectorMultiply[workers.threads()];
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
        if (w.type() == WeightType.Q4_0) {
            quantized.quantize(x, batch, w.columns());
        }
        boolean vector = warm.contains(w.type());
        int chunks = (w.rows() + ROWS - 1) / ROWS;
        if ((long) w.rows() * w.columns() * batch < SMALL) {
            rows(w, 0, w.rows(), x, batch, y, vector, 0);
        } else {
            workers.run(chunks, (chunk, worker) -> {
                int from = chunk * ROWS;
                rows(w, from, Math.min(from + ROWS, w.rows()), x, batch, y, vector, worker);
            });
        }
    }

    private void rows(WeightMatrix w, int from, int to, float[] x, int batch, float[] y, boolean vector, int worker) {
        if (vector) {
            VectorMultiply own = vectors[worker];
            if (own == null) {
                own = new VectorMultiply();
                vectors[worker] = own;
            }
            own.rows(w, from, to, x, quantized, batch, y);
        } else {
            ScalarMultiply.rows(w, from, to, x, quantized, batch, y);
        }
    }

    /**
     * Runs the vector kernels for these types until they are compiled and faster than the scalar ones, and from then on
     * uses them. Another thread may multiply meanwhile.
     *
     * @return the types that now run on vectors: all, unless the time was too short, the thread was interrupted, or this machine has no fast vectors
     */
    public Set<WeightType> warm(Set<WeightType> types, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        for (WeightType type : types) {
            if (!warm.contains(type) && warm(type, deadline)) {
                Set<WeightType> more = EnumSet.of(type);
                more.addAll(warm);
                warm = more;
            }
        }
        return warm;
    }

    /** Batches that between them use every kernel of a type. */
    private static boolean warm(WeightType type, long deadline) {
        try (Arena arena = new Arena()) {
            int rows = ROWS;
            int columns = 2 * QuantizedColumns.BLOCK;
            MemorySegment zeros = MemorySegment.ofArray(new byte[Math.toIntExact(type.bytes((long) rows * columns))]);
            WeightMatrix w = WeightMatrix.pack(arena, type, rows, columns, zeros);
            QuantizedColumns quantized = new QuantizedColumns();
            VectorMultiply vectors = new VectorMultiply();
            int[] batches = type == WeightType.Q4_0 ? new int[] {1, 4} : new int[] {1, 4, 6};
            boolean hot = true;
            for (int batch : batches) {
                float[] x = new float[batch * columns];
                Arrays.fill(x, 1f);
                quantized.quantize(x, batch, columns);
                float[] y = new float[batch * rows];
                hot &= Heat.until(
                        deadline,
                        () -> vectors.rows(w, 0, rows, x, quantized, batch, y),
                        () -> ScalarMultiply.rows(w, 0, rows, x, quantized, batch, y));
            }
            return hot;
        }
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

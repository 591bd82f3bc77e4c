package telos.devices.cpu;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Rotary position embedding (Su et al. 2021, arXiv 2104.09864): turns each pair i of a head by the angle
 * position · scale · base^(-2i/dimensions) / factor[i]. Sines and cosines are kept in tables, made for
 * {@value #RANGE} positions at a time when one of them is first used.
 */
public final class Rope {
    private static final int RANGE = 256;

    /** Which elements of a head form pair i. */
    public enum Pairing {
        /** 2i and 2i + 1: how GGUF files of architecture llama are written. */
        NEIGHBOURS,
        /** i and i + dimensions/2: GPT-NeoX, Qwen. */
        HALVES
    }

    private final Pairing pairing;
    private final int headDim;
    private final int dimensions;
    private final double[] frequencies;
    private final AtomicReferenceArray<float @Nullable []> tables;
    private final int positions;

    /**
     * @param headDim elements of a head
     * @param dimensions how many of them, from the first on, are turned; even
     * @param positions positions run from 0 to positions - 1
     * @param base 10000 for Llama 2, 500000 for Llama 3
     * @param scale what positions are multiplied with: 1, or 1/factor with linear scaling
     * @param factors what each pair's frequency is divided by (the tensor rope_freqs), or empty for none
     */
    public Rope(
            Pairing pairing, int headDim, int dimensions, int positions, double base, double scale, float[] factors) {
        if (dimensions < 2 || dimensions % 2 != 0 || dimensions > headDim) {
            throw new IllegalArgumentException(
                    "the rotated dimensions must be even and at most the head's " + headDim + ", not " + dimensions);
        }
        if (positions < 1) {
            throw new IllegalArgumentException("positions must be at least 1, was " + positions);
        }
        if (factors.length != 0 && factors.length != dimensions / 2) {
            throw new IllegalArgumentException(
                    dimensions + " rotated dimensions need " + dimensions / 2 + " factors, not " + factors.length);
        }
        this.pairing = pairing;
        this.headDim = headDim;
        this.dimensions = dimensions;
        this.positions = positions;
        frequencies = new double[dimensions / 2];
        for (int i = 0; i < frequencies.length; i++) {
            double factor = factors.length == 0 ? 1 : factors[i];
            frequencies[i] = scale * StrictMath.pow(base, -2.0 * i / dimensions) / factor;
        }
        tables = new AtomicReferenceArray<>((positions + RANGE - 1) / RANGE);
    }

    /** Turns so many neighbouring heads of one token in place. */
    public void rotate(float[] x, int offset, int heads, int position) {
        Objects.checkIndex(position, positions);
        Objects.checkFromIndexSize(offset, heads * headDim, x.length);
        float[] table = table(position / RANGE);
        int row = position % RANGE * dimensions;
        int half = dimensions / 2;
        int step = pairing == Pairing.NEIGHBOURS ? 2 : 1;
        int apart = pairing == Pairing.NEIGHBOURS ? 1 : half;
        for (int head = 0; head < heads; head++) {
            int at = offset + head * headDim;
            for (int i = 0; i < half; i++) {
                float cos = table[row + i];
                float sin = table[row + half + i];
                float a = x[at + step * i];
                float b = x[at + step * i + apart];
                x[at + step * i] = Math.fma(a, cos, -(b * sin));
                x[at + step * i + apart] = Math.fma(a, sin, b * cos);
            }
        }
    }

    /** [position in range][cos of each pair, then sin of each pair]. Two threads may make it; they make the same. */
    private float[] table(int range) {
        float[] known = tables.get(range);
        if (known != null) {
            return known;
        }
        int half = dimensions / 2;
        float[] table = new float[RANGE * dimensions];
        for (int p = 0; p < RANGE; p++) {
            for (int i = 0; i < half; i++) {
                double angle = (double) (range * RANGE + p) * frequencies[i];
                table[p * dimensions + i] = (float) StrictMath.cos(angle);
                table[p * dimensions + half + i] = (float) StrictMath.sin(angle);
            }
        }
        tables.set(range, table);
        return table;
    }
}

package telos.devices.cpu;

import static jdk.incubator.vector.VectorOperators.B2F;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.S2I;
import static telos.devices.cpu.Machine.B;
import static telos.devices.cpu.Machine.F;
import static telos.devices.cpu.Machine.F16_BITS;
import static telos.devices.cpu.Machine.F16_SCALE;
import static telos.devices.cpu.Machine.F16_WEIGHT_SCALE;
import static telos.devices.cpu.Machine.HALF_I;
import static telos.devices.cpu.Machine.I;
import static telos.devices.cpu.Machine.LANES;
import static telos.devices.cpu.Machine.LE;
import static telos.devices.cpu.Machine.MEMORY;
import static telos.devices.cpu.Machine.S;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;

/**
 * Matrix kernels for many columns. A panel of rows is decoded into [k][rows] floats that stay in the first-level cache
 * ({@link #f16}, {@link #bf16}, {@link #q8}, {@link #q4}), and then multiplied with several columns at a time. Sums go on
 * from one stretch of k to the next, so they have the bits of {@link ScalarMultiply}.
 *
 * <p>Addresses are absolute and sizes were checked by the caller. Written out, as {@link ColumnKernels} says why.
 */
final class PanelKernels {
    private PanelKernels() {}

    /** Decodes n values of one vector of rows, F16 (finite); they come to stand stride bytes apart. */
    static void f16(long a, int n, long to, int stride) {
        for (int k = 0; k < n; k++) {
            ((IntVector) ShortVector.fromMemorySegment(S, MEMORY, a + 32L * k, LE)
                            .convertShape(S2I, I, 0))
                    .lanewise(LSHL, 13)
                    .and(F16_BITS)
                    .reinterpretAsFloats()
                    .mul(F16_WEIGHT_SCALE)
                    .intoMemorySegment(MEMORY, to + (long) stride * k, LE);
        }
    }

    /** As {@link #f16}, BF16. */
    static void bf16(long a, int n, long to, int stride) {
        for (int k = 0; k < n; k++) {
            ((IntVector) ShortVector.fromMemorySegment(S, MEMORY, a + 32L * k, LE)
                            .convertShape(S2I, I, 0))
                    .lanewise(LSHL, 16)
                    .reinterpretAsFloats()
                    .intoMemorySegment(MEMORY, to + (long) stride * k, LE);
        }
    }

    /** As {@link #f16}, Q8_0, with scales from sa on. n is a multiple of 32. */
    static void q8(long a, long sa, int n, long to, int stride) {
        for (int block = 0; block < n; block += 32) {
            var d = ((IntVector) ShortVector.fromMemorySegment(S, MEMORY, sa + block, LE)
                            .convertShape(S2I, I, 0))
                    .lanewise(LSHL, 13)
                    .and(F16_BITS)
                    .reinterpretAsFloats()
                    .mul(F16_SCALE);
            for (int k = block; k < block + 32; k++) {
                ((FloatVector) ByteVector.fromMemorySegment(B, MEMORY, a + 16L * k, LE)
                                .convertShape(B2F, F, 0))
                        .mul(d)
                        .intoMemorySegment(MEMORY, to + (long) stride * k, LE);
            }
        }
    }

    /**
     * Decodes n values of one vector of nibbles, Q4_0, to integers from -8 to 7 as floats. The rows of its high halves
     * come to stand 8 floats after those of its low halves.
     */
    static void q4(long a, int n, long to, int stride) {
        for (int k = 0; k < n; k += 4) {
            var w = IntVector.fromMemorySegment(HALF_I, MEMORY, a + 8L * k, LE);
            long t = to + (long) stride * k;
            ((FloatVector) w.and(15).sub(8).convert(I2F, 0)).intoMemorySegment(MEMORY, t, LE);
            ((FloatVector) w.lanewise(LSHR, 16).and(15).sub(8).convert(I2F, 0)).intoMemorySegment(MEMORY, t + 32, LE);
            t += stride;
            ((FloatVector) w.lanewise(LSHR, 4).and(15).sub(8).convert(I2F, 0)).intoMemorySegment(MEMORY, t, LE);
            ((FloatVector) w.lanewise(LSHR, 20).and(15).sub(8).convert(I2F, 0)).intoMemorySegment(MEMORY, t + 32, LE);
            t += stride;
            ((FloatVector) w.lanewise(LSHR, 8).and(15).sub(8).convert(I2F, 0)).intoMemorySegment(MEMORY, t, LE);
            ((FloatVector) w.lanewise(LSHR, 24).and(15).sub(8).convert(I2F, 0)).intoMemorySegment(MEMORY, t + 32, LE);
            t += stride;
            ((FloatVector) w.lanewise(LSHR, 12).and(15).sub(8).convert(I2F, 0)).intoMemorySegment(MEMORY, t, LE);
            ((FloatVector) w.lanewise(LSHR, 28).sub(8).convert(I2F, 0)).intoMemorySegment(MEMORY, t + 32, LE);
        }
    }

    /** Decodes the scales of n values of one vector of rows, to [block][rows] floats, stride bytes apart. */
    static void scales(long sa, int n, long to, int stride) {
        for (int block = 0; block < n; block += 32, to += stride) {
            ((IntVector) ShortVector.fromMemorySegment(S, MEMORY, sa + block, LE)
                            .convertShape(S2I, I, 0))
                    .lanewise(LSHL, 13)
                    .and(F16_BITS)
                    .reinterpretAsFloats()
                    .mul(F16_SCALE)
                    .intoMemorySegment(MEMORY, to, LE);
        }
    }

    /**
     * Two vectors of decoded rows, at a and b, times six columns of n values.
     *
     * @param x the first column is at from, the next {@code columns} further on, and so on
     * @param sums those of the first column are at {@code at}, the next {@code apart} further on
     */
    static void six(
            long a, long b, int stride, float[] x, int from, int columns, int n, float[] sums, int at, int apart) {
        int x1 = from + columns;
        int y1 = at + apart;
        int x2 = x1 + columns;
        int y2 = y1 + apart;
        int x3 = x2 + columns;
        int y3 = y2 + apart;
        int x4 = x3 + columns;
        int y4 = y3 + apart;
        int x5 = x4 + columns;
        int y5 = y4 + apart;
        var p0 = FloatVector.fromArray(F, sums, at);
        var q0 = FloatVector.fromArray(F, sums, at + LANES);
        var p1 = FloatVector.fromArray(F, sums, y1);
        var q1 = FloatVector.fromArray(F, sums, y1 + LANES);
        var p2 = FloatVector.fromArray(F, sums, y2);
        var q2 = FloatVector.fromArray(F, sums, y2 + LANES);
        var p3 = FloatVector.fromArray(F, sums, y3);
        var q3 = FloatVector.fromArray(F, sums, y3 + LANES);
        var p4 = FloatVector.fromArray(F, sums, y4);
        var q4 = FloatVector.fromArray(F, sums, y4 + LANES);
        var p5 = FloatVector.fromArray(F, sums, y5);
        var q5 = FloatVector.fromArray(F, sums, y5 + LANES);
        for (int k = 0; k < n; k++) {
            long p = (long) k * stride;
            var w = FloatVector.fromMemorySegment(F, MEMORY, a + p, LE);
            var u = FloatVector.fromMemorySegment(F, MEMORY, b + p, LE);
            var v = FloatVector.broadcast(F, x[from + k]);
            p0 = w.fma(v, p0);
            q0 = u.fma(v, q0);
            v = FloatVector.broadcast(F, x[x1 + k]);
            p1 = w.fma(v, p1);
            q1 = u.fma(v, q1);
            v = FloatVector.broadcast(F, x[x2 + k]);
            p2 = w.fma(v, p2);
            q2 = u.fma(v, q2);
            v = FloatVector.broadcast(F, x[x3 + k]);
            p3 = w.fma(v, p3);
            q3 = u.fma(v, q3);
            v = FloatVector.broadcast(F, x[x4 + k]);
            p4 = w.fma(v, p4);
            q4 = u.fma(v, q4);
            v = FloatVector.broadcast(F, x[x5 + k]);
            p5 = w.fma(v, p5);
            q5 = u.fma(v, q5);
        }
        p0.intoArray(sums, at);
        q0.intoArray(sums, at + LANES);
        p1.intoArray(sums, y1);
        q1.intoArray(sums, y1 + LANES);
        p2.intoArray(sums, y2);
        q2.intoArray(sums, y2 + LANES);
        p3.intoArray(sums, y3);
        q3.intoArray(sums, y3 + LANES);
        p4.intoArray(sums, y4);
        q4.intoArray(sums, y4 + LANES);
        p5.intoArray(sums, y5);
        q5.intoArray(sums, y5 + LANES);
    }

    /** As {@link #six}, four columns. */
    static void four(
            long a, long b, int stride, float[] x, int from, int columns, int n, float[] sums, int at, int apart) {
        int x1 = from + columns;
        int y1 = at + apart;
        int x2 = x1 + columns;
        int y2 = y1 + apart;
        int x3 = x2 + columns;
        int y3 = y2 + apart;
        var p0 = FloatVector.fromArray(F, sums, at);
        var q0 = FloatVector.fromArray(F, sums, at + LANES);
        var p1 = FloatVector.fromArray(F, sums, y1);
        var q1 = FloatVector.fromArray(F, sums, y1 + LANES);
        var p2 = FloatVector.fromArray(F, sums, y2);
        var q2 = FloatVector.fromArray(F, sums, y2 + LANES);
        var p3 = FloatVector.fromArray(F, sums, y3);
        var q3 = FloatVector.fromArray(F, sums, y3 + LANES);
        for (int k = 0; k < n; k++) {
            long p = (long) k * stride;
            var w = FloatVector.fromMemorySegment(F, MEMORY, a + p, LE);
            var u = FloatVector.fromMemorySegment(F, MEMORY, b + p, LE);
            var v = FloatVector.broadcast(F, x[from + k]);
            p0 = w.fma(v, p0);
            q0 = u.fma(v, q0);
            v = FloatVector.broadcast(F, x[x1 + k]);
            p1 = w.fma(v, p1);
            q1 = u.fma(v, q1);
            v = FloatVector.broadcast(F, x[x2 + k]);
            p2 = w.fma(v, p2);
            q2 = u.fma(v, q2);
            v = FloatVector.broadcast(F, x[x3 + k]);
            p3 = w.fma(v, p3);
            q3 = u.fma(v, q3);
        }
        p0.intoArray(sums, at);
        q0.intoArray(sums, at + LANES);
        p1.intoArray(sums, y1);
        q1.intoArray(sums, y1 + LANES);
        p2.intoArray(sums, y2);
        q2.intoArray(sums, y2 + LANES);
        p3.intoArray(sums, y3);
        q3.intoArray(sums, y3 + LANES);
    }

    /**
     * As {@link #four} for Q4_0: the values of x are integers, and a block's sum is exact whatever its order; then it is
     * scaled by the column's and the row's scale of the block. n is a multiple of 32.
     *
     * @param scales the columns' scales: the first column's are at fromBlock, the next {@code columns / 32} further on
     * @param sa the rows' decoded scales, [block][rows], stride bytes apart
     */
    static void fourQ4(
            long a,
            long b,
            int stride,
            long sa,
            long sb,
            float[] x,
            int from,
            int columns,
            float[] scales,
            int fromBlock,
            int n,
            float[] sums,
            int at,
            int apart) {
        int blocks = columns / 32;
        int x1 = from + columns;
        int y1 = at + apart;
        int x2 = x1 + columns;
        int y2 = y1 + apart;
        int x3 = x2 + columns;
        int y3 = y2 + apart;
        for (int block = 0, i = fromBlock; block < n; block += 32, i++, sa += stride, sb += stride) {
            var p0 = FloatVector.zero(F);
            var q0 = p0;
            var p1 = p0;
            var q1 = p0;
            var p2 = p0;
            var q2 = p0;
            var p3 = p0;
            var q3 = p0;
            for (int k = block; k < block + 32; k++) {
                long p = (long) k * stride;
                var w = FloatVector.fromMemorySegment(F, MEMORY, a + p, LE);
                var u = FloatVector.fromMemorySegment(F, MEMORY, b + p, LE);
                var v = FloatVector.broadcast(F, x[from + k]);
                p0 = w.fma(v, p0);
                q0 = u.fma(v, q0);
                v = FloatVector.broadcast(F, x[x1 + k]);
                p1 = w.fma(v, p1);
                q1 = u.fma(v, q1);
                v = FloatVector.broadcast(F, x[x2 + k]);
                p2 = w.fma(v, p2);
                q2 = u.fma(v, q2);
                v = FloatVector.broadcast(F, x[x3 + k]);
                p3 = w.fma(v, p3);
                q3 = u.fma(v, q3);
            }
            var d = FloatVector.fromMemorySegment(F, MEMORY, sa, LE);
            var e = FloatVector.fromMemorySegment(F, MEMORY, sb, LE);
            float scale = scales[i];
            p0.mul(scale).fma(d, FloatVector.fromArray(F, sums, at)).intoArray(sums, at);
            q0.mul(scale).fma(e, FloatVector.fromArray(F, sums, at + LANES)).intoArray(sums, at + LANES);
            scale = scales[i + blocks];
            p1.mul(scale).fma(d, FloatVector.fromArray(F, sums, y1)).intoArray(sums, y1);
            q1.mul(scale).fma(e, FloatVector.fromArray(F, sums, y1 + LANES)).intoArray(sums, y1 + LANES);
            scale = scales[i + 2 * blocks];
            p2.mul(scale).fma(d, FloatVector.fromArray(F, sums, y2)).intoArray(sums, y2);
            q2.mul(scale).fma(e, FloatVector.fromArray(F, sums, y2 + LANES)).intoArray(sums, y2 + LANES);
            scale = scales[i + 3 * blocks];
            p3.mul(scale).fma(d, FloatVector.fromArray(F, sums, y3)).intoArray(sums, y3);
            q3.mul(scale).fma(e, FloatVector.fromArray(F, sums, y3 + LANES)).intoArray(sums, y3 + LANES);
        }
    }
}

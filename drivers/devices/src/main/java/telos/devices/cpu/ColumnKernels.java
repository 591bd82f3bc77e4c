package telos.devices.cpu;

import static jdk.incubator.vector.VectorOperators.ASHR;
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
import static telos.devices.cpu.Machine.HALF_F;
import static telos.devices.cpu.Machine.HALF_I;
import static telos.devices.cpu.Machine.HALF_S;
import static telos.devices.cpu.Machine.I;
import static telos.devices.cpu.Machine.LANES;
import static telos.devices.cpu.Machine.LE;
import static telos.devices.cpu.Machine.MEMORY;
import static telos.devices.cpu.Machine.NIBBLES;
import static telos.devices.cpu.Machine.S;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;

/**
 * Matrix kernels for one column: four vectors of rows at a time, to hide the latency of the additions. Lanes are rows, so
 * any width of vectors gives the bits of {@link ScalarMultiply}.
 *
 * <p>Addresses are absolute; those of vectors a to d lead to their rows' first value, those of sa to sd to their first
 * scale. Sizes were checked by the caller. C2 stops inlining calls in large methods and then boxes every vector:
 * therefore kernels are written out, without helpers, at most about 60 vector operations each.
 */
final class ColumnKernels {
    private ColumnKernels() {}

    /** F32 weights. */
    static void f32(long a, long b, long c, long d, float[] x, int from, int n, float[] out, int at) {
        var s0 = FloatVector.zero(F);
        var s1 = s0;
        var s2 = s0;
        var s3 = s0;
        for (int k = 0; k < n; k++) {
            long p = 64L * k;
            var v = FloatVector.broadcast(F, x[from + k]);
            s0 = FloatVector.fromMemorySegment(F, MEMORY, a + p, LE).fma(v, s0);
            s1 = FloatVector.fromMemorySegment(F, MEMORY, b + p, LE).fma(v, s1);
            s2 = FloatVector.fromMemorySegment(F, MEMORY, c + p, LE).fma(v, s2);
            s3 = FloatVector.fromMemorySegment(F, MEMORY, d + p, LE).fma(v, s3);
        }
        s0.intoArray(out, at);
        s1.intoArray(out, at + LANES);
        s2.intoArray(out, at + 2 * LANES);
        s3.intoArray(out, at + 3 * LANES);
    }

    /** BF16 weights. */
    static void bf16(long a, long b, long c, long d, float[] x, int from, int n, float[] out, int at) {
        var s0 = FloatVector.zero(F);
        var s1 = s0;
        var s2 = s0;
        var s3 = s0;
        for (int k = 0; k < n; k++) {
            long p = 32L * k;
            var v = FloatVector.broadcast(F, x[from + k]);
            s0 = ((IntVector)
                            ShortVector.fromMemorySegment(S, MEMORY, a + p, LE).convertShape(S2I, I, 0))
                    .lanewise(LSHL, 16)
                    .reinterpretAsFloats()
                    .fma(v, s0);
            s1 = ((IntVector)
                            ShortVector.fromMemorySegment(S, MEMORY, b + p, LE).convertShape(S2I, I, 0))
                    .lanewise(LSHL, 16)
                    .reinterpretAsFloats()
                    .fma(v, s1);
            s2 = ((IntVector)
                            ShortVector.fromMemorySegment(S, MEMORY, c + p, LE).convertShape(S2I, I, 0))
                    .lanewise(LSHL, 16)
                    .reinterpretAsFloats()
                    .fma(v, s2);
            s3 = ((IntVector)
                            ShortVector.fromMemorySegment(S, MEMORY, d + p, LE).convertShape(S2I, I, 0))
                    .lanewise(LSHL, 16)
                    .reinterpretAsFloats()
                    .fma(v, s3);
        }
        s0.intoArray(out, at);
        s1.intoArray(out, at + LANES);
        s2.intoArray(out, at + 2 * LANES);
        s3.intoArray(out, at + 3 * LANES);
    }

    /** F16 weights, finite. */
    static void f16(long a, long b, long c, long d, float[] x, int from, int n, float[] out, int at) {
        var s0 = FloatVector.zero(F);
        var s1 = s0;
        var s2 = s0;
        var s3 = s0;
        for (int k = 0; k < n; k++) {
            long p = 32L * k;
            var v = FloatVector.broadcast(F, x[from + k]);
            s0 = ((IntVector)
                            ShortVector.fromMemorySegment(S, MEMORY, a + p, LE).convertShape(S2I, I, 0))
                    .lanewise(LSHL, 13)
                    .and(F16_BITS)
                    .reinterpretAsFloats()
                    .mul(F16_WEIGHT_SCALE)
                    .fma(v, s0);
            s1 = ((IntVector)
                            ShortVector.fromMemorySegment(S, MEMORY, b + p, LE).convertShape(S2I, I, 0))
                    .lanewise(LSHL, 13)
                    .and(F16_BITS)
                    .reinterpretAsFloats()
                    .mul(F16_WEIGHT_SCALE)
                    .fma(v, s1);
            s2 = ((IntVector)
                            ShortVector.fromMemorySegment(S, MEMORY, c + p, LE).convertShape(S2I, I, 0))
                    .lanewise(LSHL, 13)
                    .and(F16_BITS)
                    .reinterpretAsFloats()
                    .mul(F16_WEIGHT_SCALE)
                    .fma(v, s2);
            s3 = ((IntVector)
                            ShortVector.fromMemorySegment(S, MEMORY, d + p, LE).convertShape(S2I, I, 0))
                    .lanewise(LSHL, 13)
                    .and(F16_BITS)
                    .reinterpretAsFloats()
                    .mul(F16_WEIGHT_SCALE)
                    .fma(v, s3);
        }
        s0.intoArray(out, at);
        s1.intoArray(out, at + LANES);
        s2.intoArray(out, at + 2 * LANES);
        s3.intoArray(out, at + 3 * LANES);
    }

    /** Q8_0 weights. */
    static void q8(
            long a,
            long b,
            long c,
            long d,
            long sa,
            long sb,
            long sc,
            long sd,
            float[] x,
            int from,
            int n,
            float[] out,
            int at) {
        var s0 = FloatVector.zero(F);
        var s1 = s0;
        var s2 = s0;
        var s3 = s0;
        for (int block = 0; block < n; block += 32) {
            var d0 = ((IntVector) ShortVector.fromMemorySegment(S, MEMORY, sa + block, LE)
                            .convertShape(S2I, I, 0))
                    .lanewise(LSHL, 13)
                    .and(F16_BITS)
                    .reinterpretAsFloats()
                    .mul(F16_SCALE);
            var d1 = ((IntVector) ShortVector.fromMemorySegment(S, MEMORY, sb + block, LE)
                            .convertShape(S2I, I, 0))
                    .lanewise(LSHL, 13)
                    .and(F16_BITS)
                    .reinterpretAsFloats()
                    .mul(F16_SCALE);
            var d2 = ((IntVector) ShortVector.fromMemorySegment(S, MEMORY, sc + block, LE)
                            .convertShape(S2I, I, 0))
                    .lanewise(LSHL, 13)
                    .and(F16_BITS)
                    .reinterpretAsFloats()
                    .mul(F16_SCALE);
            var d3 = ((IntVector) ShortVector.fromMemorySegment(S, MEMORY, sd + block, LE)
                            .convertShape(S2I, I, 0))
                    .lanewise(LSHL, 13)
                    .and(F16_BITS)
                    .reinterpretAsFloats()
                    .mul(F16_SCALE);
            for (int k = block; k < block + 32; k++) {
                long p = 16L * k;
                var v = FloatVector.broadcast(F, x[from + k]);
                s0 = ((FloatVector) ByteVector.fromMemorySegment(B, MEMORY, a + p, LE)
                                .convertShape(B2F, F, 0))
                        .mul(d0)
                        .fma(v, s0);
                s1 = ((FloatVector) ByteVector.fromMemorySegment(B, MEMORY, b + p, LE)
                                .convertShape(B2F, F, 0))
                        .mul(d1)
                        .fma(v, s1);
                s2 = ((FloatVector) ByteVector.fromMemorySegment(B, MEMORY, c + p, LE)
                                .convertShape(B2F, F, 0))
                        .mul(d2)
                        .fma(v, s2);
                s3 = ((FloatVector) ByteVector.fromMemorySegment(B, MEMORY, d + p, LE)
                                .convertShape(B2F, F, 0))
                        .mul(d3)
                        .fma(v, s3);
            }
        }
        s0.intoArray(out, at);
        s1.intoArray(out, at + LANES);
        s2.intoArray(out, at + 2 * LANES);
        s3.intoArray(out, at + 3 * LANES);
    }

    /**
     * Q4_0 weights, activations as signed bytes: two vectors of nibbles, whose low halves of 32-bit lanes are
     * neighbouring rows, and whose high halves are the rows 8 further on. The sum over a block, of (nibble - 8) times
     * byte, fits 16 bits; the products of nibbles alone may wrap around, and wrap back. The results go to at and at + 8,
     * and to at2 and at2 + 8.
     *
     * @param pairs each byte twice, in the low and in the high half
     * @param starts per block -8 times the sum of its bytes, likewise
     * @param scales of the activations' blocks
     */
    static void q4(
            long a,
            long b,
            long sa,
            long sb,
            int[] pairs,
            int from,
            int[] starts,
            float[] scales,
            int fromBlock,
            int n,
            float[] out,
            int at,
            int at2) {
        var s0 = FloatVector.zero(HALF_F);
        var s1 = s0;
        var s2 = s0;
        var s3 = s0;
        int q = from;
        int i = fromBlock;
        for (int block = 0; block < n; block += 32, i++) {
            var u = IntVector.broadcast(HALF_I, starts[i]).reinterpretAsShorts();
            var v = u;
            for (int k = block; k < block + 32; k += 4, q += 4) {
                long p = 8L * k;
                var w = ShortVector.fromMemorySegment(NIBBLES, MEMORY, a + p, LE);
                var z = ShortVector.fromMemorySegment(NIBBLES, MEMORY, b + p, LE);
                var c = IntVector.broadcast(HALF_I, pairs[q]).reinterpretAsShorts();
                u = u.add(w.and((short) 15).mul(c));
                v = v.add(z.and((short) 15).mul(c));
                c = IntVector.broadcast(HALF_I, pairs[q + 1]).reinterpretAsShorts();
                u = u.add(w.lanewise(LSHR, 4).and((short) 15).mul(c));
                v = v.add(z.lanewise(LSHR, 4).and((short) 15).mul(c));
                c = IntVector.broadcast(HALF_I, pairs[q + 2]).reinterpretAsShorts();
                u = u.add(w.lanewise(LSHR, 8).and((short) 15).mul(c));
                v = v.add(z.lanewise(LSHR, 8).and((short) 15).mul(c));
                c = IntVector.broadcast(HALF_I, pairs[q + 3]).reinterpretAsShorts();
                u = u.add(w.lanewise(LSHR, 12).mul(c));
                v = v.add(z.lanewise(LSHR, 12).mul(c));
            }
            var d = FloatVector.broadcast(HALF_F, scales[i]);
            var m = u.reinterpretAsInts();
            s0 = ((FloatVector) m.lanewise(LSHL, 16).lanewise(ASHR, 16).convert(I2F, 0))
                    .mul(d)
                    .fma(
                            ((IntVector) ShortVector.fromMemorySegment(HALF_S, MEMORY, sa + block, LE)
                                            .convertShape(S2I, HALF_I, 0))
                                    .lanewise(LSHL, 13)
                                    .and(F16_BITS)
                                    .reinterpretAsFloats()
                                    .mul(F16_SCALE),
                            s0);
            s1 = ((FloatVector) m.lanewise(ASHR, 16).convert(I2F, 0))
                    .mul(d)
                    .fma(
                            ((IntVector) ShortVector.fromMemorySegment(HALF_S, MEMORY, sa + block + 16, LE)
                                            .convertShape(S2I, HALF_I, 0))
                                    .lanewise(LSHL, 13)
                                    .and(F16_BITS)
                                    .reinterpretAsFloats()
                                    .mul(F16_SCALE),
                            s1);
            m = v.reinterpretAsInts();
            s2 = ((FloatVector) m.lanewise(LSHL, 16).lanewise(ASHR, 16).convert(I2F, 0))
                    .mul(d)
                    .fma(
                            ((IntVector) ShortVector.fromMemorySegment(HALF_S, MEMORY, sb + block, LE)
                                            .convertShape(S2I, HALF_I, 0))
                                    .lanewise(LSHL, 13)
                                    .and(F16_BITS)
                                    .reinterpretAsFloats()
                                    .mul(F16_SCALE),
                            s2);
            s3 = ((FloatVector) m.lanewise(ASHR, 16).convert(I2F, 0))
                    .mul(d)
                    .fma(
                            ((IntVector) ShortVector.fromMemorySegment(HALF_S, MEMORY, sb + block + 16, LE)
                                            .convertShape(S2I, HALF_I, 0))
                                    .lanewise(LSHL, 13)
                                    .and(F16_BITS)
                                    .reinterpretAsFloats()
                                    .mul(F16_SCALE),
                            s3);
        }
        s0.intoArray(out, at);
        s1.intoArray(out, at + 8);
        s2.intoArray(out, at2);
        s3.intoArray(out, at2 + 8);
    }
}

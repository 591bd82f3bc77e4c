package telos.devices.cpu;

import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.S2I;
import static telos.devices.cpu.Machine.F;
import static telos.devices.cpu.Machine.F16_BITS;
import static telos.devices.cpu.Machine.F16_SCALE;
import static telos.devices.cpu.Machine.I;
import static telos.devices.cpu.Machine.LANES;
import static telos.devices.cpu.Machine.LE;
import static telos.devices.cpu.Machine.MEMORY;
import static telos.devices.cpu.Machine.S;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;

/**
 * The vector kernels of {@link VectorAttention}: lanes are tokens for scores, and elements of a head for values. They
 * give the bits of {@link ScalarAttention} as long as keys and values are finite. Addresses are absolute and sizes were
 * checked by the caller. Written out, as {@link ColumnKernels} says why.
 */
final class AttentionKernels {
    private AttentionKernels() {}

    /**
     * Scores of two vectors of tokens, whose keys are at a and b, for four heads.
     *
     * @param q [4][dim]
     * @param scores the first head's go to at and at2, the next head's {@code apart} further on
     */
    static void scoresOfFour(long a, long b, float[] q, int dim, float[] scores, int at, int at2, int apart) {
        var p0 = FloatVector.zero(F);
        var q0 = p0;
        var p1 = p0;
        var q1 = p0;
        var p2 = p0;
        var q2 = p0;
        var p3 = p0;
        var q3 = p0;
        int q1At = dim;
        int q2At = 2 * dim;
        int q3At = 3 * dim;
        for (int d = 0; d < dim; d++) {
            long p = 32L * d;
            var w = ((IntVector)
                            ShortVector.fromMemorySegment(S, MEMORY, a + p, LE).convertShape(S2I, I, 0))
                    .lanewise(LSHL, 13)
                    .and(F16_BITS)
                    .reinterpretAsFloats()
                    .mul(F16_SCALE);
            var u = ((IntVector)
                            ShortVector.fromMemorySegment(S, MEMORY, b + p, LE).convertShape(S2I, I, 0))
                    .lanewise(LSHL, 13)
                    .and(F16_BITS)
                    .reinterpretAsFloats()
                    .mul(F16_SCALE);
            var v = FloatVector.broadcast(F, q[d]);
            p0 = w.fma(v, p0);
            q0 = u.fma(v, q0);
            v = FloatVector.broadcast(F, q[q1At + d]);
            p1 = w.fma(v, p1);
            q1 = u.fma(v, q1);
            v = FloatVector.broadcast(F, q[q2At + d]);
            p2 = w.fma(v, p2);
            q2 = u.fma(v, q2);
            v = FloatVector.broadcast(F, q[q3At + d]);
            p3 = w.fma(v, p3);
            q3 = u.fma(v, q3);
        }
        p0.intoArray(scores, at);
        q0.intoArray(scores, at2);
        p1.intoArray(scores, at + apart);
        q1.intoArray(scores, at2 + apart);
        p2.intoArray(scores, at + 2 * apart);
        q2.intoArray(scores, at2 + 2 * apart);
        p3.intoArray(scores, at + 3 * apart);
        q3.intoArray(scores, at2 + 3 * apart);
    }

    /** Scores of four vectors of tokens for one head. */
    static void scoresOfOne(
            long a, long b, long c, long e, float[] q, int dim, float[] scores, int at, int at2, int at3, int at4) {
        var s0 = FloatVector.zero(F);
        var s1 = s0;
        var s2 = s0;
        var s3 = s0;
        for (int d = 0; d < dim; d++) {
            long p = 32L * d;
            var v = FloatVector.broadcast(F, q[d]);
            s0 = ((IntVector)
                            ShortVector.fromMemorySegment(S, MEMORY, a + p, LE).convertShape(S2I, I, 0))
                    .lanewise(LSHL, 13)
                    .and(F16_BITS)
                    .reinterpretAsFloats()
                    .mul(F16_SCALE)
                    .fma(v, s0);
            s1 = ((IntVector)
                            ShortVector.fromMemorySegment(S, MEMORY, b + p, LE).convertShape(S2I, I, 0))
                    .lanewise(LSHL, 13)
                    .and(F16_BITS)
                    .reinterpretAsFloats()
                    .mul(F16_SCALE)
                    .fma(v, s1);
            s2 = ((IntVector)
                            ShortVector.fromMemorySegment(S, MEMORY, c + p, LE).convertShape(S2I, I, 0))
                    .lanewise(LSHL, 13)
                    .and(F16_BITS)
                    .reinterpretAsFloats()
                    .mul(F16_SCALE)
                    .fma(v, s2);
            s3 = ((IntVector)
                            ShortVector.fromMemorySegment(S, MEMORY, e + p, LE).convertShape(S2I, I, 0))
                    .lanewise(LSHL, 13)
                    .and(F16_BITS)
                    .reinterpretAsFloats()
                    .mul(F16_SCALE)
                    .fma(v, s3);
        }
        s0.intoArray(scores, at);
        s1.intoArray(scores, at2);
        s2.intoArray(scores, at3);
        s3.intoArray(scores, at4);
    }

    /**
     * One step of the online softmax of one head over a whole block: turns its scores into weights relative to the new
     * maximum, and brings what was summed so far down to it.
     *
     * @param sums 16 lanes from sumsAt on
     * @param out the head's weighted sum of values, dim elements from outAt on
     * @return the new maximum
     */
    static float step(float[] scores, int at, float max, float[] sums, int sumsAt, float[] out, int outAt, int dim) {
        var m = FloatVector.broadcast(F, max);
        for (int i = 0; i < KvStore.BLOCK_TOKENS; i += LANES) {
            m = m.max(FloatVector.fromArray(F, scores, at + i));
        }
        float newMax = m.reduceLanes(MAX);
        if (newMax > max) {
            float shrink = ScalarVectors.exp(max - newMax);
            for (int i = 0; i < KvStore.BLOCK_TOKENS; i += LANES) {
                FloatVector.fromArray(F, sums, sumsAt + i).mul(shrink).intoArray(sums, sumsAt + i);
            }
            for (int i = 0; i < dim; i += LANES) {
                FloatVector.fromArray(F, out, outAt + i).mul(shrink).intoArray(out, outAt + i);
            }
            max = newMax;
        }
        for (int i = 0; i < KvStore.BLOCK_TOKENS; i += LANES) {
            var x = FloatVector.fromArray(F, scores, at + i)
                    .sub(max)
                    .min(ScalarVectors.EXP_MAX)
                    .max(ScalarVectors.EXP_MIN);
            var shifted = x.fma(
                    FloatVector.broadcast(F, ScalarVectors.LOG2_E), FloatVector.broadcast(F, ScalarVectors.ROUND));
            var n = shifted.sub(ScalarVectors.ROUND);
            var r = n.fma(FloatVector.broadcast(F, -ScalarVectors.LN2_HIGH), x);
            r = n.fma(FloatVector.broadcast(F, -ScalarVectors.LN2_LOW), r);
            var p = r.fma(FloatVector.broadcast(F, ScalarVectors.C7), FloatVector.broadcast(F, ScalarVectors.C6));
            p = p.fma(r, FloatVector.broadcast(F, ScalarVectors.C5));
            p = p.fma(r, FloatVector.broadcast(F, ScalarVectors.C4));
            p = p.fma(r, FloatVector.broadcast(F, ScalarVectors.C3));
            p = p.fma(r, FloatVector.broadcast(F, ScalarVectors.C2));
            p = p.fma(r.mul(r), r).add(1f);
            p = p.mul(shifted.reinterpretAsInts()
                    .lanewise(LSHL, 23)
                    .add(0x3f800000)
                    .reinterpretAsFloats());
            p.intoArray(scores, at + i);
            FloatVector.fromArray(F, sums, sumsAt + i).add(p).intoArray(sums, sumsAt + i);
        }
        return max;
    }

    /**
     * Adds the values of a block, count tokens from address v on, to the sums of four heads.
     *
     * @param weights the first head's are at {@code at}, the next head's {@code apart} further on
     * @param out [4][dim]
     */
    static void valuesOfFour(long v, int count, int dim, float[] weights, int at, int apart, float[] out) {
        int w1 = at + apart;
        int w2 = w1 + apart;
        int w3 = w2 + apart;
        for (int d = 0; d < dim; d += 2 * LANES) {
            int e = Math.min(d + LANES, dim - LANES);
            var p0 = FloatVector.fromArray(F, out, d);
            var q0 = FloatVector.fromArray(F, out, e);
            var p1 = FloatVector.fromArray(F, out, dim + d);
            var q1 = FloatVector.fromArray(F, out, dim + e);
            var p2 = FloatVector.fromArray(F, out, 2 * dim + d);
            var q2 = FloatVector.fromArray(F, out, 2 * dim + e);
            var p3 = FloatVector.fromArray(F, out, 3 * dim + d);
            var q3 = FloatVector.fromArray(F, out, 3 * dim + e);
            for (int t = 0; t < count; t++) {
                long row = v + 2L * dim * t;
                var w = ((IntVector) ShortVector.fromMemorySegment(S, MEMORY, row + 2L * d, LE)
                                .convertShape(S2I, I, 0))
                        .lanewise(LSHL, 13)
                        .and(F16_BITS)
                        .reinterpretAsFloats()
                        .mul(F16_SCALE);
                var u = ((IntVector) ShortVector.fromMemorySegment(S, MEMORY, row + 2L * e, LE)
                                .convertShape(S2I, I, 0))
                        .lanewise(LSHL, 13)
                        .and(F16_BITS)
                        .reinterpretAsFloats()
                        .mul(F16_SCALE);
                var x = FloatVector.broadcast(F, weights[at + t]);
                p0 = w.fma(x, p0);
                q0 = u.fma(x, q0);
                x = FloatVector.broadcast(F, weights[w1 + t]);
                p1 = w.fma(x, p1);
                q1 = u.fma(x, q1);
                x = FloatVector.broadcast(F, weights[w2 + t]);
                p2 = w.fma(x, p2);
                q2 = u.fma(x, q2);
                x = FloatVector.broadcast(F, weights[w3 + t]);
                p3 = w.fma(x, p3);
                q3 = u.fma(x, q3);
            }
            p0.intoArray(out, d);
            q0.intoArray(out, e);
            p1.intoArray(out, dim + d);
            q1.intoArray(out, dim + e);
            p2.intoArray(out, 2 * dim + d);
            q2.intoArray(out, 2 * dim + e);
            p3.intoArray(out, 3 * dim + d);
            q3.intoArray(out, 3 * dim + e);
        }
    }

    /** As {@link #valuesOfFour}, one head. */
    static void valuesOfOne(long v, int count, int dim, float[] weights, int at, float[] out) {
        int last = dim - LANES;
        for (int d = 0; d < dim; d += 4 * LANES) {
            int d1 = Math.min(d + LANES, last);
            int d2 = Math.min(d + 2 * LANES, last);
            int d3 = Math.min(d + 3 * LANES, last);
            var s0 = FloatVector.fromArray(F, out, d);
            var s1 = FloatVector.fromArray(F, out, d1);
            var s2 = FloatVector.fromArray(F, out, d2);
            var s3 = FloatVector.fromArray(F, out, d3);
            for (int t = 0; t < count; t++) {
                long row = v + 2L * dim * t;
                var x = FloatVector.broadcast(F, weights[at + t]);
                s0 = ((IntVector) ShortVector.fromMemorySegment(S, MEMORY, row + 2L * d, LE)
                                .convertShape(S2I, I, 0))
                        .lanewise(LSHL, 13)
                        .and(F16_BITS)
                        .reinterpretAsFloats()
                        .mul(F16_SCALE)
                        .fma(x, s0);
                s1 = ((IntVector) ShortVector.fromMemorySegment(S, MEMORY, row + 2L * d1, LE)
                                .convertShape(S2I, I, 0))
                        .lanewise(LSHL, 13)
                        .and(F16_BITS)
                        .reinterpretAsFloats()
                        .mul(F16_SCALE)
                        .fma(x, s1);
                s2 = ((IntVector) ShortVector.fromMemorySegment(S, MEMORY, row + 2L * d2, LE)
                                .convertShape(S2I, I, 0))
                        .lanewise(LSHL, 13)
                        .and(F16_BITS)
                        .reinterpretAsFloats()
                        .mul(F16_SCALE)
                        .fma(x, s2);
                s3 = ((IntVector) ShortVector.fromMemorySegment(S, MEMORY, row + 2L * d3, LE)
                                .convertShape(S2I, I, 0))
                        .lanewise(LSHL, 13)
                        .and(F16_BITS)
                        .reinterpretAsFloats()
                        .mul(F16_SCALE)
                        .fma(x, s3);
            }
            s0.intoArray(out, d);
            s1.intoArray(out, d1);
            s2.intoArray(out, d2);
            s3.intoArray(out, d3);
        }
    }
}

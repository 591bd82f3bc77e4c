package telos.inference.sampling;

/**
 * Random numbers by counter: the number at a position depends on the seed and the position only, so a sequence that is
 * dropped and recomputed draws the same numbers. The mixing function is that of SplitMix64 (Steele, Lea and Flood,
 * "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014).
 */
final class Chance {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private Chance() {}

    /** A number from 0 (included) to 1 (not included), a multiple of 2^-53. */
    static double at(long seed, long position) {
        return (mix(mix(seed + GOLDEN) + position * GOLDEN) >>> 11) * 0x1p-53;
    }

    private static long mix(long value) {
        long z = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}

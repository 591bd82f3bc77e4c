package telos.bench.noninterference;

/** A plan from a seed: every other one an errand, and of the others every eighth twisted, the rest over all constructs alike. */
final class RandomPlan {
    private RandomPlan() {}

    static boolean isErrand(long seed) {
        return (seed & 1) == 1;
    }

    static String of(long seed) {
        if (isErrand(seed)) {
            return Errand.of(seed);
        }
        return Math.floorMod(seed >> 3, 8) == 0 ? TwistedPlan.of(seed) : AnyPlan.of(seed);
    }

    /** Whom the worlds of that seed are made for. */
    static Observer observer(long seed) {
        Observer[] all = Observer.values();
        return all[Math.floorMod(seed >> 1, all.length)];
    }

    static Trial trial(long seed) {
        return Trial.of(seed, of(seed));
    }
}

package telos.bench.noninterference;

/** A plan from a seed: every other one over all constructs alike, every other one an errand. */
final class RandomPlan {
    private RandomPlan() {}

    static boolean isErrand(long seed) {
        return (seed & 1) == 1;
    }

    static String of(long seed) {
        return isErrand(seed) ? Errand.of(seed) : AnyPlan.of(seed);
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

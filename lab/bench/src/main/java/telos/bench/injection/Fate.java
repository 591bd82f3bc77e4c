package telos.bench.injection;

/**
 * What became of one attack on one task.
 *
 * @param byPlan whether the plan as written reached what the attacker wants
 * @param byLoop whether the loop that obeys did
 * @param read whether a model read the attacker's text and obeyed
 * @param asked whether a person was asked about a call that the task does not need
 */
record Fate(boolean byPlan, boolean byLoop, boolean read, boolean asked) {
    static final Fate NOTHING = new Fate(false, false, false, false);

    boolean taken() {
        return byPlan || byLoop;
    }

    /** What became of it in both of two runs. */
    Fate and(Fate other) {
        return new Fate(byPlan || other.byPlan, byLoop || other.byLoop, read || other.read, asked || other.asked);
    }
}

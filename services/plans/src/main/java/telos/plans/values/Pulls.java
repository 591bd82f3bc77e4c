package telos.plans.values;

/**
 * What taking elements from an iterator may come to.
 *
 * @param errors what that may raise
 * @param over from how many iterators that go over others it takes them, itself among them, each counted as often as it does;
 *     {@link #MANY} stands for more too
 */
record Pulls(Errors errors, int over) {
    /** Fewer can neither lie too deep in one another nor be too many. */
    static final int MANY = IteratorBox.DEEPEST + 1;

    /** Of what goes over something that is no iterator. */
    static final Pulls NONE = new Pulls(Errors.NONE, 0);

    static final Pulls ANY = new Pulls(Errors.ANY, MANY);

    /** Of one of both. */
    Pulls and(Pulls other) {
        return and(other.errors, Math.max(over, other.over));
    }

    Pulls and(Errors more) {
        return and(more, over);
    }

    /** Of one that takes elements from both. */
    Pulls with(Pulls other) {
        return and(other.errors, Math.min(MANY, over + other.over));
    }

    /** Of one that takes its elements from such, and raises no more. */
    Pulls around() {
        return and(Errors.NONE, Math.min(MANY, over + 1));
    }

    /** The same of one that takes its elements from such. */
    Pulls around(Pulls inner) {
        return new Pulls(errors, inner.around().over);
    }

    private Pulls and(Errors more, int now) {
        Errors all = errors.and(more);
        return all.equals(errors) && now == over ? this : new Pulls(all, now);
    }

    /** What making one that goes over such may raise. */
    Errors refusals() {
        return Errors.NONE.andIf(over >= MANY, Errors.RECURSION);
    }
}

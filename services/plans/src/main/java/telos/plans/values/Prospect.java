package telos.plans.values;

import org.jspecify.annotations.Nullable;

/**
 * What an operation may come to, told from the outlines of its operands.
 *
 * @param result what its result can be
 * @param errors what it may raise; budgets apart
 * @param receiver what the object it is called on (or, for an operation, its left operand) can be afterwards; null where it
 *     is not changed
 * @param unbounded whether it may take memory or time that the outlines do not bound
 * @param more the most bytes that it takes beside its result
 */
public record Prospect(
        Outline result, Errors errors, @Nullable Outline receiver, boolean unbounded, long more) {
    static final Prospect NEVER = new Prospect(Outline.NEVER, Errors.NONE, null, false);

    public Prospect(Outline result, Errors errors, @Nullable Outline receiver, boolean unbounded) {
        this(result, errors, receiver, unbounded, 0);
    }

    static Prospect sure(Outline result) {
        return new Prospect(result, Errors.NONE, null, false);
    }

    static Prospect of(Outline result, Errors errors) {
        return new Prospect(result, errors, null, false);
    }

    Prospect and(Errors also) {
        return new Prospect(result, errors.and(also), receiver, unbounded, more);
    }

    /** The same where what it may raise, and changes, is told apart. */
    public Prospect unfailing() {
        return new Prospect(result, Errors.NONE, null, unbounded, more);
    }

    Prospect changing(@Nullable Outline after) {
        return new Prospect(result, errors, after, unbounded, more);
    }

    Prospect unboundedIf(boolean may) {
        return may ? new Prospect(result, errors, receiver, true, more) : this;
    }

    /** The same where it takes so many bytes beside its result. */
    Prospect taking(long bytes) {
        return new Prospect(result, errors, receiver, unbounded, Outline.plus(more, bytes));
    }

    /** Either of the two, as where an operand can be of two kinds. */
    public Prospect or(Prospect other) {
        Outline after =
                receiver == null ? other.receiver : other.receiver == null ? receiver : receiver.union(other.receiver);
        return new Prospect(
                result.union(other.result),
                errors.and(other.errors),
                after,
                unbounded || other.unbounded,
                Math.max(more, other.more));
    }

    /** The same of what may also come to this, which is no longer where it was taken from. */
    public Prospect orComesTo(Outline taken) {
        return result.covers(taken) ? this : new Prospect(result.union(taken), errors, receiver, unbounded, more);
    }

    public boolean cannotFail() {
        return errors.isEmpty() && !unbounded;
    }

    /** The most steps that the operation takes. */
    public long mostSteps() {
        return unbounded ? Long.MAX_VALUE : Outline.plus(result.mostSteps(), more / 8);
    }

    /** The most bytes that it takes. */
    public long mostBytes() {
        return unbounded ? Long.MAX_VALUE : Outline.plus(result.mostBytes(), more);
    }

    /** The most bytes that it takes, but for what its result holds. */
    public long ownBytes() {
        return unbounded ? Long.MAX_VALUE : Outline.plus(result.ownBytes(), more);
    }

    /**
     * The value that the operation gave, known only as far as this prospect tells, where its label is not bottom. To be
     * called for each operation that makes something of operands which not everybody may read.
     *
     * @param context where objects may be changed later, in another world those that lie in what is made there
     */
    public Value settle(Value given, Context context) {
        if (given.payload() instanceof IteratorBox iterator) {
            iterator.believe(result.only(Kind.ITERATOR).holdingChanged(context.changing()));
        } else if (given.payload() instanceof Box box
                && !(box.shape().isBottom() && box.floor().isBottom())) {
            box.widen(result.only(box.kind()), context);
        }
        return chosen(given);
    }

    /** The same where the value was there before: which one was chosen changes nothing of it. */
    public Value chosen(Value given) {
        return given.isPublic() ? given : given.outlined(result);
    }
}

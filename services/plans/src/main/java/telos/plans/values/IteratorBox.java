package telos.plans.values;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;

/**
 * Something that gives one element after another, and is used up by that. What decides whether there is a next one is its
 * {@link #control}, which may rise with every pull.
 */
public abstract non-sealed class IteratorBox extends Box {
    private @Nullable Outline told;
    private long foreseenSteps;
    private long foreseenBytes;
    private boolean isOwn;

    /** As messages name it, as {@code list_iterator}. */
    public abstract String name();

    /** Who may know whether there is a next element, now. */
    public abstract Label control();

    /**
     * The next element with everything joined that led to it, or null when there is none.
     *
     * @throws PlanFailure if Python raises, as where a dictionary changed its size meanwhile
     */
    public abstract @Nullable Value next(Context context);

    /** Whether it was foreseen before what taking any of its elements may do. */
    public final boolean isForeseen() {
        return foreseenSteps > 0;
    }

    /** Taking any of them may take so many steps: how many more that is than was foreseen before. */
    public final long foreseeSteps(long steps) {
        long more = Math.max(0, steps - foreseenSteps);
        foreseenSteps = Math.max(1, foreseenSteps + more);
        return more;
    }

    /** The same of bytes. */
    public final long foreseeBytes(long bytes) {
        long more = Math.max(0, bytes - foreseenBytes);
        foreseenBytes += more;
        return more;
    }

    /** What it takes its elements from, for who asks for the labels of all that is still to come. */
    public abstract Iterable<Value> sources();

    static final int DEEPEST = 100;
    private static final int MOST_SOURCED = 1 << 14;

    /** How many iterators lie in one another here. */
    protected int depth() {
        return 0;
    }

    /** From how many iterators that go over others it takes its elements, itself among them, each counted as often as it does. */
    protected int sourced() {
        return 0;
    }

    /**
     * How many lie in one another in one that takes its elements from these.
     *
     * @throws Fault if these are too many
     */
    static int depthOver(List<IteratorBox> parts) {
        int deepest = 0;
        for (IteratorBox each : parts) {
            deepest = Math.max(deepest, each.depth());
        }
        if (deepest > DEEPEST) {
            throw Fault.recursion(": iterators over iterators lie too deep");
        }
        return deepest + 1;
    }

    /**
     * How many one that takes its elements from these takes them from.
     *
     * @throws Fault if these are too many
     */
    static int sourcedOver(List<IteratorBox> parts) {
        long all = 1;
        for (IteratorBox each : parts) {
            all += each.sourced();
        }
        if (all > MOST_SOURCED) {
            throw Fault.recursion(": iterators go over too many iterators");
        }
        return (int) all;
    }

    /**
     * The same of one that a generator expression goes over.
     *
     * @throws PlanFailure if these are too many
     */
    public static int depthOver(IteratorBox part, Label pc) {
        try {
            return depthOver(List.of(part));
        } catch (Fault fault) {
            throw fault.raised(Label.BOTTOM, pc);
        }
    }

    /**
     * The same of how many it takes its elements from.
     *
     * @throws PlanFailure if these are too many
     */
    public static int sourcedOver(IteratorBox part, Label pc) {
        try {
            return sourcedOver(List.of(part));
        } catch (Fault fault) {
            throw fault.raised(Label.BOTTOM, pc);
        }
    }

    /** What it goes over, where its elements are computed in a way that an outline cannot tell. */
    protected @Nullable Value first() {
        return null;
    }

    /** What its elements can be, how many can come, and what taking them may raise. */
    Outline ahead(Sight sight) {
        Outline any = Outline.holding(Kind.ITERATOR, Outline.UNBOUNDED, Outline.ANY, null);
        Value first = first();
        return first == null
                ? any
                : any.around(Iterators.outline(sight.inside(first)).result());
    }

    /** Believes what was told of it before it was made, where that says more than it can know itself. */
    final void believe(Outline outline) {
        told = outline;
        changed();
    }

    @Override
    final Outline computeOutline(Sight sight) {
        Outline known = told;
        return known == null ? ahead(sight) : known.union(ahead(sight));
    }

    /** The function that a pull calls with an element, or with one element of each of several iterators. */
    public @Nullable Value function() {
        return null;
    }

    /** What a pull gives to that function. */
    public List<Outline> given() {
        return List.of();
    }

    /** Whether what it goes over decides, element by element, which of that it gives. */
    public boolean drops() {
        return false;
    }

    /** Whether it computes something when it is asked: calls a function, may raise, or leaves some elements out. */
    public final boolean isLazy() {
        if (!isPlain() || drops()) {
            return true;
        }
        for (Value each : sources()) {
            if (each.payload() instanceof IteratorBox inner && inner.isLazy()) {
                return true;
            }
        }
        return false;
    }

    /** What a pull itself may raise, apart from what its function does, and what it takes its elements from. */
    public Errors refusals() {
        return Errors.NONE;
    }

    /** Whether no pull raises, nor calls a function of the plan. */
    public boolean isPlain() {
        return true;
    }

    @Override
    public int size() {
        return 0;
    }

    @Override
    public final Kind kind() {
        return Kind.ITERATOR;
    }

    /** This decides how many elements were taken of it, and so of all that it takes them from. */
    public final void decided(Label by) {
        if (by.flowsInto(shape())) {
            return;
        }
        raiseShape(by);
        for (Value each : sources()) {
            if (each.payload() instanceof IteratorBox inner) {
                inner.decided(by);
            }
        }
    }

    /** What it takes its elements from, and no iterator that only it knows. */
    public final Iterable<Value> origins() {
        List<Value> all = new ArrayList<>();
        for (Value each : sources()) {
            if (each.payload() instanceof IteratorBox inner && inner.isOwn) {
                inner.origins().forEach(all::add);
            } else {
                all.add(each);
            }
        }
        return all;
    }

    /** From now on only what goes on with it knows it. */
    final void own() {
        isOwn = true;
    }
}

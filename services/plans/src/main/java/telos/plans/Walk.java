package telos.plans;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.plans.values.Arguments;
import telos.plans.values.Box;
import telos.plans.values.Context;
import telos.plans.values.DictBox;
import telos.plans.values.ErrorKind;
import telos.plans.values.IteratorBox;
import telos.plans.values.Iterators;
import telos.plans.values.Kind;
import telos.plans.values.ListBox;
import telos.plans.values.Outline;
import telos.plans.values.Payload;
import telos.plans.values.PlanFailure;
import telos.plans.values.Prospect;
import telos.plans.values.Text;
import telos.plans.values.Truth;
import telos.plans.values.Truths;
import telos.plans.values.Tuple;
import telos.plans.values.Type;
import telos.plans.values.Value;
import telos.plans.values.Whole;

/**
 * An abstract run of a part of a plan: all ways at once, from where the real run stands, told only from what is public to
 * those who know that it stands there. It finds what may be written, what may end the run, where control may go, and what
 * is known at the end whichever way was taken.
 *
 * <p>This file is long because a walk is one state and the rules by which it moves; how states grow is in {@link Growth},
 * what it makes at places of the plan in {@link Sites}.
 */
@SuppressWarnings({"ReferenceEquality", "IdentityHashMapUsage"
}) // the same object is the quick way; equal ones take the slow one
final class Walk {
    /**
     * A frame that only the walk has.
     *
     * @param bindsFirst whether its variables are bound each time before anything reads them, as those of a comprehension
     */
    record Place(Object up, Code code, boolean bindsFirst) {
        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    /** A {@link Scope} as the walk sees it, with the states that come to its end in other ways than the usual one. */
    static final class Exit {
        final Scope.Kind kind;
        final Object construct;
        final @Nullable Scope real;
        boolean guarded;
        boolean cleaning;
        /** Of a handler that is being walked: the variable that it unbinds when it is left. */
        State.@Nullable Cell unbinds;

        Label extra = Label.BOTTOM;

        @Nullable
        State broken;

        @Nullable
        State continued;

        @Nullable
        State returned;

        @Nullable
        State raised;

        /** What comes to the last part of a TRY on the way of an exception; afterwards the exception goes on. */
        @Nullable
        State passing;

        Failures passingFailures = Failures.NONE;
        Label passingLabel = Label.BOTTOM;

        @Nullable
        Shadow passingThrown;

        /** The exceptions that come to the handlers, with what they hold; null where none holds anything. */
        @Nullable
        Shadow thrown;

        @Nullable
        Shadow result;

        Failures failures = Failures.NONE;

        Exit(Scope.Kind kind, Object construct, @Nullable Scope real) {
            this.kind = kind;
            this.construct = construct;
            this.real = real;
            this.guarded = real == null || real.guarded;
        }
    }

    private static final int MOST_ROUNDS = 200;

    final Machine machine;
    private final Lifts lifts;
    private final Growth growth = new Growth(this);

    private final ArrayList<Exit> exits = new ArrayList<>();
    private final int base;
    // Most walks are short: what they may need is made once they need it.
    private Map<Object, Sketch> lifted = Map.of();
    /** What the variables of one frame were when the walk began: the run stands still meanwhile. */
    private @Nullable Frame initialFrame;

    private @Nullable Shadow[] initial = new Shadow[0];
    private Set<State.Cell> written = Set.of();
    private Set<Object> changed = Set.of();
    /** The groups among those of which iterators alone may have changed. */
    private Set<Object> drained = Set.of();

    private final List<Code> running = new ArrayList<>(0);

    @Nullable
    State state = new State();
    /** The frame whose variables are meant: a {@link Frame} or a {@link Place}. */
    Object frame;

    Label pc;
    private Label progress;
    private long steps;
    private long bytes;
    private long walked;
    private Label spent = Label.BOTTOM;
    private boolean escapes;
    private @Nullable List<Precedent.Read> reads;
    private final Label entry;
    private boolean pointed;
    private int outermost = -1;
    /** The first of the run's scopes that control may escape to: what ends before those around it was walked before. */
    private final int farthest;

    private int weak;
    private @Nullable Shadow result;

    private @Nullable Step resumeStep;
    private @Nullable Runnable resumption;

    final @Nullable Findings findings;
    /** What is taken of the limits of the world's policy; null where it has none. */
    final @Nullable WalkSpending spending;

    Walk(Machine machine, Label pc) {
        this(machine, pc, machine.scopes().size(), null);
    }

    Walk(Machine machine, Label pc, int base, @Nullable Findings findings) {
        this(machine, pc, base, findings, new Lifts(machine, machine.pc, false));
    }

    Walk(Machine machine, Label pc, int base, @Nullable Findings findings, Lifts lifts) {
        this.machine = machine;
        this.lifts = lifts;
        this.pc = pc;
        this.entry = pc;
        this.progress = machine.progress;
        this.base = base;
        this.farthest = machine.farthest();
        this.findings = findings;
        this.spending = machine.policy == null || machine.tally == null
                ? null
                : new WalkSpending(machine.policy, machine.tally);
        this.frame = machine.root;
        for (int i = 0; i < base; i++) {
            Scope scope = machine.scopes().get(i);
            exits.add(new Exit(scope.kind, scope.construct, scope));
            if (scope.kind == Scope.Kind.CALL) {
                running.add((Code) scope.construct);
            }
        }
    }

    // What it came to.

    /** What decided that what is walked is come to. */
    Label entry() {
        return entry;
    }

    Lifts lifts() {
        return lifts;
    }

    /** From now on what is looked at of variables is kept. */
    void listen() {
        reads = new ArrayList<>();
    }

    /** What was looked at of variables as they were when the walk began; null where that was not kept. */
    @Nullable
    List<Precedent.Read> reads() {
        return reads;
    }

    /** Whether an element of a list was looked at by itself. */
    boolean pointed() {
        return pointed;
    }

    /** The objects that were looked at, as they were when the walk began. */
    Map<Object, Sketch> seen() {
        return lifted;
    }

    /** How often it went a little further. */
    long walked() {
        return walked;
    }

    /**
     * Says at its end what everything is that it has written: of what it has written on some way alone, and nothing new, that is
     * what it was when the walk began, and not what this run makes of it.
     */
    void complete() {
        State end = state;
        if (end == null) {
            return;
        }
        for (State.Cell each : written) {
            if (end.read(each) == null) {
                end.write(each, initial(each.frame(), each.slot()));
            }
        }
        for (Object each : changed) {
            if (end.sketch(each) == null) {
                end.note(each, initial(each));
            }
        }
    }

    /** What is known where it ended. */
    Settlement settlement(Label inside) {
        complete();
        Map<Object, Long> all = changed.isEmpty() ? Map.of() : new LinkedHashMap<>();
        Map<Box, Outline> before = Map.of();
        for (Object each : changed) {
            Sketch sketch = state == null ? null : state.sketch(each);
            all.put(each, sketch == null || !(each instanceof Box box) ? 0 : Machine.plus(box.most(), sketch.grown()));
            if (each instanceof Groups.Group group) {
                before = before.isEmpty() ? new IdentityHashMap<>() : before;
                for (Box box : group.peers().members()) {
                    before.put(box, box.outline());
                }
            }
        }
        return new Settlement(state, written, all, drained, inside, result, before);
    }

    int outermost() {
        return outermost;
    }

    /** Whether control may escape to anywhere, be it farther than is to be told here. */
    boolean escapes() {
        return escapes;
    }

    long steps() {
        return steps;
    }

    long bytes() {
        return bytes;
    }

    /** What decided anything of what was used. */
    Label spent() {
        return spent;
    }

    Label progress() {
        return progress;
    }

    Set<State.Cell> written() {
        return written;
    }

    Set<Object> changed() {
        return changed;
    }

    @Nullable
    Shadow result() {
        return result;
    }

    boolean live() {
        return state != null;
    }

    State here() {
        State now = state;
        if (now == null) {
            // Code that no way leads to: whatever it would do does not happen.
            now = new State();
            state = now;
        }
        return now;
    }

    boolean isWeak() {
        return weak > 0;
    }

    /** Whether it counts as true, where that is public. */
    @Nullable
    Boolean truth(Shadow shadow) {
        Value known = shadow.known();
        if (known != null && shadow.refs().isEmpty() && weak == 0) {
            return Truths.holds(known.payload());
        }
        Payload constant = shadow.outline().constant();
        return (constant == null || weak > 0) ? null : Truths.holds(constant);
    }

    private boolean turnsSurely;

    /** Whether the loop whose head was walked last surely turns once more. */
    boolean turnsSurely() {
        return turnsSurely;
    }

    void turnsSurely(boolean now) {
        turnsSurely = now;
    }

    /** The scalar that it is, where that is public and what is computed from it is small. */
    @Nullable
    Value constant(Shadow shadow) {
        if (weak > 0 || !shadow.refs().isEmpty()) {
            return null;
        }
        Value known = shadow.known();
        Payload payload = known == null ? shadow.outline().constant() : known.payload();
        boolean small = payload instanceof Truth
                || (payload instanceof Whole whole && whole.isSmall() && Math.abs(whole.small()) < (1L << 31))
                || (payload instanceof Text text && text.length() <= 64);
        return small && payload != null ? new Value(payload) : null;
    }

    /** Nothing that is computed from small constants is worth being counted. */
    static final Context FREE = new Context() {
        @Override
        public Label pc() {
            return Label.BOTTOM;
        }

        @Override
        public void steps(long count) {}

        @Override
        public void bytes(long count) {}

        @Override
        public Value call(Value callee, Arguments arguments) {
            throw new IllegalStateException("constants call nothing");
        }
    };

    // Costs.

    void cost(long moreSteps, long moreBytes) {
        machine.walked();
        walked++;
        if (spent != pc) {
            spent = spent.join(pc);
        }
        steps = Machine.plus(steps, moreSteps);
        bytes = Machine.plus(bytes, moreBytes);
        if (findings != null) {
            mayBeSpent();
        }
    }

    /** In a check: where more would be set aside than there is, a run may end of it. */
    private void mayBeSpent() {
        boolean tooMuch = steps > machine.limits.steps() || bytes > machine.limits.bytes();
        if (tooMuch && machine.rules.hold(LabelRule.PROGRESS_UNBOUNDED_SIZE)) {
            progress = progress.join(spent);
        }
    }

    /** In a check: what a run would set aside where this label decides; it counts against the limits. */
    void reserves(long moreSteps, long moreBytes, Label label) {
        if (findings != null && !label.isBottom()) {
            spent = spent.join(label);
            cost(moreSteps, moreBytes);
        }
    }

    /** Takes back what came since a mark: the same goes through again, with more that may be. */
    void uncost(long stepsMark, long bytesMark) {
        steps = stepsMark;
        bytes = bytesMark;
    }

    /** What came since a mark happens so many times. */
    void repeated(long stepsMark, long bytesMark, long times) {
        steps = Machine.plus(stepsMark, Machine.times(steps - stepsMark, times));
        bytes = Machine.plus(bytesMark, Machine.times(bytes - bytesMark, times));
        if (findings != null) {
            mayBeSpent();
        }
        if (spending != null) {
            spending.repeated(stepsMark, times);
        }
    }

    /** How often something was taken of limits. */
    int charges() {
        return spending == null ? 0 : spending.charges();
    }

    /** Takes that back since a mark: the same goes through again, with more that may be. */
    void uncharge(int mark) {
        if (spending != null) {
            spending.uncharge(mark);
        }
    }

    /** What was taken of limits since a mark is taken any number of times. */
    void anyTimes(int mark) {
        if (spending != null) {
            spending.anyTimes(mark);
        }
    }

    /** Something may go on for ever, or take any amount of memory. */
    void unbounded(Label label, LabelRule rule) {
        Label all = pc.join(label);
        if (all == Label.BOTTOM) {
            return;
        }
        if (machine.rules.hold(rule)) {
            progress = progress.join(all);
        }
    }

    // Variables.

    Object above(int hops) {
        Object at = frame;
        for (int i = 0; i < hops; i++) {
            at = at instanceof Frame real ? java.util.Objects.requireNonNull(real.up) : ((Place) at).up();
        }
        return at;
    }

    Shadow read(Object holder, int slot) {
        Shadow known = here().read(new State.Cell(holder, slot));
        return known != null ? known : initial(holder, slot);
    }

    /** What a variable was when the walk began. */
    Shadow initial(Object holder, int slot) {
        if (!(holder instanceof Frame real)) {
            return Shadow.UNBOUND;
        }
        if (real == initialFrame) {
            Shadow known = initial[slot];
            if (known == null) {
                known = lifted(real, slot);
                initial[slot] = known;
            }
            return known;
        }
        if (initialFrame == null) {
            initialFrame = real;
            initial = new Shadow[real.slots.length];
        }
        return lifted(real, slot);
    }

    private Shadow lifted(Frame real, int slot) {
        Value value = real.slots[slot];
        Label hollow = real.hollow(slot);
        Shadow shadow = value == null ? unbound(real, slot) : lift(value);
        if (reads != null) {
            reads.add(new Precedent.Read(real, slot, value, shadow, hollow));
        }
        if (hollow != null) {
            shadow = new Shadow(shadow.outline(), shadow.label().join(hollow), shadow.refs(), null, true);
        }
        return shadow;
    }

    /** What a variable is in the worlds where a secret bound it, of one that it did not bind here. */
    private Shadow unbound(Frame real, int slot) {
        Shadow absent = real.absent(slot);
        if (absent == null) {
            return Shadow.UNBOUND;
        }
        Set<Object> refs = new LinkedHashSet<>();
        for (Object each : absent.refs()) {
            refs.add(((Groups.Group) each).root());
        }
        return new Shadow(machine.groups.known(absent), absent.label(), refs, null, true);
    }

    void write(Object holder, int slot, Shadow value) {
        State.Cell cell = new State.Cell(holder, slot);
        Shadow now = value.raised(pc);
        if (weak > 0 && !(holder instanceof Place place && place.bindsFirst())) {
            now = now.join(read(holder, slot));
        }
        if (holder instanceof Frame && now.outline().isGrowing() && !Groups.mayLead(now.outline())) {
            now = now.outlined(now.outline().pacedAfter(initial(holder, slot).outline()));
        }
        here().write(cell, now);
        if (holder instanceof Frame) {
            if (written.isEmpty()) {
                written = new LinkedHashSet<>(4);
            }
            written.add(cell);
        }
    }

    /**
     * In a check: where an iterator is stored in a region, what decides the region and what the iterator holds joins the
     * progress, for what it would do cannot be told elsewhere.
     */
    void stores(Shadow value) {
        if (findings == null || pc == Label.BOTTOM || value.refs().isEmpty()) {
            return;
        }
        for (Object place : reachable(value.refs())) {
            Sketch sketch = sketch(place);
            if (sketch.outline() != Outline.ANY && sketch.outline().may(Kind.ITERATOR)) {
                progress = progress.join(pc).join(sketch.shape()).join(sketch.content());
            }
        }
    }

    // Values and objects.

    boolean isOpen(Label label) {
        return lifts.isOpen(label);
    }

    Shadow lift(Value value) {
        return lifts.value(value);
    }

    Sketch sketch(Object place) {
        Sketch known = here().sketch(place);
        return known != null ? known : initial(place);
    }

    /** What it was when the walk began. */
    Sketch initial(Object place) {
        Sketch first = lifted.get(place);
        if (first == null) {
            first = lifts.object(place);
            if (lifted.isEmpty()) {
                lifted = new IdentityHashMap<>(4);
            }
            lifted.put(place, first);
            if (place instanceof ListBox) {
                for (Object each : first.refs()) {
                    if (each instanceof Herd herd) {
                        meets(herd);
                    }
                }
            }
        }
        return first;
    }

    /** The herds that were met here, and the dictionaries that may have been changed here. */
    private final List<Herd> herds = new ArrayList<>(0);

    private Set<Box> touched = Set.of();

    private void meets(Herd herd) {
        herds.add(herd);
        for (Box each : touched) {
            if (herd.has(each)) {
                throw new Herd.Touched();
            }
        }
    }

    private void touches(Object place) {
        if (place instanceof Herd) {
            throw new Herd.Touched();
        }
        if (place instanceof DictBox box) {
            if (touched.isEmpty()) {
                touched = Collections.newSetFromMap(new IdentityHashMap<>(4));
            }
            if (touched.add(box)) {
                for (Herd herd : herds) {
                    if (herd.has(box)) {
                        throw new Herd.Touched();
                    }
                }
            }
        }
    }

    void note(Object place, Sketch sketch) {
        if (lifts.isHerding()) {
            touches(place);
        }
        here().note(place, sketch);
    }

    /**
     * What was found of some places. It holds as long as none of the objects has changed that can be reached from there, for
     * all that it was told from are these and what they were when the walk began.
     */
    private static final class Found {
        private Trie<Object, Sketch> age;

        @Nullable
        Set<Object> reachable;

        @Nullable
        Set<Object> inside;

        Label deep = Label.BOTTOM;
        Label direct = Label.BOTTOM;

        @Nullable
        Outline noted;

        Outline known = Outline.NEVER;

        Found(Trie<Object, Sketch> age) {
            this.age = age;
        }

        /** Whether it still is so: nothing that can be reached has changed. */
        boolean holds(Trie<Object, Sketch> now) {
            if (age == now) {
                return true;
            }
            Set<Object> all = reachable;
            if (all == null) {
                return false;
            }
            boolean[] changed = new boolean[1];
            age.differences(now, (place, _, _) -> changed[0] |= all.contains(place));
            if (changed[0]) {
                return false;
            }
            age = now;
            return true;
        }
    }

    /** By the very set of places: shadows hand theirs on and never change them. */
    private Map<Set<Object>, Found> found = Map.of();

    private Found found(Set<Object> places) {
        Trie<Object, Sketch> now = here().objects();
        if (found.isEmpty()) {
            found = new IdentityHashMap<>(4);
        }
        Found known = found.get(places);
        if (known == null || !known.holds(now)) {
            known = new Found(now);
            found.put(places, known);
        }
        return known;
    }

    /** The objects that these hold, and who may know of all that they hold. */
    private Found inside(Set<Object> places) {
        Found found = found(places);
        if (found.inside == null) {
            Label label = Label.BOTTOM;
            Set<Object> refs = Set.of();
            for (Object place : places) {
                Sketch sketch = sketch(place);
                label = label.join(sketch.shape()).join(sketch.content());
                Set<Object> own = held(place, sketch);
                refs = places.size() == 1 ? own : added(refs, own);
            }
            found.direct = label;
            found.inside = refs;
        }
        return found;
    }

    /** What may lie in one: of those that a secret made some hold others, in this world or in one that looks the same. */
    private static Set<Object> held(Object place, Sketch sketch) {
        return place instanceof Groups.Group ? Shadow.union(sketch.refs(), Set.of(place)) : sketch.refs();
    }

    private static Set<Object> added(Set<Object> all, Set<Object> more) {
        if (more.isEmpty()) {
            return all;
        }
        Set<Object> sum = all.isEmpty() ? new LinkedHashSet<>() : all;
        sum.addAll(more);
        return sum;
    }

    /** A new object that an expression makes; the objects that it made before are not told from it. */
    Shadow fresh(Object site, Sketch sketch, Label label) {
        Sketch before = here().sketch(site);
        if (before == null) {
            note(site, sketch);
        } else if (!before.covers(sketch)) {
            note(site, before.join(sketch));
        }
        return Shadow.of(sketch.outline(), label, Set.of(site));
    }

    /** What came from outside with all that it holds, as one object. */
    Shadow nested(Object site, Outline outline, Label label) {
        cost(1, Math.min(ToolCalls.MOST_BYTES, outline.bytes()));
        if (!Groups.mayLead(outline)) {
            return Shadow.of(outline, label);
        }
        return fresh(site, new Sketch(outline, label, label, Set.of(site), null, false), label);
    }

    /** Everything of a value, and of what can be reached from it. */
    Label deep(Shadow shadow) {
        if (shadow.refs().isEmpty()) {
            return shadow.label();
        }
        reachable(shadow.refs());
        return shadow.label().join(found(shadow.refs()).deep);
    }

    /** These and all that they hold, however deep. */
    Set<Object> reachable(Set<Object> from) {
        if (from.isEmpty()) {
            return from;
        }
        Found found = found(from);
        Set<Object> known = found.reachable;
        if (known != null) {
            return known;
        }
        Set<Object> seen = new LinkedHashSet<>();
        Label deep = Label.BOTTOM;
        ArrayDeque<Object> todo = new ArrayDeque<>(from);
        while (!todo.isEmpty()) {
            Object place = todo.pop();
            if (seen.add(place)) {
                Sketch sketch = sketch(place);
                deep = deep.join(sketch.shape()).join(sketch.content());
                if (!sketch.refs().isEmpty()) {
                    todo.addAll(sketch.refs());
                }
            }
        }
        found.deep = deep;
        found.reachable = seen;
        return seen;
    }

    /** One of several objects that a secret chose may be read by whoever may read all of them, as in the run. */
    Shadow joint(Shadow shadow) {
        if (shadow.refs().isEmpty() || shadow.label().isBottom()) {
            return shadow;
        }
        for (Object each : shadow.refs()) {
            if (each instanceof Groups.Group) {
                return shadow.raised(deep(shadow));
            }
        }
        return shadow;
    }

    /** Who may know the size of it. */
    Label shape(Shadow shadow) {
        Label all = shadow.own();
        for (Object place : shadow.refs()) {
            all = all.join(sketch(place).shape());
        }
        return all;
    }

    /** What it can be by now. */
    Outline outline(Shadow shadow) {
        Outline noted = shadow.outline();
        if (shadow.refs().isEmpty() || !noted.leads()) {
            return noted;
        }
        Found found = found(shadow.refs());
        if (found.noted != noted) {
            Outline known = outline(noted, shadow.refs(), 0, new HashSet<>());
            found.noted = noted;
            found.known = known;
        }
        return found.known;
    }

    private Outline outline(Outline noted, Set<Object> refs, int depth, Set<Object> path) {
        Outline now = noted;
        if (refs.isEmpty() || !noted.leads()) {
            return now;
        }
        if (depth > 4) {
            return untouched(refs) ? now : Outline.ANY;
        }
        Outline last = null;
        for (Object place : refs) {
            if (path.add(place)) {
                Sketch sketch = sketch(place);
                Outline own = own(place, sketch, noted);
                if (own == last && sketch.refs().isEmpty()) {
                    path.remove(place);
                    continue;
                }
                last = sketch.refs().isEmpty() ? own : null;
                if (!sketch.refs().isEmpty() && !untouched(place, sketch.refs())) {
                    Outline inside = outline(own.elementOrNone(), sketch.refs(), depth + 1, path);
                    own = own.union(own.withElement(inside));
                }
                Outline viewed = noted.may(Kind.VIEW) ? viewed(place, own) : Outline.NEVER;
                if (!viewed.isNever()) {
                    now = now.union(noted.onlyOf(Kind.VIEW).seen(viewed));
                }
                now = now.union(restricted(own, noted));
                path.remove(place);
                if (!now.leads()) {
                    return now;
                }
            }
        }
        return now.inFixed(part -> outline(part, refs, depth + 1, path));
    }

    /**
     * Of a group that is as it was when the walk began, those of kinds that the reference can be are known by themselves: what
     * else is in it is there in some worlds only.
     */
    private Outline own(Object place, Sketch sketch, Outline noted) {
        Groups.Group group = unchanged(place);
        return group == null ? sketch.outline() : group.peers().meant(noted);
    }

    /** The same of the dictionaries among them, which views are of. */
    private Outline viewed(Object place, Outline own) {
        Groups.Group group = unchanged(place);
        return group == null ? own.onlyOf(Kind.DICT) : group.peers().viewed();
    }

    private Groups.@Nullable Group unchanged(Object place) {
        return place instanceof Groups.Group group && here().sketch(place) == null ? group : null;
    }

    /** Whether neither this nor what can be reached from it has changed since the walk began: then objects know themselves. */
    private boolean untouched(Object place, Set<Object> refs) {
        return here().sketch(place) == null && untouched(refs);
    }

    private boolean untouched(Set<Object> refs) {
        Trie<Object, Sketch> changes = here().objects();
        return changes.isEmpty() || reachable(refs).stream().allMatch(place -> changes.at(place) == null);
    }

    /** What is referred to, as far as it is of a kind that the reference can be; a tuple's own objects lie deeper. */
    private static Outline restricted(Outline own, Outline noted) {
        for (Kind kind : Kind.values()) {
            if (own.may(kind) && !noted.may(kind)) {
                return own.within(noted);
            }
        }
        return own;
    }

    /** Something was written into all that a reference may lead to. */
    void change(
            Shadow to, Label by, boolean shape, @Nullable Outline after, @Nullable Shadow put, @Nullable String key) {
        boolean single = to.refs().size() == 1;
        for (Object place : to.refs()) {
            change(place, by, shape, after, put, key, single);
            if (!drained.isEmpty()) {
                drained.remove(place);
            }
        }
    }

    private void change(
            Object place,
            Label by,
            boolean shape,
            @Nullable Outline after,
            @Nullable Shadow put,
            @Nullable String key,
            boolean single) {
        Sketch before = sketch(place);
        Label label = by.join(pc);
        Outline outline = before.outline();
        long grown = before.grown();
        if (after != null) {
            Outline told = after.within(outline);
            if (place instanceof Box box && told.extent() > outline.extent()) {
                // How many it can hold is counted from where the walk began; its outline tells that roughly.
                grown = Machine.plus(grown, told.extent() - outline.extent());
                long shown = Box.roughly(Machine.plus(box.most(), grown), outline.extent());
                told = told.sized(Math.min(told.extent(), shown));
                outline = (outline.covers(told) ? outline : outline.union(told)).sized(shown);
            } else {
                outline = outline.union(told);
            }
            if (place instanceof Box) {
                outline = outline.pacedAfter(before.outline());
            }
        }
        Label content = before.content();
        Set<Object> refs = before.refs();
        Map<String, Shadow> fields = before.fields();
        if (put != null) {
            stores(put);
            content = content.join(put.label()).join(label);
            refs = Shadow.union(refs, put.refs());
            if (fields != null) {
                Map<String, Shadow> next = new HashMap<>();
                for (Map.Entry<String, Shadow> each : fields.entrySet()) {
                    boolean meant = key == null || key.equals(each.getKey());
                    next.put(
                            each.getKey(),
                            meant
                                    ? each.getValue()
                                            .unknown()
                                            .join(put.raised(label).unknown())
                                    : each.getValue());
                }
                if (key != null && single && weak == 0 && !(place instanceof Groups.Group)) {
                    next.put(key, put.raised(label));
                }
                fields = next;
            }
        } else if (shape) {
            fields = null;
        }
        // A region raises both of whatever may be changed in it.
        Label shapeLabel = before.shape().join(shape ? label : pc);
        content = content.join(shape ? pc : label);
        note(place, new Sketch(outline, shapeLabel, content, refs, fields, false, grown));
        if (place instanceof Box || place instanceof Groups.Group) {
            if (changed.isEmpty()) {
                changed = new LinkedHashSet<>(4);
            }
            changed.add(place);
        }
    }

    /** What is read out of something, whichever element it is. */
    Shadow element(Shadow from, Outline outline, Label by) {
        Label label = from.label().join(by);
        if (from.refs().isEmpty()) {
            return Shadow.of(outline, label);
        }
        Found found = inside(from.refs());
        Set<Object> refs = found.inside == null || !Groups.mayLead(outline) ? Set.of() : found.inside;
        if (Groups.mayLead(outline)
                && (from.outline().may(Kind.TUPLE)
                        || from.outline().may(Kind.VIEW)
                        || from.outline().may(Kind.EXCEPTION))) {
            refs = Shadow.union(refs, from.refs());
        }
        return Shadow.of(outline, label.join(found.direct), refs);
    }

    /** What an operation comes to. */
    Shadow comes(Object site, Prospect prospect, Label operandsLabel, List<Shadow> operands) {
        Outline outline = prospect.result();
        Shadow given = takeTold();
        Label label = given == null ? operandsLabel : operandsLabel.join(deep(given));
        if (prospect.unbounded()) {
            unbounded(label, LabelRule.PROGRESS_UNBOUNDED_SIZE);
        }
        spent = spent.join(label);
        cost(4, pc == Label.BOTTOM && label == Label.BOTTOM ? 0 : prospect.ownBytes());
        fails(Failures.of(prospect.errors()), label);
        if (!Groups.mayLead(outline)) {
            return Shadow.of(outline, label);
        }
        Set<Object> inside = new LinkedHashSet<>();
        Label content = Label.BOTTOM;
        for (Shadow each : operands) {
            inside.addAll(reachable(each.refs()));
        }
        if (given != null) {
            inside.addAll(reachable(given.refs()));
        }
        for (Object place : inside) {
            content = content.join(sketch(place).content());
        }
        inside.removeIf(place -> !outline.mayReach(sketch(place).outline()));
        Set<Object> refs = new LinkedHashSet<>();
        for (Object place : inside) {
            if (place != site && sketch(place).outline().meets(outline)) {
                refs.add(place);
            }
        }
        inside.remove(site);
        Sketch made = new Sketch(outline, Label.BOTTOM, content.join(label), inside, null, false);
        refs.addAll(fresh(site, made, label).refs());
        return Shadow.of(outline, label, refs);
    }

    /** What stands under that name or key, wherever it may be meant; null where that is not told from the rest. */
    @Nullable
    Shadow field(Shadow of, String name) {
        Shadow all = null;
        boolean open = true;
        if (of.refs().isEmpty()
                || !(of.outline().isOnly(Kind.DICT) || of.outline().isOnly(Kind.INSTANCE))) {
            return null;
        }
        for (Object place : of.refs()) {
            Sketch sketch = sketch(place);
            Shadow field = sketch.fields() == null ? null : sketch.fields().get(name);
            if (field == null) {
                return null;
            }
            Label way = sketch.shape().join(of.label());
            open &= way.flowsInto(pc);
            Shadow read = field.raised(way);
            all = all == null ? read : all.join(read);
        }
        // Where not everybody here may know what leads there, it is known as all that stands beside it, as in the run.
        return all == null || open ? all : all.outlined(outline(of).elementOrNone());
    }

    /** The very element, where that is public and the object is as it was. */
    @Nullable
    Shadow exact(Shadow of, Shadow at) {
        Value index = at.known();
        if (index == null || !(index.payload() instanceof Whole whole) || !whole.isSmall() || weak > 0) {
            return null;
        }
        long position = whole.small();
        List<Value> elements = null;
        if (of.known() != null && of.known().payload() instanceof Tuple tuple) {
            elements = tuple.elements();
        } else if (of.refs().size() == 1
                && isOpen(of.label())
                && of.refs().iterator().next() instanceof ListBox list
                && of.outline().isOnly(Kind.LIST)) {
            Sketch sketch = sketch(list);
            if (sketch.pristine()
                    && isOpen(list.shape())
                    && isOpen(list.floor())
                    && list.elsewhere().isEmpty()) {
                elements = list.view();
                pointed = true;
            }
        }
        if (elements == null) {
            return null;
        }
        long from = position < 0 ? position + elements.size() : position;
        if (from < 0 || from >= elements.size()) {
            return null;
        }
        Value element = elements.get((int) from);
        return lift(element).raised(shape(of)).raised(at.label());
    }

    /** The parts of a tuple whose length is public; null of anything else. */
    @Nullable
    List<Shadow> parts(Shadow of) {
        if (of.known() != null && of.known().payload() instanceof Tuple tuple) {
            List<Shadow> all = new ArrayList<>();
            for (Value each : tuple.elements()) {
                all.add(lift(each).raised(of.own()));
            }
            return all;
        }
        Map<String, Outline> fields =
                of.outline().isOnly(Kind.TUPLE) ? of.outline().fields() : null;
        if (fields == null) {
            return null;
        }
        List<Shadow> all = new ArrayList<>();
        for (Outline each : fields.values()) {
            all.add(Shadow.of(each, of.label(), Groups.mayLead(each) ? of.refs() : Set.of()));
        }
        return all;
    }

    /** A new object with some of what another has. */
    Shadow copied(Object site, Outline outline, Shadow from, Label by) {
        cost(2, outline.ownBytes());
        Label label = from.label().join(by);
        if (!Groups.mayLead(outline)) {
            return Shadow.of(outline, label);
        }
        Set<Object> refs = new LinkedHashSet<>();
        Label shape = Label.BOTTOM;
        Label content = Label.BOTTOM;
        for (Object place : from.refs()) {
            Sketch sketch = sketch(place);
            refs.addAll(held(place, sketch));
            shape = shape.join(sketch.shape());
            content = content.join(sketch.content());
        }
        if (from.outline().may(Kind.TUPLE)) {
            refs.addAll(from.refs());
        }
        Shadow made = fresh(site, new Sketch(outline, shape.join(by), content.join(by), refs, null, false), label);
        return from.outline().may(Kind.TUPLE)
                ? new Shadow(outline, label, Shadow.union(made.refs(), refs), null, false)
                : made;
    }

    /** Who may know how many elements there are. */
    Label control(Shadow of) {
        Label all = shape(of);
        if (of.outline().may(Kind.ITERATOR) || of.outline().may(Kind.VIEW)) {
            all = all.join(deepShape(of));
        }
        return all;
    }

    private Label deepShape(Shadow of) {
        Label all = of.label();
        for (Object place : reachable(of.refs())) {
            Sketch sketch = sketch(place);
            all = all.join(sketch.shape());
            if (place instanceof IteratorBox iterator) {
                all = all.join(iterator.isPlain() ? iterator.control() : deep(of));
            } else if (sketch.outline().may(Kind.ITERATOR)) {
                all = all.join(sketch.content());
            }
        }
        return all;
    }

    /** The next element of what is iterated over. */
    Shadow next(Shadow over, Object site) {
        Label before = pc;
        Label control = control(over);
        pc = pc.join(control);
        sizeMayHaveChanged(over);
        if (over.outline().may(Kind.ITERATOR)) {
            Generators.pulled(this, over);
        }
        Outline iterator = Iterators.outline(outline(over)).result();
        Outline outline = iterator.elementOrNone();
        Shadow element = element(over, outline, Label.BOTTOM);
        fails(Failures.of(iterator.pulls()), control);
        if (over.outline().may(Kind.ITERATOR) || over.outline().may(Kind.VIEW)) {
            Set<Object> refs = Groups.mayLead(outline) ? reachable(over.refs()) : Set.of();
            element = Shadow.of(outline, element.label().join(deep(over)), refs);
            if (over.outline().may(Kind.ITERATOR)) {
                drained(over, over.label());
            }
        }
        restore(before);
        return element;
    }

    /** Elements were taken of what may be an iterator or hold some, and so of all that these take them from. */
    void drained(Shadow of, Label by) {
        for (Object place : reachable(of.refs())) {
            if (sketch(place).outline().may(Kind.ITERATOR)) {
                if (place instanceof Groups.Group && !changed.contains(place)) {
                    drained = drained.isEmpty() ? new HashSet<>(4) : drained;
                    drained.add(place);
                }
                change(place, by, true, null, null, null, false);
            }
        }
    }

    /** They are about to be: whatever computes them is run. */
    void draining(Shadow of) {
        if (!of.refs().isEmpty()) {
            Generators.mayBeAskedForEver(this, of);
        }
        for (Object place : reachable(of.refs())) {
            if (sketch(place).outline().may(Kind.ITERATOR)) {
                escapes(Failures.of(ErrorKind.RUNTIME), Label.BOTTOM, null);
                Generators.pulled(this, of);
                return;
            }
        }
    }

    /**
     * How many elements there can be to come. An iterator has all that is put into the lists that it may go over: what it was
     * made over does not tell.
     */
    long most(Shadow over) {
        Outline outline = outline(over);
        long most = Iterators.outline(outline).result().extent();
        if (outline.may(Kind.ITERATOR)) {
            for (Object place : reachable(over.refs())) {
                Outline held = sketch(place).outline();
                if (held.may(Kind.LIST)) {
                    most = Machine.plus(most, held.extent());
                }
            }
        }
        return most;
    }

    /** Who goes over a dictionary or a set is told where everybody may know that its size was changed meanwhile. */
    void sizeMayHaveChanged(Shadow over) {
        if (live()
                && (over.outline().may(Kind.ITERATOR)
                        || over.outline().may(Kind.DICT)
                        || over.outline().may(Kind.SET)
                        || over.outline().may(Kind.VIEW))) {
            escapes(Failures.of(ErrorKind.RUNTIME), Label.BOTTOM, null);
        }
    }

    /** What happens any number of times, also never. */
    void settle(Runnable once) {
        for (int round = 0; ; round++) {
            State before = fork();
            Label progressed = progress;
            Label held = extra();
            int made = version();
            once.run();
            State after = before.copy();
            boolean news = state != null && growth.join(after, state);
            if (round >= 4) {
                growth.widen(after, before);
            }
            state = after;
            if (!news && progressed == progress && held == extra() && made == version()) {
                return;
            }
            if (round > MOST_ROUNDS) {
                giveUp();
            }
        }
    }

    private @Nullable Sites sites;

    /** What it has made at places of the plan. */
    Sites sites() {
        Sites known = sites;
        if (known == null) {
            known = new Sites();
            sites = known;
        }
        return known;
    }

    /** Another number once something new was made at a place. */
    int version() {
        return sites == null ? 0 : sites.version();
    }

    /** Objects have that size in secret. */
    void shape(Set<Object> places, Label label) {
        for (Object place : places) {
            Sketch sketch = sketch(place);
            Label shape = sketch.shape().join(label);
            if (shape != sketch.shape()) {
                note(
                        place,
                        new Sketch(
                                sketch.outline(),
                                shape,
                                sketch.content(),
                                sketch.refs(),
                                sketch.fields(),
                                sketch.pristine(),
                                sketch.grown()));
            }
        }
    }

    // Functions.

    /** The objects that a function can reach by the variables around it. */
    Set<Object> captured(Closure closure) {
        Set<Object> refs = new LinkedHashSet<>();
        for (Shadow each : closure.shadows) {
            if (each != null) {
                refs.addAll(each.refs());
            }
        }
        Object up = closure.up;
        while (up != null) {
            if (up instanceof Frame real) {
                for (int i = 0; i < real.slots.length; i++) {
                    refs.addAll(read(real, i).refs());
                }
                up = real.up;
            } else {
                Place place = (Place) up;
                for (int i = 0; i < place.code().size; i++) {
                    refs.addAll(read(place, i).refs());
                }
                up = place.up();
            }
        }
        return refs;
    }

    private @Nullable Shadow told;

    /** What callbacks gave may be in what the call gives, and may decide whether it fails. */
    @Nullable
    Shadow told() {
        return told;
    }

    /** A callback gave this. */
    void tells(@Nullable Shadow result) {
        told = both(told, result);
    }

    /** Takes away what callbacks gave: what is called next is not of the same call. */
    @Nullable
    Shadow takeTold() {
        Shadow given = told;
        told = null;
        return given;
    }

    /** How far control has been seen to be held open. */
    Label extra() {
        Label all = Label.BOTTOM;
        for (Exit each : exits) {
            all = all.join(each.extra);
        }
        return all;
    }

    /** The walk did not come to an end: everything may be. */
    void giveUp() {
        unbounded(pc, LabelRule.PROGRESS_UNBOUNDED_LOOP);
        throw new telos.plans.values.BudgetSpent(Machine.INVOLVED);
    }

    void finding(Tool tool, String argument, Label label, telos.kernel.security.Verdict verdict) {
        if (findings != null && !midst && verdict instanceof telos.kernel.security.Verdict.Denied denied) {
            findings.add(at, tool, argument, label, denied.reason());
        }
    }

    /** A tool may be called here. */
    void called(Tool tool) {
        if (findings != null) {
            findings.called(at, tool);
        }
    }

    private @Nullable Step at;

    // Ways.

    State fork() {
        return here().copy();
    }

    /** Goes on where either of two ways comes out; null is no way. */
    @Nullable
    State merge(@Nullable State one, @Nullable State two) {
        return growth.merge(one, two);
    }

    Growth growth() {
        return growth;
    }

    /** The context after something that was decided by more than what decided that it was come to. */
    void restore(Label before) {
        Label label = before;
        for (Exit each : exits) {
            label = label.join(each.extra);
        }
        pc = label;
    }

    Exit enter(Scope.Kind kind, Object construct) {
        Exit exit = new Exit(kind, construct, null);
        exits.add(exit);
        return exit;
    }

    void leave(Exit exit) {
        Exit last;
        do {
            last = exits.removeLast();
        } while (last != exit);
    }

    private void hit(Exit exit, int index) {
        exit.extra = exit.extra.join(pc);
        if (index < base) {
            reaches(index);
        }
    }

    /** Control may escape to there, unless that is beyond what is decided by more than this walk alone. */
    private void reaches(int index) {
        escapes = true;
        if (index >= farthest) {
            outermost = outermost < 0 ? index : Math.min(outermost, index);
        }
    }

    private void leaves(Scope.Kind kind, LabelRule rule) {
        for (int i = exits.size() - 1; i >= 0; i--) {
            Exit exit = exits.get(i);
            if (exit.unbinds != null) {
                here().write(exit.unbinds, Shadow.UNBOUND);
            }
            if (exit.kind == Scope.Kind.TRY && exit.construct instanceof Attempt attempt) {
                passed(exit, attempt);
            }
            if (exit.kind == kind && (kind != Scope.Kind.LOOP || exit.guarded)) {
                if (i < base && !machine.rules.hold(rule)) {
                    break;
                }
                hit(exit, i);
                State now = here();
                switch (kind) {
                    case LOOP -> exit.broken = merge(exit.broken, now);
                    case TURN -> exit.continued = merge(exit.continued, now);
                    case CALL -> exit.returned = merge(exit.returned, now);
                    case TRY -> throw new IllegalStateException();
                }
                break;
            }
        }
        state = null;
    }

    /** What is left through a try statement runs its last part on the way. */
    private void passed(Exit exit, Attempt attempt) {
        if (!exit.cleaning && live()) {
            exit.cleaning = true;
            boolean guarded = exit.guarded;
            exit.guarded = false;
            attempt.walkCleanup(this);
            exit.guarded = guarded;
            exit.cleaning = false;
        }
    }

    void breaks() {
        leaves(Scope.Kind.LOOP, LabelRule.BREAK_ESCAPE);
    }

    void continues() {
        leaves(Scope.Kind.TURN, LabelRule.CONTINUE_ESCAPE);
    }

    void returns(Shadow value) {
        for (int i = exits.size() - 1; i >= 0; i--) {
            Exit exit = exits.get(i);
            if (exit.kind == Scope.Kind.CALL) {
                Shadow raised = value.raised(pc);
                exit.result = exit.result == null ? raised : exit.result.join(raised);
                break;
            }
        }
        leaves(Scope.Kind.CALL, LabelRule.RETURN_ESCAPE);
    }

    /** Something here may raise these, which tells who sees it of this label. */
    void fails(Failures failures, Label label) {
        fails(failures, label, null);
    }

    /** The same of an exception that holds more than a text. */
    void fails(Failures failures, Label label, @Nullable Shadow thrown) {
        if (!failures.isEmpty() && live()) {
            escapes(failures, label.join(pc), thrown);
        }
    }

    /** Control may go to a handler for these, or nowhere. */
    void escapes(Failures failures, Label label, @Nullable Shadow thrown) {
        Failures left = failures;
        boolean secret = label != Label.BOTTOM;
        State now = here();
        for (int i = exits.size() - 1; i >= 0; i--) {
            Exit exit = exits.get(i);
            if (exit.kind != Scope.Kind.TRY || !(exit.construct instanceof Attempt attempt)) {
                continue;
            }
            if (exit.unbinds != null) {
                now = now.copy();
                now.write(exit.unbinds, Shadow.UNBOUND);
            }
            if (exit.guarded && attempt.mayCatch(left)) {
                exit.raised = merge(exit.raised, now.copy());
                exit.failures = exit.failures.and(left);
                exit.thrown = both(exit.thrown, thrown);
                exit.extra = exit.extra.join(label);
                decidesCaught = decidesCaught.join(label);
                if (secret && machine.mayCome(attempt, label) && i < base) {
                    reaches(i);
                }
                left = attempt.left(left);
                if (left.isEmpty()) {
                    break;
                }
            }
            if (attempt.cleans() && !exit.cleaning) {
                exit.passing = merge(exit.passing, now.copy());
                exit.extra = exit.extra.join(label);
                if (secret && machine.mayCome(attempt, label) && i < base) {
                    reaches(i);
                }
                if (i >= base) {
                    // It goes on from there when that last part was walked.
                    exit.passingFailures = exit.passingFailures.and(left);
                    exit.passingLabel = exit.passingLabel.join(label);
                    exit.passingThrown = both(exit.passingThrown, thrown);
                    left = Failures.NONE;
                    break;
                }
            }
        }
        if (!left.isEmpty() && secret && machine.rules.hold(LabelRule.PROGRESS_FAILURE)) {
            progress = progress.join(label);
        }
        if (secret) {
            Label before = pc;
            restore(before);
        }
    }

    static @Nullable Shadow both(@Nullable Shadow one, @Nullable Shadow two) {
        return one == null ? two : two == null ? one : one.join(two);
    }

    /** The exceptions that are being handled here, as far as they hold more than a text. */
    @Nullable
    Shadow handled() {
        Shadow all = null;
        for (Exit each : exits) {
            all = both(all, each.thrown);
        }
        for (PlanFailure each : machine.handled) {
            all = both(all, lift(new Value(each.exception())));
        }
        return all;
    }

    /** A call may be denied, and nothing catches that. */
    void mayBeDenied(Label label) {
        Label all = label.join(pc);
        if (all != Label.BOTTOM && machine.rules.hold(LabelRule.PROGRESS_DENIAL)) {
            progress = progress.join(all);
        }
    }

    Label context() {
        return pc.join(progress);
    }

    // Functions.

    boolean isRunning(Code code) {
        return running.contains(code);
    }

    void running(Code code) {
        running.add(code);
    }

    void ran() {
        running.removeLast();
    }

    /** One more call inside those that run here may be one too many, which nothing catches. */
    void mayBeTooDeep() {
        if (running.size() >= machine.limits.depth()) {
            unbounded(Label.BOTTOM, LabelRule.PROGRESS_UNBOUNDED_LOOP);
        }
    }

    // Going on where the real run stands.

    private void enterStep(Step step) {
        at = step;
        cost(1, 0);
    }

    boolean resuming() {
        return resumption != null;
    }

    boolean resumesAt(Step step) {
        return resumption != null && step == resumeStep;
    }

    void resume() {
        Runnable now = java.util.Objects.requireNonNull(resumption);
        resumption = null;
        now.run();
    }

    /** What decides failures that were caught since a statement began. */
    private Label decidesCaught = Label.BOTTOM;

    /** The same since a call began. */
    private Label decidesCaughtInCall = Label.BOTTOM;

    /** Whether it looks at a statement as a run does that stands in its midst. */
    private boolean midst;

    /**
     * Walks a statement. Where a failure in its midst may be caught, a run looks at the whole statement again under what decides
     * the failure. A check, which has no run, does so here.
     */
    void step(Step step) {
        enterStep(step);
        if (findings == null || midst) {
            step.walk(this);
            return;
        }
        Label outer = decidesCaught;
        decidesCaught = Label.BOTTOM;
        step.walk(this);
        if (decidesCaught != Label.BOTTOM && live()) {
            Label before = pc;
            State start = fork();
            pc = pc.join(decidesCaught);
            midst = true;
            rerun(step);
            midst = false;
            state = merge(start, state);
            restore(before);
        }
        decidesCaughtInCall = decidesCaughtInCall.join(decidesCaught);
        decidesCaught = outer;
    }

    /** Does something in a call, which is a part of the statement that it stands in. */
    void inCall(Runnable body) {
        Label outer = decidesCaughtInCall;
        decidesCaughtInCall = Label.BOTTOM;
        body.run();
        decidesCaught = decidesCaught.join(decidesCaughtInCall);
        decidesCaughtInCall = outer;
    }

    /** Does a statement again and again in no particular order, for the run stands somewhere inside it. */
    private void rerun(@Nullable Step step) {
        if (step == null) {
            return;
        }
        weak++;
        settle(() -> step.walk(this));
        if (step instanceof Statements.Assign assign && assign.name() != null && live()) {
            // Whatever of it was done already, its variable is bound last.
            Shadow value = assign.value().walk(this);
            weak--;
            assign.name().walk(this, value);
            return;
        }
        weak--;
    }

    private void reevaluate(@Nullable Expr value) {
        if (value == null) {
            return;
        }
        weak++;
        settle(() -> result = both(result, value.walk(this)));
        weak--;
    }

    /**
     * From where the real run stands to the end of one of its scopes.
     *
     * @param extent what is being entered there; null where only the statement is in its midst
     */
    void rest(Scope target, Machine.@Nullable Extent extent, boolean statement) {
        List<Scope> scopes = machine.scopes();
        // At the head of a loop nothing is resumed, so that calls are walked first.
        boolean atHead = target.kind != Scope.Kind.TURN && target.construct == target.frame.home().at;
        Machine.Extent inside = extent;
        boolean whole = statement;
        int from = scopes.indexOf(target);
        for (int i = scopes.size() - 1; i > from; i--) {
            if (scopes.get(i).kind == Scope.Kind.CALL) {
                Scope call = scopes.get(i);
                Machine.Extent within = inside;
                boolean all = whole;
                // What a call comes to is walked inside of what stands around it, which may catch what it raises.
                inside = _ -> resumed(call, within, all);
                whole = false;
                if (atHead) {
                    resumed(call, within, all);
                    inside = null;
                }
            }
        }
        resumed(target, inside, whole);
    }

    private void resumed(Scope scope, Machine.@Nullable Extent inside, boolean whole) {
        frame = scope.frame;
        State start = here();
        Step at = scope.frame.home().at;
        resumeStep = at;
        resumption = () -> {
            state = start;
            Object outer = frame;
            if (inside != null) {
                frame = java.util.Objects.requireNonNull(machine.region);
                inside.walk(this);
                frame = outer;
            }
            if (!whole) {
                state = merge(start, state);
                if (at == null && scope.construct instanceof Code code) {
                    reevaluate(code.value);
                } else {
                    rerun(at);
                }
            }
        };
        state = null;
        switch (scope.construct) {
            case Code code -> {
                Exit exit = enter(Scope.Kind.CALL, code);
                running.add(code);
                code.walkBody(this);
                if (resumption != null) {
                    resume();
                }
                running.removeLast();
                leave(exit);
                state = merge(state, exit.returned);
                result = exit.result == null || result == null ? exit.result : result.join(exit.result);
            }
            case Repetition loop
            when scope.kind == Scope.Kind.TURN -> {
                Exit exit = enter(Scope.Kind.TURN, loop);
                loop.body().walk(this);
                leave(exit);
                state = merge(state, exit.continued);
            }
            case Repetition loop
            when at == loop -> {
                state = start;
                resumption = null;
                loop.walkFromHead(this);
            }
            case Step step -> step.walk(this);
            default -> throw new IllegalStateException("no scope: " + scope.construct);
        }
        resumption = null;
        restore(pc);
    }

    /** Whether a value of this type is an exception of a class in this list. */
    static boolean isOf(Type type, Collection<Type> types) {
        for (Type each : types) {
            if (type.isWithin(each)) {
                return true;
            }
        }
        return false;
    }
}

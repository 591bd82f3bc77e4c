package telos.plans;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.plans.syntax.Position;
import telos.plans.values.BoundMethod;
import telos.plans.values.Box;
import telos.plans.values.Builtin;
import telos.plans.values.Context;
import telos.plans.values.ErrorKind;
import telos.plans.values.Errors;
import telos.plans.values.IteratorBox;
import telos.plans.values.Iterators;
import telos.plans.values.Kind;
import telos.plans.values.Labels;
import telos.plans.values.Outline;
import telos.plans.values.Payload;
import telos.plans.values.PlanFailure;
import telos.plans.values.Truths;
import telos.plans.values.Type;
import telos.plans.values.Value;

/**
 * Generator expressions: their elements are computed as they are asked for.
 *
 * <p>This file is long because it has how one is asked in a run and how it is asked in a walk.
 */
@SuppressWarnings("ReferenceEquality") // the same object is the quick way; equal ones take the slow one
final class Generators {
    private Generators() {}

    static final class Lazy extends Comprehensions.Loops {
        Lazy(Position position, Code code, List<Comprehensions.Clause> clauses, Expr element) {
            super(position, code, clauses, element, null);
        }

        @Override
        boolean givesOneByOne() {
            return true;
        }

        @Override
        Value run(Frame frame) {
            Value first = clauses.getFirst().iterable().run(frame);
            frame.machine.mayFail(frame, Failures.of(refusals(frame.machine.known(first))), first.label());
            return new Value(new Generator(this, frame, first, Callables.iterator(frame, first)));
        }

        @Override
        Shadow walk(Walk walk) {
            Shadow first = clauses.getFirst().iterable().walk(walk);
            walk.fails(Failures.of(refusals(walk.outline(first))), first.label());
            walk.sites().made(this, new Sites.Made(this, walk.frame, first));
            return walkMade(walk, first, walkLoops(walk, walk.frame, first));
        }

        /** What making one over that raises, but for what going over it raises. */
        private static Errors refusals(Outline first) {
            return Iterators.outline(first).result().refusals();
        }

        @Override
        Shadow walkMade(Walk walk, Shadow first, Gathered gathered) {
            Shadow element = gathered.elementOrNever();
            Outline outline = outline(walk, first, gathered);
            Shadow made = WalkCalls.made(walk, this, outline, List.of(element), null);
            walk.shape(made.refs(), gathered.shape.join(walk.deep(element)));
            return made;
        }

        /** What one over that can be. */
        private static Outline outline(Walk walk, Shadow first, Gathered gathered) {
            return Outline.holding(Kind.ITERATOR, gathered.most, walk.outline(gathered.elementOrNever()), null)
                    .around(Iterators.outline(walk.outline(first)).result());
        }
    }

    /**
     * Somebody takes elements of what may be a generator: its code is run here.
     *
     * <p>What is built in and called by an iterator, {@code map(list, gs)}, may take of others as it is called, and does
     * nothing before that. So these are not run inside of it, which would go through them in each order, but in turn with it,
     * again and again until nothing is new.
     */
    static void pulled(Walk walk, Shadow of) {
        Sites sites = walk.sites();
        if (sites.isCallingBuiltIn()) {
            sites.leaveToCaller();
            if (walk.reachable(of.refs()).stream().anyMatch(place -> isAskedAgain(walk, place))) {
                walk.fails(Failures.of(ErrorKind.RECURSION, ErrorKind.VALUE), Label.BOTTOM);
            }
            return;
        }
        mayBeAskedForEver(walk, of);
        int left = sites.left();
        long steps = walk.steps();
        long bytes = walk.bytes();
        int charges = walk.charges();
        run(walk, of);
        if (sites.left() != left) {
            walk.settle(() -> {
                walk.uncost(steps, bytes);
                walk.uncharge(charges);
                run(walk, of);
            });
        }
    }

    /**
     * What it calls it may call as often as it has elements, also where it is another one in this world, or none: where nothing
     * bounds how many it has, that is charged without bound.
     */
    static void mayBeAskedForEver(Walk walk, Shadow of) {
        if (walk.outline(of).may(Kind.ITERATOR) && walk.most(of) == Outline.UNBOUNDED) {
            walk.cost(Outline.UNBOUNDED, Outline.UNBOUNDED);
        }
    }

    /** Whether it is being asked already, and computes what it gives by code of the plan, which may not call itself. */
    private static boolean isAskedAgain(Walk walk, Object place) {
        Sites sites = walk.sites();
        Sites.Deferred deferred = sites.deferred(place);
        if (deferred != null) {
            return sites.isPulling(place) && !isBuiltIn(walk.outline(deferred.function()));
        }
        if (place instanceof Lazy) {
            return sites.isPulling(place);
        }
        for (Box box : walk.machine.groups.members(place)) {
            if (box instanceof Generator generator && sites.isPulling(generator.loops)) {
                return true;
            }
            if (box instanceof IteratorBox iterator && sites.isPulling(iterator)) {
                Value function = iterator.function();
                if (function != null && !isBuiltIn(walk.outline(walk.lift(function)))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void run(Walk walk, Shadow of) {
        Set<Object> all = walk.reachable(of.refs());
        for (Object place : all) {
            if (place instanceof Lazy) {
                Sites.Made made = walk.sites().made(place);
                if (made != null) {
                    gave(walk, place, again(walk, made.loops(), made.up(), made.first()), true);
                }
            }
            Sites.Deferred deferred = walk.sites().deferred(place);
            if (deferred != null) {
                List<Shadow> given = new ArrayList<>();
                for (Shadow each : deferred.over()) {
                    given.add(element(
                            walk,
                            each,
                            Iterators.outline(walk.outline(each)).result().elementOrNone()));
                }
                gave(walk, place, called(walk, of, place, deferred.function(), given), deferred.gives());
            }
            for (Box box : walk.machine.groups.members(place)) {
                if (box instanceof Generator generator) {
                    gave(walk, place, again(walk, generator.loops, generator.outer, walk.lift(generator.first)), true);
                } else if (box instanceof IteratorBox iterator) {
                    walk.fails(Failures.of(iterator.refusals()), walk.deep(of));
                    Value function = iterator.function();
                    if (function != null) {
                        List<Shadow> given = new ArrayList<>();
                        for (Outline each : iterator.given()) {
                            given.add(element(walk, of, each));
                        }
                        gave(walk, place, called(walk, of, iterator, walk.lift(function), given), !iterator.drops());
                    }
                }
            }
        }
    }

    /** The run is about to ask this one, as often as a secret decides: in each world it is labelled as if it had been asked. */
    static void asked(Walk walk, IteratorBox iterator) {
        Shadow of = walk.lift(new Value(iterator));
        pulled(walk, of);
        for (Object place : walk.reachable(of.refs())) {
            Sketch sketch = walk.sketch(place);
            for (Box box : walk.machine.groups.members(place)) {
                if (box instanceof IteratorBox) {
                    walk.machine.keep(box);
                    box.raiseShape(sketch.shape());
                    box.raiseBeyond(sketch.content());
                }
            }
        }
    }

    /** What decides how many elements it gives, or how many are taken by who stops for what they are, of what it computes. */
    static Label decides(Walk walk, IteratorBox iterator) {
        return decides(walk, iterator, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static Label decides(Walk walk, IteratorBox iterator, Set<IteratorBox> seen) {
        Label all = Label.BOTTOM;
        if (!seen.add(iterator)) {
            return all;
        }
        if (iterator instanceof Generator generator) {
            Comprehensions.Loops.Gathered gathered =
                    gathered(walk, generator.loops, generator.outer, walk.lift(generator.first));
            all = gathered == null ? all : gathered.shape.join(walk.deep(gathered.elementOrNever()));
        } else if (iterator.drops() || iterator.function() != null) {
            all = computed(walk, walk.lift(new Value(iterator)), iterator);
        }
        for (Value each : iterator.sources()) {
            if (each.payload() instanceof IteratorBox inner) {
                all = all.join(decides(walk, inner, seen));
            }
        }
        return all;
    }

    /** Who may know what its function gives; without one, which of its elements it leaves out. */
    private static Label computed(Walk walk, Shadow of, IteratorBox iterator) {
        Value function = iterator.function();
        if (function == null) {
            return Labels.deep(new Value(iterator));
        }
        List<Shadow> given = new ArrayList<>();
        iterator.given().forEach(each -> given.add(element(walk, of, each)));
        int left = walk.sites().left();
        Shadow found = called(walk, of, iterator, walk.lift(function), given);
        if (walk.sites().left() != left) {
            pulled(walk, of);
            found = Walk.both(found, called(walk, of, iterator, walk.lift(function), given));
        }
        return found == null ? Label.BOTTOM : walk.deep(found);
    }

    private static Shadow element(Walk walk, Shadow of, Outline outline) {
        return Shadow.of(outline, walk.deep(of), Groups.mayLead(outline) ? walk.reachable(of.refs()) : Set.of());
    }

    /**
     * An iterator has computed this, now that it was asked: it is labelled, and can be, as that is.
     *
     * @param gives whether that is what it gives; else it decides what it gives
     */
    private static void gave(Walk walk, Object place, @Nullable Shadow found, boolean gives) {
        if (found == null) {
            return;
        }
        Sketch before = walk.sketch(place);
        Label label = walk.deep(found);
        Sketch after = new Sketch(
                gives && !(place instanceof Box) && !(place instanceof Groups.Group)
                        ? before.outline().withElement(walk.outline(found))
                        : before.outline(),
                before.shape().join(gives ? found.label() : label),
                before.content().join(label),
                gives ? Shadow.union(before.refs(), found.refs()) : before.refs(),
                before.fields(),
                before.pristine(),
                before.grown());
        if (!before.covers(after)) {
            walk.note(place, after);
        }
    }

    /** An iterator calls its function, any number of times. */
    private static @Nullable Shadow called(Walk walk, Shadow of, Object site, Shadow function, List<Shadow> given) {
        boolean builtIn = isBuiltIn(walk.outline(function));
        if (walk.sites().isPulling(site)) {
            if (!builtIn) {
                walk.fails(Failures.of(ErrorKind.RECURSION), Label.BOTTOM);
            }
            return null;
        }
        walk.sites().pulling(site, true);
        int charges = walk.charges();
        long steps = walk.steps();
        long bytes = walk.bytes();
        boolean before = walk.sites().callingBuiltIn(builtIn);
        @Nullable Shadow[] all = new Shadow[1];
        Label first = walk.pc;
        boolean more = true;
        while (more) {
            walk.settle(() -> {
                walk.uncost(steps, bytes);
                all[0] = Walk.both(all[0], WalkCalls.call(walk, site, function, given, Map.of()));
            });
            // What one call gave decides whether there is another.
            Label decided = all[0] == null ? Label.BOTTOM : walk.deep(all[0]);
            more = !decided.flowsInto(walk.pc);
            walk.pc = walk.pc.join(decided);
        }
        walk.restore(first);
        walk.sites().callingBuiltIn(before);
        walk.repeated(steps, bytes, walk.most(of));
        walk.anyTimes(charges);
        walk.sites().pulling(site, false);
        return all[0];
    }

    private static boolean isBuiltIn(Outline function) {
        Set<Payload> known = function.known();
        return known != null
                && known.stream()
                        .allMatch(
                                each -> each instanceof Builtin || each instanceof BoundMethod || each instanceof Type);
    }

    private static @Nullable Shadow again(Walk walk, Comprehensions.Loops loops, Object up, Shadow first) {
        Comprehensions.Loops.Gathered gathered = gathered(walk, loops, up, first);
        return gathered == null ? null : gathered.elementOrNever().raised(gathered.shape);
    }

    private static Comprehensions.Loops.@Nullable Gathered gathered(
            Walk walk, Comprehensions.Loops loops, Object up, Shadow first) {
        if (walk.sites().isPulling(loops)) {
            walk.fails(Failures.of(ErrorKind.VALUE), Label.BOTTOM);
            return null;
        }
        walk.sites().pulling(loops, true);
        State before = walk.fork();
        Comprehensions.Loops.Gathered gathered = loops.walkLoops(walk, up, first);
        walk.state = walk.merge(before, walk.state);
        walk.sites().pulling(loops, false);
        return gathered;
    }

    /** The iterator that a generator expression gives. */
    static final class Generator extends IteratorBox {
        /** How many generators are asked inside of one another what they give: some may, by their variables, give themselves. */
        private static final int MOST_ASKED = 3;

        private final Lazy loops;
        private final Frame outer;
        private final Frame inside;
        private final Value first;
        private final int depth;
        private final int sourced;
        private final List<IteratorBox> iterators = new ArrayList<>();
        private boolean running;
        private boolean ended;
        /** What was found of all ways since it was asked last. */
        private @Nullable Ways ways;

        /** What decided how far it has come. */
        private Label told;

        Generator(Lazy loops, Frame outer, Value first, IteratorBox iterator) {
            this.loops = loops;
            this.outer = outer;
            this.inside = Frame.inside(outer, loops.code.size);
            this.first = first;
            this.told = first.label();
            this.depth = depthOver(iterator, outer.machine.pc);
            this.sourced = sourcedOver(iterator, outer.machine.pc);
            iterators.add(iterator);
        }

        @Override
        protected int depth() {
            return depth;
        }

        @Override
        protected int sourced() {
            return sourced;
        }

        @Override
        protected Value first() {
            return first;
        }

        @Override
        public String name() {
            return "generator";
        }

        @Override
        public boolean isPlain() {
            return false;
        }

        @Override
        public Label control() {
            Label all = told.join(shape()).join(floor());
            for (IteratorBox each : iterators) {
                all = all.join(each.control());
            }
            return all;
        }

        @Override
        public Iterable<Value> sources() {
            List<Value> all = new ArrayList<>();
            all.add(first);
            for (IteratorBox each : iterators) {
                all.add(new Value(each));
            }
            for (Value each : inside.slots) {
                if (each != null) {
                    all.add(each);
                }
            }
            return all;
        }

        /** What its elements can be, as things are now. */
        Outline known() {
            return inside.machine.again(() -> ways(false)).known;
        }

        /**
         * All ways of asking it.
         *
         * @param label who may know of any element, and of how many there are
         * @param held the objects that it may give; nothing where it is only looked at
         */
        private record Ways(Outline known, Label label, Set<Box> held) {
            static final Ways ANY = new Ways(
                    Outline.holding(Kind.ITERATOR, Outline.UNBOUNDED, Outline.ANY, null)
                            .around(Outline.ANY),
                    Label.MISSING,
                    Set.of());
        }

        private Ways ways(boolean asked) {
            Machine machine = inside.machine;
            if (machine.asking >= MOST_ASKED) {
                return Ways.ANY;
            }
            machine.asking++;
            try {
                Walk walk = new Walk(machine, machine.pc);
                walk.frame = outer;
                Shadow over = walk.lift(first);
                Comprehensions.Loops.Gathered gathered = loops.walkLoops(walk, outer, over);
                Shadow element = gathered.elementOrNever();
                return new Ways(
                        Lazy.outline(walk, over, gathered),
                        asked ? gathered.shape.join(walk.deep(element)) : Label.BOTTOM,
                        asked ? machine.groups.held(element.refs(), walk.here()) : Set.of());
            } finally {
                machine.asking--;
            }
        }

        @Override
        public @Nullable Value next(Context context) {
            Machine machine = inside.machine;
            if (running) {
                throw new PlanFailure(
                        telos.plans.values.ExceptionBox.of(ErrorKind.VALUE, "generator already executing"), machine.pc);
            }
            if (machine.pc != Label.BOTTOM) {
                raiseShape(machine.pc);
            }
            List<Machine.Region> regions = new ArrayList<>();
            running = true;
            ways = null;
            Value result;
            try {
                decided(control(), regions);
                result = ended ? null : advance(regions);
            } catch (PlanFailure failure) {
                throw machine.through(failure);
            } finally {
                running = false;
            }
            for (Machine.Region each : regions.reversed()) {
                machine.close(each);
            }
            if (result == null) {
                ended = true;
                return null;
            }
            Label control = control();
            told = told.join(Labels.deep(result));
            Value raised = result.raised(control);
            return raised.isPublic() || machine.open(raised.label())
                    ? raised
                    : raised.outlined((ways == null ? known() : ways.known).elementOrNone());
        }

        /** What decides that it goes on so: whoever asks it then may be told whatever any way of going on is decided by. */
        private void decided(Label label, List<Machine.Region> regions) {
            Machine machine = inside.machine;
            Label before = told;
            told = told.join(label);
            if (label != Label.BOTTOM && ways == null && machine.rules.hold(LabelRule.GENERATOR_REGION)) {
                Ways all = isForeseen() ? machine.again(() -> ways(true)) : ways(true);
                ways = all;
                told = told.join(all.label);
                machine.keep(this);
                mayHold(all.held);
            }
            if (told != before) {
                machine.whileHere(() -> told = before);
            }
            if (!machine.open(label) && machine.rules.hold(LabelRule.GENERATOR_REGION)) {
                regions.add(machine.pulling(this, inside, label, walk -> again(walk, loops, outer, walk.lift(first))));
            }
        }

        private @Nullable Value advance(List<Machine.Region> regions) {
            Machine machine = inside.machine;
            boolean wasRunning = ended;
            ended = true;
            while (!iterators.isEmpty()) {
                int depth = iterators.size() - 1;
                IteratorBox iterator = iterators.get(depth);
                machine.step();
                Value element = iterator.next(machine);
                decided(iterator.control(), regions);
                if (element == null) {
                    iterators.removeLast();
                    continue;
                }
                Comprehensions.Clause clause = loops.clauses.get(depth);
                clause.target().store(inside, element);
                if (!holds(clause, regions)) {
                    continue;
                }
                if (depth + 1 < loops.clauses.size()) {
                    iterators.add(Callables.iterator(
                            inside, loops.clauses.get(depth + 1).iterable().run(inside)));
                    continue;
                }
                Value result = loops.element.run(inside);
                ended = wasRunning;
                return machine.written(result);
            }
            return null;
        }

        private boolean holds(Comprehensions.Clause clause, List<Machine.Region> regions) {
            for (Expr each : clause.conditions()) {
                Value decision = each.run(inside);
                decided(Callables.truthLabel(decision), regions);
                if (!Truths.holds(decision.payload())) {
                    return false;
                }
            }
            return true;
        }
    }
}

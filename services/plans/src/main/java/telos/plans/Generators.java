package telos.plans;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.plans.syntax.Position;
import telos.plans.values.Box;
import telos.plans.values.Context;
import telos.plans.values.ErrorKind;
import telos.plans.values.IteratorBox;
import telos.plans.values.Iterators;
import telos.plans.values.Kind;
import telos.plans.values.Outline;
import telos.plans.values.PlanFailure;
import telos.plans.values.Truths;
import telos.plans.values.Value;

/** Generator expressions: their elements are computed as they are asked for. */
@SuppressWarnings("ReferenceEquality") // the same object is the quick way; equal ones take the slow one
final class Generators {
    private Generators() {}

    static final class Lazy extends Comprehensions.Loops {
        Lazy(Position position, Code code, List<Comprehensions.Clause> clauses, Expr element) {
            super(position, code, clauses, element, null);
        }

        @Override
        Value run(Frame frame) {
            Value first = clauses.getFirst().iterable().run(frame);
            if (frame.machine.known(first).may(Kind.ITERATOR)) {
                frame.machine.mayFail(frame, Failures.of(ErrorKind.RECURSION), first.label());
            }
            return new Value(new Generator(this, frame, first, Callables.iterator(frame, first)));
        }

        @Override
        Shadow walk(Walk walk) {
            Shadow first = clauses.getFirst().iterable().walk(walk);
            if (walk.outline(first).may(Kind.ITERATOR)) {
                walk.fails(Failures.of(ErrorKind.RECURSION), first.label());
            }
            walk.sites().made(this, new Sites.Made(this, walk.frame, first));
            return walkMade(walk, walkLoops(walk, walk.frame, first));
        }

        @Override
        Shadow walkMade(Walk walk, Gathered gathered) {
            Shadow element = gathered.element == null ? Shadow.of(Outline.NEVER, Label.BOTTOM) : gathered.element;
            Outline outline = Outline.holding(Kind.ITERATOR, gathered.most, walk.outline(element), null);
            Shadow made = WalkCalls.made(walk, this, outline, List.of(element), null);
            walk.shape(made.refs(), gathered.shape.join(walk.deep(element)));
            return made;
        }
    }

    /** Somebody takes elements of what may be a generator: its code is run here. */
    static void pulled(Walk walk, Shadow of) {
        Set<Object> all = walk.reachable(of.refs());
        for (Object place : all) {
            if (place instanceof Lazy) {
                Sites.Made made = walk.sites().made(place);
                if (made != null) {
                    again(walk, made.loops(), made.up(), made.first());
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
                called(walk, place, deferred.function(), given);
            }
            for (Box box : walk.machine.groups.members(place)) {
                if (box instanceof Generator generator) {
                    again(walk, generator.loops, generator.outer, walk.lift(generator.first));
                } else if (box instanceof IteratorBox iterator) {
                    Value function = iterator.function();
                    if (function != null) {
                        List<Shadow> given = new ArrayList<>();
                        for (Outline each : iterator.given()) {
                            given.add(element(walk, of, each));
                        }
                        called(walk, iterator, walk.lift(function), given);
                    }
                }
            }
        }
    }

    private static Shadow element(Walk walk, Shadow of, Outline outline) {
        return Shadow.of(outline, walk.deep(of), Groups.mayLead(outline) ? walk.reachable(of.refs()) : Set.of());
    }

    /** An iterator calls its function, any number of times. */
    private static void called(Walk walk, Object site, Shadow function, List<Shadow> given) {
        if (!walk.sites().isPulling(site)) {
            walk.sites().pulling(site, true);
            int charges = walk.charges();
            walk.settle(() -> WalkCalls.call(walk, site, function, given, Map.of()));
            walk.anyTimes(charges);
            walk.sites().pulling(site, false);
        }
    }

    private static void again(Walk walk, Comprehensions.Loops loops, Object up, Shadow first) {
        if (walk.sites().isPulling(loops)) {
            walk.fails(Failures.of(ErrorKind.VALUE), Label.BOTTOM);
            return;
        }
        walk.sites().pulling(loops, true);
        State before = walk.fork();
        loops.walkLoops(walk, up, first);
        walk.state = walk.merge(before, walk.state);
        walk.sites().pulling(loops, false);
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
        private final List<IteratorBox> iterators = new ArrayList<>();
        private boolean running;
        private boolean ended;
        /** What decided how far it has come. */
        private Label told;

        Generator(Lazy loops, Frame outer, Value first, IteratorBox iterator) {
            this.loops = loops;
            this.outer = outer;
            this.inside = Frame.inside(outer, loops.code.size);
            this.first = first;
            this.told = first.label();
            this.depth = depthOver(iterator, outer.machine.pc);
            iterators.add(iterator);
        }

        @Override
        protected int depth() {
            return depth;
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
        protected Iterable<Value> sources() {
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
            Machine machine = inside.machine;
            if (machine.asked >= MOST_ASKED) {
                return Outline.holding(Kind.ITERATOR, Outline.UNBOUNDED, Outline.ANY, null);
            }
            machine.asked++;
            try {
                Walk walk = new Walk(machine, machine.pc);
                walk.frame = outer;
                Comprehensions.Loops.Gathered gathered = loops.walkLoops(walk, outer, walk.lift(first));
                Shadow element = gathered.element;
                return Outline.holding(
                        Kind.ITERATOR, gathered.most, element == null ? Outline.NEVER : walk.outline(element), null);
            } finally {
                machine.asked--;
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
            told = told.join(telos.plans.values.Labels.deep(result));
            Value raised = result.raised(control);
            return raised.isPublic() || machine.open(raised.label())
                    ? raised
                    : raised.outlined(known().elementOrNone());
        }

        private void decided(Label label, List<Machine.Region> regions) {
            told = told.join(label);
            Machine machine = inside.machine;
            if (!machine.open(label) && machine.rules.hold(LabelRule.GENERATOR_REGION)) {
                regions.add(machine.open(inside, label, false, walk -> again(walk, loops, outer, walk.lift(first))));
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

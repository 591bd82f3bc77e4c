package telos.plans;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.plans.syntax.Position;
import telos.plans.values.DictBox;
import telos.plans.values.Displays;
import telos.plans.values.ErrorKind;
import telos.plans.values.IteratorBox;
import telos.plans.values.Iterators;
import telos.plans.values.Kind;
import telos.plans.values.ListBox;
import telos.plans.values.Outline;
import telos.plans.values.PlanFailure;
import telos.plans.values.Prospect;
import telos.plans.values.SetBox;
import telos.plans.values.Truths;
import telos.plans.values.Value;

/**
 * Comprehensions: a list, set or dictionary of what nested loops come to.
 *
 * <p>This file is long because it has each kind of comprehension.
 */
@SuppressWarnings({"ReferenceEquality", "EnumOrdinal"
}) // the same object is the quick way; equal ones take the slow one
final class Comprehensions {
    private Comprehensions() {}

    /** {@code for target in iterable if condition …}. */
    record Clause(Target target, Expr iterable, List<Expr> conditions) {}

    /** What all kinds of comprehensions share: the loops, and how a walk sees them. */
    abstract static class Loops extends Expr {
        final Code code;
        final List<Clause> clauses;
        final Expr element;
        final @Nullable Expr value;

        Loops(Position position, Code code, List<Clause> clauses, Expr element, @Nullable Expr value) {
            super(position);
            this.code = code;
            this.clauses = List.copyOf(clauses);
            this.element = element;
            this.value = value;
        }

        /** What a walk gathers of the elements. */
        static final class Gathered {
            @Nullable
            Shadow element;

            @Nullable
            Shadow value;

            Label shape = Label.BOTTOM;
            long most = 1;

            Shadow elementOrNever() {
                return element == null ? Shadow.of(Outline.NEVER, Label.BOTTOM) : element;
            }

            void add(Shadow one, @Nullable Shadow two) {
                element = element == null ? one : element.join(one);
                value = value == null || two == null ? two : value.join(two);
            }
        }

        /**
         * The loops, in the frame of the comprehension.
         *
         * @param first what the first clause goes over
         */
        final Gathered walkLoops(Walk walk, Object up, Shadow first) {
            Gathered gathered = new Gathered();
            Object outer = walk.frame;
            Walk.Place place = walk.sites().inside(this, up, code);
            for (int i = 0; i < code.size; i++) {
                State.Cell cell = new State.Cell(place, i);
                if (!code.captured.get(i) || walk.here().read(cell) == null) {
                    walk.here().write(cell, Shadow.UNBOUND);
                }
            }
            walk.frame = place;
            Label before = walk.pc;
            walkClause(walk, 0, first, gathered);
            walk.restore(before);
            walk.frame = outer;
            return gathered;
        }

        private void walkClause(Walk walk, int at, Shadow over, Gathered gathered) {
            Clause clause = clauses.get(at);
            Prospect iterated = Iterators.outline(walk.outline(over));
            walk.fails(Failures.of(iterated.errors()), over.label());
            long most = walk.most(over);
            Label control = walk.control(over);
            gathered.shape = gathered.shape.join(control).join(walk.pc);
            if (at == 0) {
                gathered.most = most;
            } else {
                gathered.most = Machine.times(gathered.most, most);
            }
            Label before = walk.pc;
            Label decided = before.join(control);
            walk.pc = decided;
            if (most == Outline.UNBOUNDED) {
                walk.unbounded(control, LabelRule.PROGRESS_UNBOUNDED_LOOP);
            }
            State head = walk.fork();
            int charges = walk.charges();
            for (int round = 0; ; round++) {
                walk.uncharge(charges);
                walk.state = head.copy();
                long steps = walk.steps();
                long bytes = walk.bytes();
                Label progress = walk.progress();
                int version = walk.version();
                if (walk.most(over) > most) {
                    // It goes on as often as it makes itself go on.
                    most = Outline.UNBOUNDED;
                    gathered.most = most;
                    walk.unbounded(walk.control(over), LabelRule.PROGRESS_UNBOUNDED_LOOP);
                }
                clause.target().walk(walk, walk.next(over, this));
                walkConditions(walk, at, 0, gathered);
                walk.repeated(steps, bytes, most);
                // Whatever was asked of one element decides whether the next one is come to.
                gathered.shape = gathered.shape.join(walk.control(over));
                Label goesOn = decided.join(gathered.shape);
                if (givesOneByOne()) {
                    goesOn = goesOn.join(walk.deep(gathered.elementOrNever()));
                }
                boolean same = goesOn.flowsInto(decided);
                decided = goesOn;
                walk.pc = decided;
                State grown = head.copy();
                boolean news = walk.growth().join(grown, walk.here());
                if (!news && same && progress == walk.progress() && version == walk.version()) {
                    break;
                }
                if (round >= 3) {
                    walk.growth().widen(grown, head);
                }
                if (round > 100) {
                    walk.giveUp();
                }
                head = grown;
                walk.uncost(steps, bytes);
            }
            walk.state = head;
            walk.restore(before);
        }

        private void walkConditions(Walk walk, int at, int condition, Gathered gathered) {
            Clause clause = clauses.get(at);
            if (condition < clause.conditions().size()) {
                Shadow decision = clause.conditions().get(condition).walk(walk);
                Label label = walk.shape(decision);
                gathered.shape = gathered.shape.join(label);
                Label before = walk.pc;
                State without = walk.fork();
                walk.pc = before.join(label);
                walkConditions(walk, at, condition + 1, gathered);
                walk.restore(before);
                walk.state = walk.merge(without, walk.state);
                return;
            }
            if (at + 1 < clauses.size()) {
                Shadow over = clauses.get(at + 1).iterable().walk(walk);
                walkClause(walk, at + 1, over, gathered);
                return;
            }
            walk.cost(1, 16);
            Shadow one = element.walk(walk);
            if (stopsAtOne()) {
                gathered.shape = gathered.shape.join(walk.shape(one));
            }
            gathered.add(
                    one.raised(walk.pc), value == null ? null : value.walk(walk).raised(walk.pc));
        }

        @Override
        Shadow walk(Walk walk) {
            Shadow first = clauses.getFirst().iterable().walk(walk);
            if (this instanceof Eager eager && eager.fallback != null) {
                walk.sites().fallback(this, eager.fallback.walk(walk));
            }
            return walkFrom(walk, first);
        }

        final Shadow walkFrom(Walk walk, Shadow first) {
            return walkMade(walk, first, walkLoops(walk, walk.frame, first));
        }

        abstract Shadow walkMade(Walk walk, Shadow first, Gathered gathered);

        /** Whether whoever takes an element may stop there for what it is. */
        boolean givesOneByOne() {
            return false;
        }

        /** Whether it may end at an element, as that counts as true or false. */
        boolean stopsAtOne() {
            return false;
        }
    }

    /** What a comprehension that is run to its end at once comes to. */
    enum Sort {
        LIST(Kind.LIST),
        SET(Kind.SET),
        DICT(Kind.DICT),
        /** {@code any(…)}: true as soon as one element counts as true. */
        ANY(Kind.BOOL),
        /** {@code all(…)}: false as soon as one element does not. */
        ALL(Kind.BOOL),
        /** {@code next(…)}: the first element. */
        FIRST(Kind.NONE);

        final Kind kind;

        Sort(Kind kind) {
            this.kind = kind;
        }

        boolean stops() {
            return ordinal() >= ANY.ordinal();
        }
    }

    static final class Eager extends Loops {
        private final Sort sort;
        private final Kind kind;
        /** What FIRST gives where there is none. */
        private final @Nullable Expr fallback;

        Eager(
                Position position,
                Sort sort,
                @Nullable Expr fallback,
                Code code,
                List<Clause> clauses,
                Expr element,
                @Nullable Expr value) {
            super(position, code, clauses, element, value);
            this.sort = sort;
            this.kind = sort.kind;
            this.fallback = fallback;
        }

        /** What is being made, and who may know how many elements there are. */
        private static final class Making {
            final Frame outer;
            final Value first;
            final List<Value> elements = new ArrayList<>();
            final List<Value> values = new ArrayList<>();
            final List<Machine.Region> regions = new ArrayList<>();
            Label shape = Label.BOTTOM;
            boolean stopped;

            @Nullable
            Value result;

            @Nullable
            Value fallback;

            @Nullable
            Shadow found;

            @Nullable
            State end;

            Making(Frame outer, Value first) {
                this.outer = outer;
                this.first = first;
            }
        }

        @Override
        Value run(Frame frame) {
            Machine machine = frame.machine;
            Value over = clauses.getFirst().iterable().run(frame);
            Making making = new Making(frame, over);
            Value otherwise = fallback == null ? null : fallback.run(frame);
            if (otherwise != null) {
                making.fallback = otherwise;
            }
            clause(Frame.inside(frame, code.size), 0, over, making);
            if (sort.stops()) {
                return stopped(frame, making);
            }
            Value made = made(frame, making, making.shape);
            if (making.regions.isEmpty()) {
                return made;
            }
            Label inside = Label.BOTTOM;
            for (Machine.Region each : making.regions.reversed()) {
                inside = inside.join(each.inside());
                machine.close(each);
            }
            if (!machine.open(inside)) {
                groupsOf(machine, shaped(machine, made, inside), making.found, making.end);
            }
            return made;
        }

        private Value stopped(Frame frame, Making making) {
            Machine machine = frame.machine;
            Value result = making.result;
            if (result == null) {
                result = switch (sort) {
                    case ANY -> Value.FALSE;
                    case ALL -> Value.TRUE;
                    default -> making.fallback;
                };
            }
            Label inside = Label.BOTTOM;
            for (Machine.Region each : making.regions.reversed()) {
                inside = inside.join(each.inside());
                machine.close(each);
            }
            if (result == null) {
                PlanFailure failure = new PlanFailure(
                        new telos.plans.values.ExceptionBox(ErrorKind.STOP_ITERATION.type(), List.of()),
                        machine.pc.join(inside));
                machine.mayFail(frame, Failures.of(ErrorKind.STOP_ITERATION), inside);
                throw failure;
            }
            if (making.found == null || making.end == null || machine.open(inside)) {
                return result.raised(making.shape);
            }
            Value settled = machine.settled(result, making.found, making.end, inside);
            if (sort == Sort.FIRST && fallback == null) {
                machine.mayFail(frame, Failures.of(ErrorKind.STOP_ITERATION), inside);
            }
            return settled;
        }

        private void groupsOf(Machine machine, Value made, @Nullable Shadow found, @Nullable State at) {
            if (found != null && at != null) {
                if (made.payload() instanceof telos.plans.values.Box box) {
                    box.settle(found.outline(), machine);
                    // In a world where it has others, or more is asked of them, these are labelled as those would be.
                    Sketch sketch = at.sketch(this);
                    if (sketch != null && machine.rules.hold(LabelRule.COMPREHENSION_SHAPE)) {
                        box.raiseShape(sketch.shape());
                        box.mayHold(machine.groups.held(sketch.refs(), at));
                    }
                    box.raiseFloor(Machine.made(found.refs(), at));
                    if (machine.isHindsight()) {
                        Hindsight now = new Hindsight(machine, at).knowing(found.refs());
                        now.tellInside(box, found.outline(), now.made(found.refs()));
                    }
                }
                machine.groups.confuse(made.raised(Label.MISSING), found, at, machine.changing());
            }
        }

        private static Value shaped(Machine machine, Value made, Label label) {
            if (machine.rules.hold(LabelRule.COMPREHENSION_SHAPE)
                    && made.payload() instanceof telos.plans.values.Box box) {
                box.raise(label);
            }
            return made;
        }

        private void clause(Frame inside, int at, Value over, Making making) {
            Machine machine = inside.machine;
            Clause clause = clauses.get(at);
            machine.foresee(over);
            IteratorBox iterator = Callables.iterator(inside, over);
            decided(inside, over.label().join(iterator.control()), making);
            for (Value each = iterator.next(machine); each != null; each = iterator.next(machine)) {
                machine.step();
                decided(inside, iterator.control(), making);
                clause.target().store(inside, each);
                if (conditions(inside, clause, making)) {
                    if (at + 1 < clauses.size()) {
                        clause(inside, at + 1, clauses.get(at + 1).iterable().run(inside), making);
                    } else {
                        element(inside, making);
                    }
                    if (making.stopped) {
                        return;
                    }
                }
                decided(inside, iterator.control(), making);
            }
            decided(inside, iterator.control(), making);
        }

        /** From here on this decides what is evaluated, until the comprehension ends. */
        private void decided(Frame inside, Label label, Making making) {
            if (label == Label.BOTTOM) {
                return;
            }
            making.shape = making.shape.join(label);
            if (!inside.machine.open(label)) {
                region(inside.machine, label, making);
            }
        }

        private void region(Machine machine, Label label, Making making) {
            if (machine.rules.hold(LabelRule.COMPREHENSION_REGION)) {
                // Once all of them have ended, as much is known as before the first.
                boolean outermost = making.regions.isEmpty();
                making.regions.add(machine.open(making.outer, label, false, walk -> {
                    if (making.fallback != null) {
                        walk.sites().fallback(this, walk.lift(making.fallback));
                    }
                    Shadow found = walkFrom(walk, walk.lift(making.first));
                    if (outermost) {
                        making.found = found;
                        making.end = walk.here();
                    }
                }));
            }
        }

        private boolean conditions(Frame inside, Clause clause, Making making) {
            List<Expr> conditions = clause.conditions();
            for (int i = 0; i < conditions.size(); i++) {
                Value decision = conditions.get(i).run(inside);
                decided(inside, Callables.truthLabel(decision), making);
                if (!Truths.holds(decision.payload())) {
                    return false;
                }
            }
            return true;
        }

        private void element(Frame inside, Making making) {
            Machine machine = inside.machine;
            machine.bytes(16);
            Value one = element.run(inside);
            if (sort.stops()) {
                stops(inside, one, making);
                return;
            }
            making.elements.add(machine.pc == Label.BOTTOM ? one : machine.written(one));
            if (value != null) {
                Value two = value.run(inside);
                making.values.add(machine.pc == Label.BOTTOM ? two : machine.written(two));
            }
        }

        private void stops(Frame inside, Value one, Making making) {
            Label label = Callables.truthLabel(one);
            if (sort == Sort.FIRST) {
                making.result = one;
                making.stopped = true;
            } else if (Truths.holds(one.payload()) == (sort == Sort.ANY)) {
                making.result = Value.of(sort == Sort.ANY);
                making.stopped = true;
            }
            if (sort != Sort.FIRST) {
                decided(inside, label, making);
            }
        }

        private Value made(Frame frame, Making making, Label shape) {
            Machine machine = frame.machine;
            if (sort == Sort.SET || sort == Sort.DICT) {
                Containers.mayBeUnhashable(frame, making.elements);
            }
            Value made;
            try {
                made = switch (sort) {
                    case SET -> Displays.set(machine, making.elements);
                    case DICT -> Displays.dict(machine, making.elements, making.values);
                    default -> new Value(new ListBox(making.elements));
                };
            } catch (PlanFailure failure) {
                Label label = shape;
                for (Value each : making.elements) {
                    label = label.join(each.label());
                }
                machine.mayFail(frame, Failures.of(ErrorKind.TYPE), label);
                throw failure;
            }
            if (machine.rules.hold(LabelRule.COMPREHENSION_SHAPE)) {
                switch (made.payload()) {
                    case ListBox list -> list.raiseShape(shape);
                    case SetBox set -> set.raiseShape(shape);
                    case DictBox dict -> dict.raiseShape(shape);
                    default -> {}
                }
            }
            return made;
        }

        @Override
        boolean stopsAtOne() {
            return sort == Sort.ANY || sort == Sort.ALL;
        }

        @Override
        Shadow walkMade(Walk walk, Shadow first, Gathered gathered) {
            Shadow element = gathered.elementOrNever();
            Shadow other = gathered.value;
            Outline key = walk.outline(element);
            if (sort == Sort.ANY || sort == Sort.ALL) {
                return Shadow.of(Outline.BOOL, gathered.shape.join(walk.shape(element)));
            }
            if (sort == Sort.FIRST) {
                Shadow none = fallback == null ? null : walk.sites().fallback(this);
                if (none == null && fallback == null) {
                    walk.fails(Failures.of(ErrorKind.STOP_ITERATION), gathered.shape);
                }
                Shadow one = element.raised(gathered.shape)
                        .raised(walk.deep(element))
                        .unknown();
                return none == null ? one : one.join(none.raised(gathered.shape));
            }
            Outline outline = kind == Kind.DICT
                    ? Outline.holding(
                            Kind.DICT, gathered.most, other == null ? Outline.NEVER : walk.outline(other), key)
                    : Outline.holding(kind, gathered.most, key, null);
            Label shape = gathered.shape;
            if (kind != Kind.LIST) {
                // Which of equal keys stay depends on what they are.
                shape = shape.join(walk.deep(element));
                walk.fails(Failures.of(Displays.outlineOfSet(List.of(key)).errors()), walk.deep(element));
            }
            Shadow made = WalkCalls.made(
                    walk, this, outline, other == null ? List.of(element) : List.of(element, other), null);
            walk.shape(made.refs(), shape);
            return made;
        }
    }
}

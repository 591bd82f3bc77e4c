package telos.plans;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.plans.syntax.Position;
import telos.plans.values.Attributes;
import telos.plans.values.DictBox;
import telos.plans.values.ErrorKind;
import telos.plans.values.ExceptionBox;
import telos.plans.values.IteratorBox;
import telos.plans.values.Iterators;
import telos.plans.values.Labels;
import telos.plans.values.Outline;
import telos.plans.values.PlanFailure;
import telos.plans.values.Prospect;
import telos.plans.values.SubscriptOutlines;
import telos.plans.values.Subscripts;
import telos.plans.values.Unpacking;
import telos.plans.values.Value;

/**
 * What values are bound to.
 *
 * <p>This file is long because it has each kind of target.
 */
final class Targets {
    private Targets() {}

    static final class Name extends Target {
        private final Position position;
        private final String name;
        private final int slot;

        Name(Position position, String name, int slot) {
            this.position = position;
            this.name = name;
            this.slot = slot;
        }

        @Override
        void store(Frame frame, Value value) {
            frame.store(slot, value);
        }

        @Override
        void walk(Walk walk, Shadow value) {
            walk.stores(value);
            walk.write(walk.frame, slot, value);
        }

        @Override
        boolean looks() {
            return true;
        }

        @Override
        void delete(Frame frame) {
            Label hollow = frame.hollow(slot);
            if (hollow != null) {
                frame.machine.mayFail(frame, Failures.of(ErrorKind.NAME), hollow);
            }
            if (frame.slots[slot] == null) {
                throw new PlanFailure(
                        ExceptionBox.of(ErrorKind.NAME, "name '" + name + "' is not defined"), frame.machine.pc);
            }
            frame.store(slot, null);
        }

        @Override
        void walkDelete(Walk walk) {
            Shadow before = walk.read(walk.frame, slot);
            if (before.hollow()) {
                walk.fails(Failures.of(ErrorKind.NAME), before.label());
            }
            walk.write(walk.frame, slot, Shadow.UNBOUND);
        }

        Position position() {
            return position;
        }
    }

    /** The most that an assignment through something takes where a secret leads there. */
    static final long STEPS = 4;

    static final long BYTES = 64;

    /** What an assignment through something does, where the way there is secret or not. */
    private static void assign(Frame frame, Value target, Value value, Label index, Prospect prospect, Runnable act) {
        Machine machine = frame.machine;
        Label way = Accesses.way(target, index);
        machine.reserve(STEPS, BYTES, way);
        Callables.widen(machine, target, prospect);
        fill(machine, target, value);
        if (!machine.open(target.label())) {
            Callables.wrote(machine, target, way.join(machine.pc), prospect.receiver(), List.of(target, value));
        }
        if (!prospect.errors().isEmpty()) {
            machine.mayFail(frame, Failures.of(prospect.errors()), way);
        }
        act.run();
    }

    private static void fill(Machine machine, Value target, Value value) {
        if (!(value.isScalar() && machine.groups.fillPlainly(target, List.of(value)))) {
            machine.groups.fill(target, List.of(target, value));
            machine.groups.put(target, List.of(value));
        }
    }

    static final class Item extends Target {
        private final Expr of;
        private final Expr index;
        private final Last last = new Last();

        /** What was told last of an assignment, and what it did if it may do so again. */
        static final class Last {
            private final Recollection prospects = new Recollection();
            private @Nullable Replacement replacement;
        }

        Item(Expr of, Expr index) {
            this.of = of;
            this.index = index;
        }

        @Override
        void store(Frame frame, Value value) {
            Value container = of.run(frame);
            put(frame, container, index.run(frame), value, last);
        }

        static void put(Frame frame, Value container, Value at, Value value, Last last) {
            Machine machine = frame.machine;
            Replacement replacement = last.replacement;
            if (replacement != null && replacement.isLike(machine, container, at, value)) {
                if (!replacement.perform(frame, at, value)) {
                    fill(machine, container, value);
                    act(machine, container, at, value);
                }
                return;
            }
            Label way = Accesses.way(container, at.label());
            if (machine.open(way) && isScalar(at)) {
                act(machine, container, at, value);
                return;
            }
            Label key = Labels.deep(at);
            Label led = Accesses.way(container, key);
            if (machine.open(led)) {
                act(machine, container, at, value);
                return;
            }
            Prospect prospect = last.prospects.of(
                    machine.known(container), machine.known(at), machine.known(value), SubscriptOutlines::assign);
            BoxVersion before = BoxVersion.of(machine, container);
            assign(frame, container, value, key, prospect, () -> act(machine, container, at, value));
            last.replacement = before != null && before.is(machine, container)
                    ? Replacement.of(before, at, value, led, prospect)
                    : null;
        }

        private static boolean isScalar(Value at) {
            return !Machine.holds(at.payload());
        }

        private static void act(Machine machine, Value container, Value at, Value value) {
            LabelRule rule =
                    container.payload() instanceof DictBox ? LabelRule.KEY_WRITE_SHAPE : LabelRule.INDEX_WRITE_FLOOR;
            Value index = at;
            if (!at.isPublic() && !machine.rules.hold(rule)) {
                index = new Value(at.payload());
            }
            Subscripts.assign(machine, container, index, value);
        }

        @Override
        void walk(Walk walk, Shadow value) {
            Shadow container = of.walk(walk);
            walkPut(walk, container, index.walk(walk), value);
        }

        @Override
        boolean looks() {
            return of.looks() && index.looks();
        }

        static void walkPut(Walk walk, Shadow container, Shadow at, Shadow value) {
            Prospect prospect =
                    SubscriptOutlines.assign(walk.outline(container), walk.outline(at), walk.outline(value));
            Label key = walk.deep(at);
            Failures failures = Failures.of(prospect.errors());
            walk.fails(
                    walk.exact(container, at) == null ? failures : failures.without(Failures.of(ErrorKind.INDEX)),
                    walk.shape(container).join(key));
            walk.cost(1, 64);
            Label by = container.label().join(key);
            String name = Accesses.key(at);
            Outline after = prospect.receiver();
            boolean sure = name != null && walk.field(container, name) != null;
            walk.change(container, by, false, after, value, name);
            if (!sure && container.outline().may(telos.plans.values.Kind.DICT)) {
                walk.change(container, by, true, null, value, name);
            }
        }

        @Override
        void delete(Frame frame) {
            Value container = of.run(frame);
            Value at = index.run(frame);
            Machine machine = frame.machine;
            Label way = Accesses.way(container, Labels.deep(at));
            if (machine.open(way)) {
                Subscripts.delete(machine, container, at);
                return;
            }
            assign(
                    frame,
                    container,
                    at,
                    Labels.deep(at),
                    SubscriptOutlines.delete(machine.known(container), machine.known(at)),
                    () -> Subscripts.delete(machine, container, at));
        }

        @Override
        void walkDelete(Walk walk) {
            Shadow container = of.walk(walk);
            Shadow at = index.walk(walk);
            Prospect prospect = SubscriptOutlines.delete(walk.outline(container), walk.outline(at));
            Label key = walk.deep(at);
            walk.fails(Failures.of(prospect.errors()), walk.shape(container).join(key));
            walk.change(container, container.label().join(key), true, prospect.receiver(), null, null);
            walk.change(container, container.label().join(key), false, null, null, null);
        }
    }

    static final class Slice extends Target {
        private final Expr of;
        private final @Nullable Expr from;
        private final @Nullable Expr to;
        private final @Nullable Expr step;

        Slice(Expr of, @Nullable Expr from, @Nullable Expr to, @Nullable Expr step) {
            this.of = of;
            this.from = from;
            this.to = to;
            this.step = step;
        }

        @Override
        void store(Frame frame, Value given) {
            Value container = of.run(frame);
            Value first = Accesses.run(from, frame);
            Value last = Accesses.run(to, frame);
            Value by = Accesses.run(step, frame);
            Machine machine = frame.machine;
            Value value = Callables.collected(frame, given);
            machine.foresee(value);
            Label bounds = Accesses.label(first, last, by).join(Accesses.way(value, Label.BOTTOM));
            if (machine.open(Accesses.way(container, bounds))) {
                if (machine.fills(value)) {
                    Prospect prospect = prospect(machine, container, first, last, by, value);
                    Callables.widen(machine, container, prospect);
                    machine.groups.fill(container, List.of(value));
                    machine.mayFail(frame, Failures.of(prospect.errors()), Iterators.control(value));
                }
                Failures failures = value.payload() instanceof IteratorBox
                        ? Failures.of(prospect(machine, container, first, last, by, value)
                                .errors())
                        : Failures.NONE;
                long steps = machine.usedSteps();
                long bytes = machine.usedBytes();
                try {
                    Subscripts.assignSlice(machine, container, first, last, by, value);
                } finally {
                    machine.regard(value, steps, bytes);
                    machine.mayFail(frame, failures, Iterators.control(value));
                }
                return;
            }
            Outline most = machine.known(value);
            assign(frame, container, value, bounds, prospect(machine, container, first, last, by, value), () -> {
                long steps = machine.usedSteps();
                long bytes = machine.usedBytes();
                try {
                    Subscripts.assignSlice(machine, container, first, last, by, value);
                } finally {
                    machine.regard(Accesses.way(container, bounds), most, steps, bytes);
                }
            });
        }

        private static Prospect prospect(
                Machine machine,
                Value of,
                @Nullable Value first,
                @Nullable Value last,
                @Nullable Value by,
                Value value) {
            return SubscriptOutlines.assignSlice(
                    machine.known(of),
                    Accesses.known(machine, first),
                    Accesses.known(machine, last),
                    Accesses.known(machine, by),
                    machine.known(value));
        }

        @Override
        void walk(Walk walk, Shadow value) {
            Shadow container = of.walk(walk);
            Shadow first = Accesses.walk(from, walk);
            Shadow last = Accesses.walk(to, walk);
            Shadow by = Accesses.walk(step, walk);
            Prospect prospect = SubscriptOutlines.assignSlice(
                    walk.outline(container),
                    walk.outline(first),
                    walk.outline(last),
                    walk.outline(by),
                    walk.outline(value));
            Label bounds = first.label().join(last.label()).join(by.label()).join(walk.control(value));
            walk.fails(Failures.of(prospect.errors()), walk.shape(container).join(bounds));
            Shadow element = walk.next(value, this);
            walk.change(container, container.label().join(bounds), true, prospect.receiver(), element, null);
            walk.change(container, container.label().join(bounds), false, null, element, null);
        }

        @Override
        void delete(Frame frame) {
            Value container = of.run(frame);
            Value first = Accesses.run(from, frame);
            Value last = Accesses.run(to, frame);
            Value by = Accesses.run(step, frame);
            Machine machine = frame.machine;
            Label bounds = Accesses.label(first, last, by);
            if (machine.open(Accesses.way(container, bounds))) {
                Subscripts.deleteSlice(machine, container, first, last, by);
                return;
            }
            assign(
                    frame,
                    container,
                    Value.NOTHING,
                    bounds,
                    SubscriptOutlines.deleteSlice(
                            machine.known(container),
                            Accesses.known(machine, first),
                            Accesses.known(machine, last),
                            Accesses.known(machine, by)),
                    () -> Subscripts.deleteSlice(machine, container, first, last, by));
        }

        @Override
        void walkDelete(Walk walk) {
            Shadow container = of.walk(walk);
            Shadow first = Accesses.walk(from, walk);
            Shadow last = Accesses.walk(to, walk);
            Shadow by = Accesses.walk(step, walk);
            Prospect prospect = SubscriptOutlines.deleteSlice(
                    walk.outline(container), walk.outline(first), walk.outline(last), walk.outline(by));
            Label bounds = first.label().join(last.label()).join(by.label());
            walk.fails(Failures.of(prospect.errors()), walk.shape(container).join(bounds));
            walk.change(container, container.label().join(bounds), true, prospect.receiver(), null, null);
            walk.change(container, container.label().join(bounds), false, null, null, null);
        }
    }

    static final class Field extends Target {
        private final Expr of;
        private final String name;

        Field(Expr of, String name) {
            this.of = of;
            this.name = name;
        }

        @Override
        void store(Frame frame, Value value) {
            put(frame, of.run(frame), name, value);
        }

        static void put(Frame frame, Value container, String name, Value value) {
            Machine machine = frame.machine;
            if (machine.open(container.label())) {
                Attributes.assign(machine, container, name, value);
                return;
            }
            assign(
                    frame,
                    container,
                    value,
                    Label.BOTTOM,
                    Attributes.outlineOfAssign(machine.known(container), name, machine.known(value)),
                    () -> Attributes.assign(machine, container, name, value));
        }

        @Override
        void walk(Walk walk, Shadow value) {
            walkPut(walk, of.walk(walk), name, value);
        }

        static void walkPut(Walk walk, Shadow container, String name, Shadow value) {
            Prospect prospect = Attributes.outlineOfAssign(walk.outline(container), name, walk.outline(value));
            walk.fails(Failures.of(prospect.errors()), walk.shape(container));
            walk.change(container, container.label(), false, prospect.receiver(), value, name);
        }
    }

    /** Several targets that something is unpacked into. */
    static final class Several extends Target {
        private final Target[] targets;
        private final int star;

        Several(List<Target> targets, int star) {
            this.targets = targets.toArray(Target[]::new);
            this.star = star;
        }

        private int before() {
            return star < 0 ? targets.length : star;
        }

        private int after() {
            return star < 0 ? 0 : targets.length - star - 1;
        }

        @Override
        void store(Frame frame, Value given) {
            Machine machine = frame.machine;
            Value value = Callables.collected(frame, given);
            machine.foresee(value);
            long steps = machine.usedSteps();
            long bytes = machine.usedBytes();
            List<Value> parts;
            try {
                parts = Unpacking.unpack(machine, value, before(), star >= 0, after());
            } catch (PlanFailure failure) {
                Unpacking.Told told = Unpacking.outline(machine.known(value), before(), star >= 0, after());
                if (machine.rules.hold(LabelRule.UNPACKING)) {
                    machine.regard(value, steps, bytes);
                }
                machine.mayFail(frame, Failures.of(told.errors()), control(value));
                throw failure.raised(machine.pc);
            }
            Label control = control(value);
            if (!machine.open(control) && machine.rules.hold(LabelRule.UNPACKING)) {
                machine.regard(value, steps, bytes);
                parts = settled(frame, value, parts, control);
            }
            for (int i = 0; i < targets.length; i++) {
                targets[i].store(frame, parts.get(i));
            }
        }

        private List<Value> settled(Frame frame, Value value, List<Value> parts, Label control) {
            Machine machine = frame.machine;
            Unpacking.Told told = Unpacking.outline(machine.known(value), before(), star >= 0, after());
            machine.mayFail(frame, Failures.of(told.errors()), control);
            List<Value> settled = new ArrayList<>();
            for (int i = 0; i < parts.size(); i++) {
                Value part = parts.get(i).raised(Labels.deep(value));
                part = part.isPublic() ? part : part.outlined(told.parts().get(i));
                machine.groups.confuse(part, List.of(value));
                settled.add(part);
            }
            return settled;
        }

        private static Label control(Value value) {
            return Iterators.control(value);
        }

        @Override
        void walk(Walk walk, Shadow value) {
            Unpacking.Told told = Unpacking.outline(walk.outline(value), before(), star >= 0, after());
            walk.fails(Failures.of(told.errors()), walk.control(value));
            walk.cost(1, 8L * (targets.length + 1));
            List<Shadow> exact = star < 0 ? walk.parts(value) : null;
            if (exact != null && exact.size() == targets.length) {
                for (int i = 0; i < targets.length; i++) {
                    targets[i].walk(walk, exact.get(i));
                }
                return;
            }
            Shadow element = walk.next(value, this);
            for (int i = 0; i < targets.length; i++) {
                Outline outline = told.parts().get(i);
                Shadow part = i == star
                        ? WalkCalls.made(walk, this, outline, List.of(element), null)
                                .raised(walk.control(value))
                        : Shadow.of(outline, element.label(), element.refs());
                targets[i].walk(walk, part);
            }
        }

        @Override
        void delete(Frame frame) {
            for (Target each : targets) {
                each.delete(frame);
            }
        }

        @Override
        void walkDelete(Walk walk) {
            for (Target each : targets) {
                each.walkDelete(walk);
            }
        }
    }
}

package telos.plans;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.plans.syntax.Position;
import telos.plans.values.DictBox;
import telos.plans.values.Displays;
import telos.plans.values.ErrorKind;
import telos.plans.values.Errors;
import telos.plans.values.ExceptionBox;
import telos.plans.values.IteratorBox;
import telos.plans.values.Iterators;
import telos.plans.values.Kind;
import telos.plans.values.Labels;
import telos.plans.values.Outline;
import telos.plans.values.PlanFailure;
import telos.plans.values.Prospect;
import telos.plans.values.Text;
import telos.plans.values.Tuple;
import telos.plans.values.Value;

/** Displays of lists, tuples, sets and dictionaries. */
@SuppressWarnings("ReferenceEquality") // the same object is the quick way; equal ones take the slow one
final class Containers {
    private Containers() {}

    /**
     * The elements of {@code *xs}. How many there are is a decision: who may not know it may not know what follows.
     *
     * @param of {@code xs}, as {@link Callables#collected} gives it
     */
    static List<Value> spread(Frame frame, Value of) {
        Machine machine = frame.machine;
        machine.foresee(of);
        IteratorBox iterator = Callables.iterator(frame, of);
        long steps = machine.usedSteps();
        long bytes = machine.usedBytes();
        Outline known = Iterators.outline(machine.known(of)).result();
        machine.mayFail(frame, Failures.of(known.pulls()), of.label().join(iterator.control()));
        List<Value> all = new ArrayList<>();
        for (Value each = iterator.next(machine); each != null; each = iterator.next(machine)) {
            machine.bytes(16);
            machine.steps(1);
            all.add(each);
        }
        Label control = of.label().join(iterator.control());
        if (!machine.open(control)) {
            machine.regard(of, steps, bytes);
            List<Value> raised = new ArrayList<>();
            Label deep = Labels.deep(of).join(control);
            Outline after = known.union(Iterators.outline(machine.known(of)).result());
            for (Value each : all) {
                raised.add(each.raised(deep).outlined(after.elementOrNone()));
            }
            machine.mayFail(frame, Failures.of(after.pulls().and(Errors.of(ErrorKind.TYPE))), control);
            return raised;
        }
        return all;
    }

    static Map<String, Value> spreadNamed(Frame frame, Value of) {
        Machine machine = frame.machine;
        if (!(of.payload() instanceof DictBox dict)) {
            machine.mayFail(frame, Failures.of(ErrorKind.TYPE), of.label());
            throw new PlanFailure(
                    ExceptionBox.of(ErrorKind.TYPE, "argument after ** must be a mapping"),
                    of.label().join(machine.pc));
        }
        Label way = of.label().join(dict.shape()).join(dict.floor());
        machine.mayFail(frame, Failures.of(ErrorKind.TYPE), way);
        Map<String, Value> all = new LinkedHashMap<>();
        Label deep = machine.open(way) ? Label.BOTTOM : Labels.deep(of);
        for (Map.Entry<Value, Value> each : dict.entries().entrySet()) {
            if (!(each.getKey().payload() instanceof Text name)) {
                throw new PlanFailure(
                        ExceptionBox.of(ErrorKind.TYPE, "keywords must be strings"), way.join(machine.pc));
            }
            Value value = each.getValue().raised(way).raised(deep);
            all.put(
                    name.string(),
                    value.isPublic()
                            ? value
                            : value.outlined(dict.outline().elementOrNone().union(machine.known(value))));
        }
        return all;
    }

    /** What a set or the keys of a dictionary are made from can be of a kind that cannot be in one. */
    static void mayBeUnhashable(Frame frame, List<Value> elements) {
        Machine machine = frame.machine;
        Label label = Labels.deep(new Value(new Tuple(elements)));
        if (!machine.open(label)) {
            List<Outline> outlines = new ArrayList<>();
            for (Value each : elements) {
                outlines.add(machine.known(each));
            }
            machine.mayFail(frame, Failures.of(Displays.outlineOfSet(outlines).errors()), label);
        }
    }

    /** An element of a display, or all elements of something. */
    record Part(Expr value, boolean starred) {}

    static final class Display extends Expr {
        private final Kind kind;
        private final List<Part> parts;
        private final boolean plain;

        Display(Position position, Kind kind, List<Part> parts) {
            super(position);
            this.kind = kind;
            this.parts = List.copyOf(parts);
            this.plain = parts.stream().noneMatch(Part::starred);
        }

        @Override
        Value run(Frame frame) {
            Machine machine = frame.machine;
            List<Value> elements = new ArrayList<>(parts.size());
            List<Value> spread = new ArrayList<>(0);
            Label shape = Label.BOTTOM;
            Outline known = Outline.NEVER;
            long most = 0;
            for (Part each : parts) {
                Value value = each.value().run(frame);
                if (each.starred()) {
                    Outline iterated = Iterators.outline(machine.known(value)).result();
                    known = known.union(iterated.elementOrNone());
                    most = Machine.plus(most, iterated.extent());
                    Value collected = Callables.collected(frame, value);
                    elements.addAll(spread(frame, collected));
                    if (machine.fills(value)) {
                        spread.add(value);
                    }
                    shape = shape.join(Iterators.control(collected));
                } else {
                    known = plain ? known : known.union(machine.known(value));
                    elements.add(value);
                    most = Machine.plus(most, 1);
                }
            }
            if (kind == Kind.SET) {
                mayBeUnhashable(frame, elements);
            }
            long steps = machine.usedSteps();
            long bytes = machine.usedBytes();
            try {
                Value made = switch (kind) {
                    case TUPLE -> Displays.tuple(machine, elements);
                    case SET -> Displays.set(machine, elements);
                    default -> Displays.list(machine, elements);
                };
                if (shape == Label.BOTTOM) {
                    return made;
                }
                machine.regard(shape, Outline.holding(kind, most, known, null), steps, bytes);
                if (made.payload() instanceof telos.plans.values.Box box) {
                    spread.forEach(each -> machine.groups.fill(made, List.of(each)));
                    box.raiseShape(shape);
                    box.settle(Outline.holding(kind, most, known, null), machine);
                    return made;
                }
                Value raised = made.raised(shape);
                return raised.isPublic() ? raised : raised.outlined(Outline.holding(Kind.TUPLE, most, known, null));
            } catch (PlanFailure failure) {
                Label label = Label.BOTTOM;
                for (Value each : elements) {
                    label = label.join(each.label());
                }
                machine.regard(shape, Outline.holding(kind, most, known, null), steps, bytes);
                machine.mayFail(frame, Failures.of(ErrorKind.TYPE), label);
                throw failure;
            }
        }

        @Override
        Shadow walk(Walk walk) {
            List<Shadow> elements = new ArrayList<>();
            Label shape = Label.BOTTOM;
            boolean vague = false;
            long most = 0;
            for (Part each : parts) {
                Shadow value = each.value().walk(walk);
                List<Shadow> known = each.starred() ? walk.parts(value) : null;
                if (!each.starred()) {
                    elements.add(value);
                    most++;
                } else if (known != null) {
                    walk.cost(1, 16L * known.size());
                    elements.addAll(known);
                    most += known.size();
                } else {
                    Prospect iterated = Iterators.outline(walk.outline(value));
                    walk.fails(Failures.of(iterated.errors()), value.label());
                    shape = shape.join(walk.control(value));
                    most = Machine.plus(most, iterated.result().extent());
                    elements.add(walk.next(value, this));
                    vague = true;
                }
            }
            if (kind == Kind.TUPLE && !vague) {
                return WalkCalls.tuple(walk, elements);
            }
            List<Outline> outlines = WalkCalls.outlines(walk, elements);
            Prospect prospect = kind == Kind.SET ? Displays.outlineOfSet(outlines) : Displays.outlineOfList(outlines);
            Label all = Label.BOTTOM;
            for (Shadow each : elements) {
                all = all.join(each.label());
            }
            walk.fails(Failures.of(prospect.errors()), all);
            Outline outline = vague || kind == Kind.TUPLE
                    ? Outline.holding(kind, most, prospect.result().elementOrNone(), null)
                    : prospect.result();
            Shadow made = WalkCalls.made(walk, this, outline, elements, null);
            walk.shape(made.refs(), kind == Kind.SET ? shape.join(all) : shape);
            return made;
        }

        @Override
        boolean pure() {
            return plain && parts.stream().allMatch(each -> each.value().pure());
        }
    }

    /** An entry of a dictionary display; without a key, all entries of another dictionary. */
    record Entry(@Nullable Expr key, Expr value) {}

    static final class Dict extends Expr {
        private final List<Entry> entries;

        Dict(Position position, List<Entry> entries) {
            super(position);
            this.entries = List.copyOf(entries);
        }

        @Override
        Value run(Frame frame) {
            Machine machine = frame.machine;
            List<Value> keys = new ArrayList<>();
            List<Value> values = new ArrayList<>();
            Value made = null;
            for (Entry each : entries) {
                if (each.key() != null) {
                    keys.add(each.key().run(frame));
                    values.add(each.value().run(frame));
                    continue;
                }
                made = flush(frame, made, keys, values);
                spread(machine, frame, made, each.value().run(frame));
            }
            return flush(frame, made, keys, values);
        }

        private static void spread(Machine machine, Frame frame, Value into, Value other) {
            Prospect prospect = Displays.outlineOfSpread(machine.known(into), machine.known(other));
            if (!machine.open(other.label())) {
                machine.mayFail(frame, Failures.of(prospect.errors()), other.label());
            }
            boolean told = machine.fills(other) || machine.hasSecretSize(into);
            if (told) {
                // What it holds now may be there no more, or still.
                machine.groups.fill(into, List.of(into));
            }
            long steps = machine.usedSteps();
            long bytes = machine.usedBytes();
            try {
                Displays.spread(machine, into, other);
                machine.regard(other, steps, bytes);
            } catch (PlanFailure failure) {
                machine.regard(other, steps, bytes);
                machine.mayFail(frame, Failures.of(ErrorKind.TYPE), other.label());
                throw failure;
            }
            if (told && into.payload() instanceof DictBox dict) {
                dict.settle(prospect.result(), machine);
                machine.groups.fill(into, List.of(other));
            }
        }

        private static Value flush(Frame frame, @Nullable Value into, List<Value> keys, List<Value> values) {
            Machine machine = frame.machine;
            Label secret = Label.BOTTOM;
            for (Value each : keys) {
                secret = secret.join(Labels.deep(each));
            }
            if (!machine.open(secret)) {
                Outline outline = Outline.NEVER;
                for (Value each : keys) {
                    outline = outline.union(machine.known(each));
                }
                machine.mayFail(
                        frame,
                        Failures.of(Displays.outlineOfSet(List.of(outline)).errors()),
                        secret);
            }
            Value made = Displays.dict(machine, keys, values);
            if (made.payload() instanceof DictBox dict && !machine.open(secret)) {
                dict.raiseShape(secret);
            }
            keys.clear();
            values.clear();
            if (into == null) {
                return made;
            }
            spread(machine, frame, into, made);
            return into;
        }

        @Override
        Shadow walk(Walk walk) {
            List<Shadow> values = new ArrayList<>();
            List<Outline> keyOutlines = new ArrayList<>();
            List<Outline> valueOutlines = new ArrayList<>();
            Map<String, Shadow> fields = new LinkedHashMap<>();
            boolean named = true;
            Label shape = Label.BOTTOM;
            Outline spread = null;
            for (Entry each : entries) {
                if (each.key() != null) {
                    Shadow key = each.key().walk(walk);
                    Shadow value = each.value().walk(walk);
                    values.add(value);
                    keyOutlines.add(walk.outline(key));
                    valueOutlines.add(walk.outline(value));
                    shape = shape.join(walk.deep(key));
                    String name = Accesses.key(key);
                    if (name != null && walk.deep(key) == Label.BOTTOM) {
                        fields.put(name, value);
                    } else {
                        named = false;
                    }
                } else {
                    Shadow other = each.value().walk(walk);
                    Prospect prospect = Displays.outlineOfSpread(
                            spread == null ? Outline.dict(Map.of()) : spread, walk.outline(other));
                    walk.fails(Failures.of(prospect.errors()), other.label());
                    spread = prospect.result();
                    shape = shape.join(walk.shape(other));
                    values.add(walk.element(other, spread.elementOrNone(), Label.BOTTOM));
                    named = false;
                }
            }
            Prospect prospect = Displays.outlineOfDict(keyOutlines, valueOutlines);
            walk.fails(Failures.of(prospect.errors()), shape);
            Outline outline = prospect.result();
            if (spread != null) {
                outline = Displays.outlineOfSpread(spread, outline).result();
            }
            Shadow made = WalkCalls.made(walk, this, outline, values, named ? fields : null);
            walk.shape(made.refs(), shape);
            return made;
        }
    }
}

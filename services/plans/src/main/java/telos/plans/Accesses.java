package telos.plans;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.plans.syntax.Position;
import telos.plans.values.Arguments;
import telos.plans.values.Attributes;
import telos.plans.values.Box;
import telos.plans.values.Builtin;
import telos.plans.values.DictBox;
import telos.plans.values.ErrorKind;
import telos.plans.values.ExceptionBox;
import telos.plans.values.InstanceBox;
import telos.plans.values.Kind;
import telos.plans.values.Labels;
import telos.plans.values.ListBox;
import telos.plans.values.Module;
import telos.plans.values.Outline;
import telos.plans.values.Payload;
import telos.plans.values.PlanFailure;
import telos.plans.values.Prospect;
import telos.plans.values.SubscriptOutlines;
import telos.plans.values.Subscripts;
import telos.plans.values.Text;
import telos.plans.values.Type;
import telos.plans.values.Value;

/**
 * Attributes, elements, slices and calls: reading what is part of something.
 *
 * <p>This file is long because it has each way to read a part.
 */
@SuppressWarnings("ReferenceEquality") // the same label, sources and all
final class Accesses {
    private Accesses() {}

    /** Who may know what an access comes by: the reference, the size of the object, the index. */
    static Label way(Value of, Label index) {
        Label label = of.label().join(index);
        return of.payload() instanceof Box box ? label.join(box.shape()).join(box.floor()) : label;
    }

    static @Nullable String key(Shadow index) {
        Value known = index.known();
        if (known != null && known.payload() instanceof Text text) {
            return text.string();
        }
        return index.outline().constant() instanceof Text text ? text.string() : null;
    }

    static final class Attribute extends Expr {
        final Expr of;
        final String name;

        Attribute(Position position, Expr of, String name) {
            super(position);
            this.of = of;
            this.name = name;
        }

        @Override
        Value run(Frame frame) {
            return read(frame, of.run(frame), name);
        }

        static Value read(Frame frame, Value value, String name) {
            Machine machine = frame.machine;
            long steps = machine.usedSteps();
            long bytes = machine.usedBytes();
            Value result;
            try {
                result = Attributes.read(machine, value, name);
            } catch (PlanFailure failure) {
                Prospect prospect = Attributes.outlineOfRead(machine.known(value), name);
                throw machine.failed(frame, failure, prospect, value.label(), steps, bytes);
            }
            Label way = way(value, Label.BOTTOM);
            if (machine.open(way)) {
                return value.payload() instanceof InstanceBox instance && instance.isSettled()
                        ? asThere(machine, result, instance.fields().get(name))
                        : result;
            }
            Prospect prospect = Attributes.outlineOfRead(machine.known(value), name);
            Value settled = machine.chosen(frame, result, prospect, way, steps, bytes);
            if (value.payload() instanceof InstanceBox && machine.rules.hold(LabelRule.SECRET_INDEX_READ)) {
                settled = settled.raised(Labels.deep(value));
                machine.groups.confuse(settled, List.of(value));
                settled = machine.groups.joint(settled);
            }
            return machine.ruled(LabelRule.ELEMENT_READ, settled);
        }

        @Override
        Shadow walk(Walk walk) {
            return walkRead(walk, this, of.walk(walk), name);
        }

        static Shadow walkRead(Walk walk, Object site, Shadow value, String name) {
            Outline outline = walk.outline(value);
            Prospect prospect = Attributes.outlineOfRead(outline, name);
            walk.fails(Failures.of(prospect.errors()), walk.shape(value));
            walk.cost(1, 0);
            Value known = value.known();
            if (known != null && (known.payload() instanceof Module || known.payload() instanceof Type)) {
                try {
                    return walk.lift(Attributes.read(walk.machine, known, name));
                } catch (PlanFailure _) {
                    return Shadow.of(Outline.NEVER, value.label());
                }
            }
            Shadow field = walk.field(value, name);
            if (field != null) {
                return field;
            }
            Shadow element = walk.element(value, prospect.result(), Label.BOTTOM);
            Set<Object> refs = Shadow.union(element.refs(), value.refs());
            return Shadow.of(prospect.result(), element.label(), Groups.mayLead(prospect.result()) ? refs : Set.of());
        }

        @Override
        boolean pure() {
            return of.pure();
        }
    }

    static final class Item extends Expr {
        private final Expr of;
        private final Expr index;
        private final Recollection last = new Recollection();
        private @Nullable Reading reading;

        Item(Position position, Expr of, Expr index) {
            super(position);
            this.of = of;
            this.index = index;
        }

        @Override
        Value run(Frame frame) {
            Value container = of instanceof Variables.Variable variable ? variable.raw(frame) : of.run(frame);
            Value at = index.run(frame);
            Machine machine = frame.machine;
            Value plain = container.payload() instanceof Box box ? plainly(machine, container, box, at) : null;
            if (plain != null) {
                machine.repeat(Shortcut.PLAIN_READING);
                return plain;
            }
            Reading again = reading;
            Value found = again == null ? null : again.read(machine, container, at);
            if (found != null) {
                return found;
            }
            Label under = under(machine, container, at);
            if (under == null) {
                return read(frame, machine.groups.joint(container), at, null, last);
            }
            Value read = read(frame, container, at, under, last);
            reading = Reading.of(machine, container, at, read, last);
            return read;
        }

        /** What is read where nothing is to be asked, because everybody who is here may know all that leads there; else null. */
        private static @Nullable Value plainly(Machine machine, Value container, Box box, Value at) {
            if (!at.isPublic() || !machine.mayRepeat()) {
                return null;
            }
            if (container.isPublic()) {
                return box.plainly(at.payload());
            }
            Value plain = container.label() == machine.pc ? box.plainly(at.payload(), container) : null;
            return plain != null && machine.open(plain.label()) ? asAtIndex(machine, plain, container, at) : null;
        }

        /**
         * Who may know of what stands under that text, in whichever dictionary of several; null where that is not to be told
         * from the rest of them, or where there are not several.
         */
        private static @Nullable Label under(Machine machine, Value container, Value at) {
            if (container.isPublic()
                    || !at.isPublic()
                    || (container.payload() instanceof DictBox dict && dict.mayHoldOthers())) {
                return null;
            }
            Label under = Labels.under(container, at);
            return under == null || !machine.known(container).isOnly(Kind.DICT) ? null : under;
        }

        static Value read(Frame frame, Value container, Value at, Recollection last) {
            return read(frame, container, at, null, last);
        }

        /** @param under who may know of what is read, where that is not to be told from all that is in the container */
        private static Value read(Frame frame, Value container, Value at, @Nullable Label under, Recollection last) {
            Machine machine = frame.machine;
            long steps = machine.usedSteps();
            long bytes = machine.usedBytes();
            Value result;
            try {
                result = Subscripts.item(machine, container, at);
            } catch (PlanFailure failure) {
                Prospect prospect = SubscriptOutlines.item(machine.known(container), machine.known(at));
                Label way = way(container, Labels.deep(at));
                throw machine.failed(frame, failure, prospect, way, steps, bytes);
            }
            result = asAtIndex(machine, result, container, at);
            if (machine.open(result.label())) {
                return under == null ? result : result.raised(under);
            }
            Label way = way(container, Labels.deep(at));
            if (machine.open(way)) {
                return machine.groups.joint(under == null ? result : result.raised(under));
            }
            Prospect prospect = isThere(machine, container, at)
                    ? SubscriptOutlines.itemThere(machine.known(container), machine.known(at))
                    : last.of(machine.known(container), machine.known(at), SubscriptOutlines::item);
            Value settled = machine.chosen(frame, result, prospect, way, steps, bytes);
            if (machine.rules.hold(LabelRule.SECRET_INDEX_READ) && !machine.groups.isPlace(container, at)) {
                settled = settled.raised(under == null ? Labels.deep(container) : under);
                machine.groups.confuse(settled, List.of(container));
                settled = machine.groups.joint(settled);
            }
            return machine.ruled(LabelRule.ELEMENT_READ, settled);
        }

        /** What is read at an index as what stands there, where nothing else does in worlds that look the same here. */
        private static Value asAtIndex(Machine machine, Value read, Value container, Value at) {
            if (read.outline() == null || !machine.open(way(container, Labels.deep(at)))) {
                return read;
            }
            return switch (container.payload()) {
                case DictBox dict
                when at.payload() instanceof Text && dict.isSettled() ->
                    asThere(machine, read, dict.standing(at.payload()));
                case ListBox list
                when list.elsewhere().isEmpty() -> asThere(machine, read, list.standing(at.payload()));
                default -> read;
            };
        }

        /** Whether it is a list whose size everybody may know, and there is an element whichever the index may be. */
        private static boolean isThere(Machine machine, Value container, Value at) {
            return container.payload() instanceof ListBox list
                    && machine.open(container.label().join(list.shape()).join(list.floor()))
                    && machine.known(at).isIndex(list.size());
        }

        @Override
        Shadow walk(Walk walk) {
            Shadow container = of instanceof Variables.Variable variable ? variable.walkRaw(walk) : of.walk(walk);
            Shadow at = index.walk(walk);
            String key = key(at);
            boolean told = key != null && walk.field(container, key) != null;
            return walkRead(walk, told ? container : walk.joint(container), at);
        }

        static Shadow walkRead(Walk walk, Shadow container, Shadow at) {
            Prospect prospect = SubscriptOutlines.item(walk.outline(container), walk.outline(at));
            Label index = walk.deep(at);
            walk.fails(Failures.of(prospect.errors()), walk.shape(container).join(index));
            walk.cost(1, prospect.result().isOnly(Kind.STR) ? 8 : 0);
            String key = key(at);
            if (key != null) {
                Shadow field = walk.field(container, key);
                if (field != null) {
                    return field.raised(index);
                }
            }
            Shadow exact = walk.exact(container, at);
            return exact != null ? exact : walk.element(container, prospect.result(), index);
        }

        @Override
        boolean pure() {
            return of.pure() && index.pure();
        }

        @Override
        boolean looks() {
            return of.looks() && index.looks();
        }
    }

    /** Where everybody here may know what stands there, what is read is known as that is, and not as all that stands beside it. */
    private static Value asThere(Machine machine, Value read, @Nullable Value there) {
        return there == null || read.outline() == null ? read : read.outlined(machine.known(there));
    }

    static @Nullable Value run(@Nullable Expr part, Frame frame) {
        return part == null ? null : part.run(frame);
    }

    static Label label(@Nullable Value... parts) {
        Label all = Label.BOTTOM;
        for (Value each : parts) {
            if (each != null) {
                all = all.join(each.label());
            }
        }
        return all;
    }

    static Outline known(Machine machine, @Nullable Value part) {
        return part == null ? Outline.NONE : machine.known(part);
    }

    static Shadow walk(@Nullable Expr part, Walk walk) {
        return part == null ? Shadow.known(Value.NOTHING) : part.walk(walk);
    }

    static final class Slice extends Expr {
        private final Expr of;
        private final @Nullable Expr from;
        private final @Nullable Expr to;
        private final @Nullable Expr step;

        Slice(Position position, Expr of, @Nullable Expr from, @Nullable Expr to, @Nullable Expr step) {
            super(position);
            this.of = of;
            this.from = from;
            this.to = to;
            this.step = step;
        }

        @Override
        Value run(Frame frame) {
            Machine machine = frame.machine;
            Value container = of.run(frame);
            Value first = Accesses.run(from, frame);
            Value last = Accesses.run(to, frame);
            Value by = Accesses.run(step, frame);
            long steps = machine.usedSteps();
            long bytes = machine.usedBytes();
            Label way = way(container, label(first, last, by));
            Value result;
            try {
                result = Subscripts.slice(machine, container, first, last, by);
            } catch (PlanFailure failure) {
                throw machine.failed(frame, failure, prospect(machine, container, first, last, by), way, steps, bytes);
            }
            if (machine.open(way)) {
                return result;
            }
            Prospect prospect = prospect(machine, container, first, last, by);
            Value settled = machine.secret(frame, result, prospect, way, steps, bytes);
            return machine.ruled(LabelRule.ELEMENT_READ, machine.groups.made(settled, List.of(container)));
        }

        private static Prospect prospect(
                Machine machine, Value of, @Nullable Value first, @Nullable Value last, @Nullable Value by) {
            return SubscriptOutlines.slice(
                    machine.known(of), known(machine, first), known(machine, last), known(machine, by));
        }

        @Override
        Shadow walk(Walk walk) {
            Shadow container = of.walk(walk);
            Shadow first = Accesses.walk(from, walk);
            Shadow last = Accesses.walk(to, walk);
            Shadow by = Accesses.walk(step, walk);
            Prospect prospect = SubscriptOutlines.slice(
                    walk.outline(container), walk.outline(first), walk.outline(last), walk.outline(by));
            Label bounds = first.label().join(last.label()).join(by.label());
            walk.fails(Failures.of(prospect.errors()), walk.shape(container).join(bounds));
            return walk.copied(this, prospect.result(), container, bounds);
        }

        @Override
        boolean pure() {
            return of.pure()
                    && (from == null || from.pure())
                    && (to == null || to.pure())
                    && (step == null || step.pure());
        }
    }

    /** One argument of a call: what it is, and how it is given. */
    record Given(Expr value, @Nullable String name, int stars) {
        /** Whether it comes by name, or several do. */
        boolean isNamed() {
            return name != null || stars == 2;
        }
    }

    static final class Call extends Expr {
        private final Expr function;
        private final List<Given> given;
        private final Expr[] inOrder;
        private final boolean plain;
        /** The kind of what its method was called of last, and that method; null where it has none of that name. */
        private @Nullable Kind kind;

        private @Nullable Builtin method;
        private @Nullable Lookup lookup;

        Call(Position position, Expr function, List<Given> given) {
            super(position);
            this.function = function;
            this.given = List.copyOf(given);
            this.inOrder = given.stream().map(Given::value).toArray(Expr[]::new);
            this.plain = given.stream().allMatch(each -> each.stars() == 0 && each.name() == null);
        }

        @Override
        Value run(Frame frame) {
            if (function instanceof Attribute attribute) {
                Value self = attribute.of.run(frame);
                if (!frame.machine.open(self.label())) {
                    return secret(frame, attribute, self);
                }
                Builtin method = method(attribute, self.payload());
                if (method != null) {
                    return plain
                                    && method.looksUp()
                                    && (inOrder.length == 1 || inOrder.length == 2)
                                    && self.payload() instanceof DictBox dict
                            ? looked(frame, method, self, dict, values(frame))
                            : Callables.builtin(frame, method, self, arguments(frame));
                }
                return called(frame, attribute, self);
            }
            Value callee = function.run(frame);
            return Callables.call(frame.machine, callee, arguments(frame), frame);
        }

        @Override
        boolean looks() {
            Expr of = function instanceof Attribute attribute ? attribute.of : function;
            return plain && of.looks() && Stream.of(inOrder).allMatch(Expr::looks);
        }

        private @Nullable Builtin method(Attribute attribute, Payload self) {
            Kind now = self.kind();
            if (now != kind) {
                method = now == Kind.INSTANCE ? null : Attributes.method(self, attribute.name);
                kind = now;
            }
            return method;
        }

        /** A method of something that may be of several kinds, and only a secret tells of which. */
        private Value secret(Frame frame, Attribute attribute, Value self) {
            Machine machine = frame.machine;
            Outline known = machine.known(self);
            Builtin method = method(attribute, self.payload());
            if (method == null || !known.isOnly(self.payload().kind())) {
                machine.mayFail(
                        frame,
                        Failures.of(
                                Attributes.outlineOfRead(known, attribute.name).errors()),
                        self.label());
            }
            if (!known.may(Kind.INSTANCE) || known.isOnly(Kind.INSTANCE)) {
                return method == null
                        ? called(frame, attribute, self)
                        : Callables.builtin(frame, method, self, arguments(frame));
            }
            return machine.decided(
                    frame,
                    self.label(),
                    null,
                    List.of(),
                    this::walk,
                    () -> method == null
                            ? called(frame, attribute, self)
                            : Callables.builtin(frame, method, self, arguments(frame)));
        }

        private Value called(Frame frame, Attribute attribute, Value self) {
            Value callee = Attribute.read(frame, self, attribute.name);
            return Callables.call(frame.machine, callee, arguments(frame), frame);
        }

        /** What {@code get} gives: told by what it gave last where the same is known of all, else called. */
        private Value looked(Frame frame, Builtin method, Value self, DictBox dict, Value[] given) {
            Machine machine = frame.machine;
            Value key = given[0];
            Value otherwise = given.length == 2 ? given[1] : Value.NOTHING;
            Lookup last = lookup;
            if (last != null && last.isLike(machine, self, key, otherwise)) {
                return last.find(machine, key, otherwise);
            }
            if (Lookup.isOpen(machine, self, dict, key, otherwise)) {
                Value found = DictBox.get(self, dict, key, otherwise);
                if (found.isScalar() && machine.open(found.label())) {
                    machine.repeat(Shortcut.OPEN_LOOKUP);
                    return found;
                }
            }
            Value found = Callables.builtin(frame, method, self, Arguments.of(given));
            if (!machine.open(key.label())) {
                Label led = way(self, key.label()).join(otherwise.label());
                lookup = Lookup.of(machine, self, key, otherwise, led, found);
            }
            return found;
        }

        private Value[] values(Frame frame) {
            Value[] values = new Value[inOrder.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = inOrder[i].run(frame);
            }
            return values;
        }

        private Arguments arguments(Frame frame) {
            if (plain) {
                return Arguments.of(values(frame));
            }
            List<Value> inOrder = new ArrayList<>();
            LinkedHashMap<String, Value> byName = new LinkedHashMap<>();
            for (Given each : given) {
                if (each.name() == null && each.stars() < 2) {
                    Value value = each.value().run(frame);
                    if (each.stars() == 1) {
                        inOrder.addAll(Containers.spread(frame, Callables.collected(frame, value)));
                    } else {
                        inOrder.add(value);
                    }
                }
            }
            for (Given each : given) {
                if (each.name() != null) {
                    put(frame, byName, each.name(), each.value().run(frame));
                } else if (each.stars() == 2) {
                    Containers.spreadNamed(frame, each.value().run(frame))
                            .forEach((name, value) -> put(frame, byName, name, value));
                }
            }
            return new Arguments(inOrder, byName);
        }

        private static void put(Frame frame, Map<String, Value> byName, String name, Value value) {
            if (byName.putIfAbsent(name, value) != null) {
                throw new PlanFailure(
                        ExceptionBox.of(ErrorKind.TYPE, "got multiple values for keyword argument '" + name + "'"),
                        frame.machine.pc);
            }
        }

        @Override
        Shadow walk(Walk walk) {
            Shadow self = null;
            Shadow callee = null;
            if (function instanceof Attribute attribute) {
                self = attribute.of.walk(walk);
                Value known = self.known();
                if (known != null && (known.payload() instanceof Module || known.payload() instanceof Type)) {
                    callee = Attribute.walkRead(walk, attribute, self, attribute.name);
                    self = null;
                } else if (self.outline().may(Kind.INSTANCE)) {
                    callee = Attribute.walkRead(walk, attribute, self, attribute.name);
                    self = self.outline().isOnly(Kind.INSTANCE) ? null : self;
                }
            } else {
                callee = function.walk(walk);
            }
            StarredCall call = StarredCall.of(
                    walk, this, given, at -> given.get(at).value().walk(walk));
            if (self != null) {
                Shadow result = call.method(walk, this, ((Attribute) function).name, self);
                return callee == null ? result : result.join(call.call(walk, this, callee));
            }
            return call.call(walk, this, java.util.Objects.requireNonNull(callee));
        }
    }
}

package telos.plans;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.plans.values.Arguments;
import telos.plans.values.Attributes;
import telos.plans.values.BoundMethod;
import telos.plans.values.Box;
import telos.plans.values.Builtin;
import telos.plans.values.Calls;
import telos.plans.values.DictBox;
import telos.plans.values.ErrorKind;
import telos.plans.values.ExceptionBox;
import telos.plans.values.IteratorBox;
import telos.plans.values.Iterators;
import telos.plans.values.Labels;
import telos.plans.values.Outline;
import telos.plans.values.PlanFailure;
import telos.plans.values.Prospect;
import telos.plans.values.Text;
import telos.plans.values.Truths;
import telos.plans.values.Tuple;
import telos.plans.values.Type;
import telos.plans.values.Value;

/**
 * Calls of whatever can be called.
 *
 * <p>This file is long because it has each way to call.
 */
@SuppressWarnings("ReferenceEquality") // the same object is the quick way; equal ones take the slow one
final class Callables {
    private static final Value LIST = new Value(telos.plans.values.Kind.LIST.type());

    private Callables() {}

    static Label truthLabel(Value value) {
        Outline known = value.outline();
        if (known != null && known.constant() != null) {
            // Whatever it was made of, it counts as the same in every world.
            return Label.BOTTOM;
        }
        return value.payload() instanceof Box || value.payload() instanceof telos.plans.values.DictView
                ? Truths.of(value).label()
                : value.label();
    }

    static IteratorBox iterator(Frame frame, Value over) {
        Machine machine = frame.machine;
        if (!machine.open(over.label())) {
            Prospect prospect = Iterators.outline(machine.known(over));
            machine.mayFail(frame, Failures.of(prospect.errors()), over.label());
        }
        return Iterators.within(machine, over);
    }

    static Value call(Machine machine, Value callee, Arguments arguments, Frame frame) {
        Label label = callee.label();
        if (label == Label.BOTTOM || machine.open(label) || !machine.rules.hold(LabelRule.FUNCTION_VALUE)) {
            Value result = dispatch(machine, callee, arguments, frame);
            return machine.rules.hold(LabelRule.FUNCTION_VALUE) ? result.raised(label) : result;
        }
        return machine.decided(
                frame,
                label,
                null,
                List.of(),
                walk -> walked(walk, callee, arguments),
                () -> dispatch(machine, callee, arguments, frame));
    }

    private static Shadow walked(Walk walk, Value callee, Arguments arguments) {
        return WalkCalls.call(
                walk,
                callee,
                lifted(walk, callee),
                lifted(walk, arguments.inOrder()),
                lifted(walk, arguments.byName()));
    }

    static Shadow lifted(Walk walk, Value value) {
        return walk.lift(value);
    }

    static List<Shadow> lifted(Walk walk, List<Value> values) {
        List<Shadow> all = new ArrayList<>();
        for (Value each : values) {
            all.add(walk.lift(each));
        }
        return all;
    }

    static Map<String, Shadow> lifted(Walk walk, Map<String, Value> values) {
        Map<String, Shadow> all = new LinkedHashMap<>();
        values.forEach((name, value) -> all.put(name, walk.lift(value)));
        return all;
    }

    private static Value dispatch(Machine machine, Value callee, Arguments arguments, Frame frame) {
        return switch (callee.payload()) {
            case Closure closure -> invoke(machine, closure, arguments);
            case Builtin builtin -> function(frame, builtin, arguments);
            case BoundMethod method -> builtin(frame, method.method(), method.self(), arguments);
            case ToolFunction tool -> ToolCalls.call(frame, tool, arguments);
            case Type type -> construct(frame, type, arguments);
            default -> {
                machine.mayFail(frame, Failures.of(ErrorKind.TYPE), callee.label());
                throw new PlanFailure(
                        ExceptionBox.of(
                                ErrorKind.TYPE, "'" + callee.payload().type().name() + "' object is not callable"),
                        callee.label().join(machine.pc));
            }
        };
    }

    /** A method that is called as a function is one of what it is given first: {@code list.append(xs, x)}. */
    private static Value function(Frame frame, Builtin builtin, Arguments arguments) {
        List<Value> inOrder = arguments.inOrder();
        if (!builtin.isMethod() || inOrder.isEmpty()) {
            return builtin(frame, builtin, null, arguments);
        }
        Machine machine = frame.machine;
        Value self = inOrder.getFirst();
        Label label = Machine.shallow(arguments);
        if (!machine.open(label) && !builtin.isOf(machine.known(self))) {
            machine.mayFail(frame, Failures.of(ErrorKind.TYPE), label);
        }
        return builtin.isOf(self.payload().kind())
                ? builtin(frame, builtin, self, new Arguments(inOrder.subList(1, inOrder.size()), arguments.byName()))
                : builtin.call(machine, arguments);
    }

    private static Value invoke(Machine machine, Closure closure, Arguments arguments) {
        Code code = closure.code;
        if (machine.running(code)) {
            throw new PlanFailure(
                    ExceptionBox.of(
                            ErrorKind.RECURSION, code.name + "() calls itself; plans have no recursion: use a loop"),
                    machine.pc);
        }
        Frame made = new Frame(machine, (Frame) closure.up, code.size);
        if (!Binding.placed(code, arguments, made.slots)) {
            bind(machine, closure, arguments, made);
        }
        if (machine.pc != Label.BOTTOM) {
            for (int i = 0; i < made.slots.length; i++) {
                Value value = made.slots[i];
                if (value != null) {
                    made.slots[i] = machine.written(value);
                }
            }
        }
        machine.step();
        Scope scope = machine.call(made, code);
        Value result = result(code, made);
        Label inside = machine.pc;
        Settlement settlement = scope.settlement;
        machine.returned(scope);
        return inside == Label.BOTTOM ? result : escaped(machine, result, inside, settlement);
    }

    private static Value result(Code code, Frame made) {
        if (code.body == null) {
            return java.util.Objects.requireNonNull(code.value).run(made);
        }
        code.body.run(made);
        Value returned = made.returned;
        return returned == null ? Value.NOTHING : returned;
    }

    private static Value escaped(Machine machine, Value result, Label inside, @Nullable Settlement settlement) {
        if (machine.open(inside) || !machine.rules.hold(LabelRule.RETURN_ESCAPE)) {
            return result;
        }
        Shadow shadow = settlement == null ? null : settlement.result();
        State end = settlement == null ? null : settlement.end();
        return shadow == null || end == null
                ? result.raised(inside).outlined(Outline.ANY)
                : machine.settled(result, shadow, end, inside);
    }

    private static void bind(Machine machine, Closure closure, Arguments arguments, Frame made) {
        Code code = closure.code;
        try {
            Binding.bind(
                    code,
                    arguments.inOrder(),
                    arguments.byName(),
                    closure.defaults,
                    made.slots,
                    rest -> new Value(new Tuple(rest)),
                    named -> {
                        DictBox dict = new DictBox();
                        named.forEach((name, value) -> dict.put(Value.of(name), value));
                        return new Value(dict);
                    });
        } catch (Binding.Misfit misfit) {
            throw new PlanFailure(ExceptionBox.of(ErrorKind.TYPE, misfit.words()), machine.pc);
        }
    }

    /** An instance, an exception, or what a built-in type makes of its arguments. */
    private static Value construct(Frame frame, Type type, Arguments arguments) {
        Machine machine = frame.machine;
        Value callee = new Value(type);
        long steps = machine.usedSteps();
        long bytes = machine.usedBytes();
        boolean made = type.instances() == telos.plans.values.Kind.INSTANCE
                || type.instances() == telos.plans.values.Kind.EXCEPTION;
        if (!made && machine.rules.hold(LabelRule.CALLBACK_REGION)) {
            for (Value each : arguments.inOrder()) {
                if (mayIterate(machine, each)) {
                    return taken(frame, callee, arguments);
                }
            }
            arguments.inOrder().forEach(machine.groups::drained);
            foresee(machine, arguments);
        }
        Value result;
        try {
            result = Calls.call(machine, callee, arguments);
        } catch (PlanFailure failure) {
            throw machine.failed(
                    frame,
                    failure,
                    prospect(machine, type, arguments),
                    made ? Machine.shallow(arguments) : Machine.deep(arguments),
                    steps,
                    bytes);
        }
        if (machine.openThroughout(result)) {
            return result;
        }
        Value settled = machine.secret(
                frame,
                result,
                prospect(machine, type, arguments),
                made ? Machine.shallow(arguments) : Machine.deep(arguments),
                steps,
                bytes);
        return machine.ruled(
                LabelRule.BUILTIN_RESULT, made ? settled : machine.groups.made(settled, all(null, arguments)));
    }

    /** Whether a secret chose what may be an iterator, of which something else would be taken in another world. */
    private static boolean mayIterate(Machine machine, Value value) {
        if (machine.open(value.label())) {
            return false;
        }
        Outline carried = value.outline();
        return carried != null && carried != Outline.ANY && carried.may(telos.plans.values.Kind.ITERATOR);
    }

    private static Value taken(Frame frame, Value type, Arguments arguments) {
        Machine machine = frame.machine;
        return machine.decided(
                frame,
                Machine.deep(arguments),
                null,
                List.of(),
                walk -> walked(walk, type, arguments),
                () -> Calls.call(machine, type, arguments));
    }

    /** What all elements of this are taken of next: where a secret chose it, a list of them, which is made as that decides. */
    static Value collected(Frame frame, Value value) {
        Machine machine = frame.machine;
        boolean chosen = mayIterate(machine, value) && machine.rules.hold(LabelRule.CALLBACK_REGION);
        if (chosen) {
            return taken(frame, LIST, Arguments.of(value));
        }
        machine.groups.drained(value);
        return value;
    }

    private static Prospect prospect(Machine machine, Type type, Arguments arguments) {
        List<Outline> inOrder = new ArrayList<>();
        for (Value each : arguments.inOrder()) {
            inOrder.add(machine.known(each));
        }
        Map<String, Outline> byName = new LinkedHashMap<>();
        arguments.byName().forEach((name, value) -> byName.put(name, machine.known(value)));
        return Calls.outline(
                Outline.of(new Value(type)),
                inOrder,
                byName,
                (callee, given) -> new Prospect(Outline.ANY, Failures.ANY.builtIn(), null, true));
    }

    /** What a built-in function or method may come to, told from the outlines of what it is given. */
    private static Prospect prospect(Machine machine, Builtin builtin, @Nullable Value self, Arguments arguments) {
        List<Outline> inOrder = new ArrayList<>();
        for (Value each : arguments.inOrder()) {
            inOrder.add(machine.known(each));
        }
        // In a world that looks the same it may be a method of something else.
        boolean chosen = self != null && !machine.open(self.label());
        Outline of = self == null ? null : machine.known(self);
        if (arguments.named() || builtin.callsBack()) {
            Map<String, Outline> byName = new LinkedHashMap<>();
            arguments.byName().forEach((name, value) -> byName.put(name, machine.known(value)));
            return told(builtin, chosen, of, inOrder, byName);
        }
        return machine.told.of(builtin, chosen, of, inOrder, () -> told(builtin, chosen, of, inOrder, Map.of()));
    }

    private static Prospect told(
            Builtin builtin,
            boolean chosen,
            @Nullable Outline self,
            List<Outline> inOrder,
            Map<String, Outline> byName) {
        telos.plans.values.Callback callback =
                (callee, given) -> new Prospect(Outline.ANY, Failures.ANY.builtIn(), null, true);
        return chosen && self != null
                ? Attributes.outlineOfMethodCall(self, builtin.name(), inOrder, byName, callback)
                : builtin.outline(self, inOrder, byName, callback);
    }

    static Value builtin(Frame frame, Builtin builtin, @Nullable Value self, Arguments arguments) {
        Machine machine = frame.machine;
        Value sorted = builtin.callsBack() ? Sorting.sorted(machine, builtin, self, arguments) : null;
        if (sorted != null && machine.rules.hold(LabelRule.CALLBACK_REGION)) {
            return Sorting.sort(frame, self, sorted, arguments);
        }
        if (!builtin.leaves()) {
            foresee(machine, arguments);
        }
        if (lazy(machine, builtin, self, arguments)) {
            Label all = self == null
                    ? read(builtin, arguments)
                    : (builtin.failsByShape() ? Iterators.control(self) : Labels.deep(self))
                            .join(Machine.deep(arguments));
            if (!machine.open(all)) {
                return machine.rules.hold(LabelRule.CALLBACK_REGION)
                        ? within(frame, builtin, self, arguments, all)
                        : called(machine, builtin, self, arguments);
            }
        }
        if (self != null
                && self.payload() instanceof Box
                && !machine.open(Machine.shallow(arguments).join(self.label()))
                && plainly(machine, builtin, self, arguments) == null) {
            return changing(
                    frame,
                    self,
                    Machine.deep(arguments),
                    prospect(machine, builtin, self, arguments),
                    () -> builtin.call(machine, self, arguments),
                    LabelRule.METHOD_RESULT,
                    () -> all(self, arguments),
                    chooses(builtin));
        }
        return plainly(frame, builtin, self, arguments);
    }

    private static Value plainly(Frame frame, Builtin builtin, @Nullable Value self, Arguments arguments) {
        Machine machine = frame.machine;
        long steps = machine.usedSteps();
        long bytes = machine.usedBytes();
        if (self != null && machine.hasSecretSize(self)) {
            widen(machine, self, prospect(machine, builtin, self, arguments));
        }
        if (self != null && builtin.fills()) {
            for (Value each : arguments.inOrder()) {
                if (machine.fills(each)) {
                    widen(machine, self, prospect(machine, builtin, self, arguments));
                    machine.groups.fill(self, List.of(each));
                }
            }
        }
        Value result;
        try {
            result = called(machine, builtin, self, arguments);
        } catch (PlanFailure failure) {
            throw machine.failed(
                    frame,
                    failure,
                    prospect(machine, builtin, self, arguments),
                    operands(builtin, self, arguments),
                    steps,
                    bytes);
        }
        if (machine.openThroughout(result) || (chooses(builtin) && machine.open(result.label()))) {
            List<Value> inOrder = arguments.inOrder();
            for (int i = 0; i < inOrder.size(); i++) {
                if (inOrder.get(i).payload() instanceof IteratorBox iterator) {
                    told(frame, builtin, self, arguments, iterator);
                }
                if (self != null && builtin.fills()) {
                    machine.regard(inOrder.get(i), steps, bytes);
                }
            }
            return result;
        }
        return secret(frame, result, builtin, self, arguments, steps, bytes);
    }

    /** What comes out tells nothing of what was taken, which may have failed in another world. */
    private static void told(
            Frame frame, Builtin builtin, @Nullable Value self, Arguments arguments, IteratorBox iterator) {
        Machine machine = frame.machine;
        if (!machine.open(iterator.control())) {
            machine.mayFail(
                    frame,
                    Failures.of(prospect(machine, builtin, self, arguments).errors()),
                    iterator.control());
        }
    }

    private static Value secret(
            Frame frame,
            Value result,
            Builtin builtin,
            @Nullable Value self,
            Arguments arguments,
            long steps,
            long bytes) {
        Machine machine = frame.machine;
        Prospect prospect = prospect(machine, builtin, self, arguments);
        Label operands = operands(builtin, self, arguments);
        Value settled = chooses(builtin)
                ? machine.chosen(frame, result, prospect, taken(machine, prospect, result), operands, steps, bytes)
                : machine.secret(frame, result, prospect, operands, steps, bytes);
        if (!chooses(builtin) && !settled.isScalar()) {
            settled = machine.groups.made(settled, all(self, arguments));
        }
        if (!builtin.failsByShape() && holds(self, arguments)) {
            // It tells of what it came upon, and of what it would have come upon in another world.
            settled = settled.raised(Groups.floor(all(self, arguments), 0));
        }
        LabelRule rule = builtin.name().equals("len")
                ? LabelRule.LENGTH_SHAPE
                : self == null ? LabelRule.BUILTIN_RESULT : LabelRule.METHOD_RESULT;
        return machine.ruled(rule, selected(machine, builtin, settled, self, arguments));
    }

    /** What came out, where it was taken out: what was popped is not told by what is left. */
    private static Outline taken(Machine machine, Prospect prospect, Value result) {
        return prospect.receiver() == null ? Outline.NEVER : machine.known(result);
    }

    /** Whether it is given anything that holds something. */
    private static boolean holds(@Nullable Value self, Arguments arguments) {
        boolean any = arguments.named() || (self != null && Machine.holds(self.payload()));
        List<Value> inOrder = arguments.inOrder();
        for (int i = 0; i < inOrder.size(); i++) {
            any |= Machine.holds(inOrder.get(i).payload());
        }
        return any;
    }

    private static Value called(Machine machine, Builtin builtin, @Nullable Value self, Arguments arguments) {
        return self == null ? builtin.call(machine, arguments) : builtin.call(machine, self, arguments);
    }

    /** Whether what it gives may have been there before. */
    private static boolean chooses(Builtin builtin) {
        return builtin.selects() || builtin.name().equals("iter");
    }

    /** What was chosen by a secret out of several is not known from the others. */
    private static Value selected(
            Machine machine, Builtin builtin, Value result, @Nullable Value self, Arguments arguments) {
        if (!builtin.selects() || !machine.rules.hold(LabelRule.SECRET_INDEX_READ)) {
            return result;
        }
        Label way = self == null ? Label.BOTTOM : Labels.shape(self);
        for (Value each : arguments.inOrder()) {
            way = way.join(Labels.shape(each)).join(Iterators.control(each));
        }
        if (machine.open(way)) {
            return result;
        }
        Label would = self == null ? null : plainly(machine, builtin, self, arguments);
        if (would != null) {
            return machine.groups.joint(
                    result.raised(way.join(Machine.deep(arguments)).join(would)));
        }
        Value raised = result.raised(
                self == null ? Machine.deep(arguments) : Labels.deep(self).join(fixed(arguments)));
        if (machine.groups.mayConfuse(raised)) {
            // It lay in the first of them, or is one of them itself.
            int lain = self != null || !builtin.orders() || arguments.inOrder().size() == 1 ? 1 : 0;
            List<Value> all = all(self, arguments);
            machine.groups.confuse(raised, all.subList(0, lain), all.subList(lain, all.size()));
        }
        return machine.groups.joint(raised);
    }

    /**
     * Who may know of what is looked up, or would be in a world that looks the same, where that stands in a place that is the
     * same in all worlds, or is a scalar that is given instead; null where that is not told.
     */
    private static @Nullable Label plainly(Machine machine, Builtin builtin, Value self, Arguments arguments) {
        List<Value> inOrder = arguments.inOrder();
        boolean looks = builtin.looksUp()
                && !arguments.named()
                && !inOrder.isEmpty()
                && (inOrder.size() == 1 || inOrder.get(1).isScalar())
                && machine.groups.isPlace(self, inOrder.getFirst());
        if (!looks
                || !(self.payload() instanceof DictBox dict)
                || !(inOrder.getFirst().payload() instanceof Text text)) {
            return null;
        }
        if (machine.open(dict.shape())) {
            return Label.BOTTOM;
        }
        Value would = dict.whole() == null ? null : dict.whole().find(text.string());
        return would == null || !would.isScalar() ? null : would.label();
    }

    /** What any of them says of itself, as far as it never changes. */
    private static Label fixed(Arguments arguments) {
        Label all = Label.BOTTOM;
        for (Value each : all(null, arguments)) {
            all = all.join(Labels.fixed(each));
        }
        return all;
    }

    private static List<Value> all(@Nullable Value self, Arguments arguments) {
        List<Value> all = new ArrayList<>();
        if (self != null) {
            all.add(self);
        }
        all.addAll(arguments.inOrder());
        if (arguments.named()) {
            all.addAll(arguments.byName().values());
        }
        return all;
    }

    private static Label operands(Builtin builtin, @Nullable Value self, Arguments arguments) {
        if (builtin.failsByShape()) {
            Label label = self == null ? Label.BOTTOM : Labels.shape(self).join(Machine.deep(arguments));
            List<Value> all = self == null ? all(null, arguments) : List.of();
            for (int i = 0; i < all.size(); i++) {
                boolean shaped = i == 0 || !builtin.isMethod();
                label = label.join(shaped ? Labels.shape(all.get(i)) : Labels.deep(all.get(i)));
            }
            return label;
        }
        return self == null ? Machine.deep(arguments) : Labels.deep(self).join(Machine.deep(arguments));
    }

    private static void foresee(Machine machine, Arguments arguments) {
        List<Value> inOrder = arguments.inOrder();
        for (int i = 0; i < inOrder.size(); i++) {
            machine.foresee(inOrder.get(i));
        }
    }

    /** Whether it may run code of the plan. */
    private static boolean lazy(Machine machine, Builtin builtin, @Nullable Value self, Arguments arguments) {
        // One that only makes an iterator calls nothing yet.
        boolean calls = builtin.callsBack()
                && !(builtin.defers() && machine.open(Machine.shallow(arguments)))
                && !isLeastOrGreatest(machine, builtin, arguments);
        if (calls || (self != null && lazy(machine, builtin, self))) {
            return true;
        }
        List<Value> inOrder = arguments.inOrder();
        for (int i = 0; i < inOrder.size(); i++) {
            if (lazy(machine, builtin, inOrder.get(i))) {
                return true;
            }
        }
        return false;
    }

    /** Whether it only compares scalars: nothing of the plan is called without a key. */
    private static boolean isLeastOrGreatest(Machine machine, Builtin builtin, Arguments arguments) {
        return builtin.orders()
                && builtin.selects()
                && !arguments.named()
                && arguments.inOrder().size() == 1
                && arguments.inOrder().getFirst().payload() instanceof Box box
                && !(box instanceof IteratorBox)
                && machine.open(arguments.inOrder().getFirst().label())
                && machine.groups.of(box) == null
                && box.scalars() != null;
    }

    private static boolean lazy(Machine machine, Builtin builtin, Value value) {
        boolean runs = value.payload() instanceof IteratorBox iterator
                && !builtin.adapts()
                && (!iterator.isPlain() || builtin.takesSome());
        if (runs) {
            return true;
        }
        return mayIterate(machine, value);
    }

    /** What it reads of its arguments. Without a key, nothing but what is gone through decides the order or the choice. */
    private static Label read(Builtin builtin, Arguments arguments) {
        boolean orders = builtin.orders()
                && arguments.inOrder().size() == 1
                && !arguments.byName().containsKey("key");
        if (!orders) {
            return Machine.deep(arguments);
        }
        Label all = Labels.iterated(arguments.inOrder().getFirst());
        for (Value each : arguments.byName().values()) {
            all = all.join(Labels.deep(each));
        }
        return all;
    }

    private static Value within(Frame frame, Builtin builtin, @Nullable Value self, Arguments arguments, Label label) {
        Machine machine = frame.machine;
        Function<Walk, Shadow> ways = walk -> {
            List<Shadow> inOrder = lifted(walk, arguments.inOrder());
            Map<String, Shadow> byName = lifted(walk, arguments.byName());
            return self != null && !machine.open(self.label())
                    ? WalkCalls.method(walk, builtin, builtin.name(), walk.lift(self), inOrder, byName)
                    : WalkCalls.builtin(walk, builtin, builtin, self == null ? null : walk.lift(self), inOrder, byName);
        };
        return machine.decided(frame, label, null, List.of(), ways, () -> called(machine, builtin, self, arguments));
    }

    /**
     * Changes an object, where the reference to it or what is put there is not for everybody.
     *
     * @param given the join of what the other operands hold
     * @param chosen whether what comes out was there before, in the first of the operands or as one of the others
     */
    static Value changing(
            Frame frame,
            Value receiver,
            Label given,
            Prospect prospect,
            Supplier<Value> act,
            LabelRule rule,
            Supplier<List<Value>> operands,
            boolean chosen) {
        Machine machine = frame.machine;
        Label label = Labels.shape(receiver).join(given);
        long steps = machine.usedSteps();
        long bytes = machine.usedBytes();
        if (prospect.receiver() != null) {
            List<Value> all = operands.get();
            wrote(machine, receiver, label, prospect.receiver(), all);
            widen(machine, receiver, prospect);
            if (!machine.groups.fillPlainly(receiver, all)) {
                machine.groups.fill(receiver, all);
                machine.groups.fill(receiver, List.of(receiver));
                machine.groups.put(
                        receiver, all.stream().filter(each -> each != receiver).toList());
            }
        }
        Value result;
        try {
            result = act.get();
        } catch (PlanFailure failure) {
            throw machine.failed(frame, failure, prospect, label, steps, bytes);
        }
        if (machine.open(result.label()) && machine.open(label)) {
            return result;
        }
        Value settled = chosen
                ? machine.chosen(frame, result, prospect, label, steps, bytes)
                : machine.secret(frame, result, prospect, label, steps, bytes);
        if (!machine.open(settled.label()) && machine.rules.hold(LabelRule.SECRET_INDEX_READ)) {
            List<Value> all = operands.get();
            int lain = chosen ? 1 : all.size();
            settled = settled.raised(Labels.deep(receiver));
            for (Value each : all.subList(lain, all.size())) {
                settled = settled.raised(Labels.fixed(each));
            }
            if (machine.groups.mayConfuse(settled)) {
                machine.groups.confuse(settled, all.subList(0, lain), all.subList(lain, all.size()));
            }
            settled = machine.groups.joint(settled);
        }
        return machine.ruled(rule, settled);
    }

    /** How much is put into a container, and what, is not known to everybody: it may be whatever it may be in any world. */
    static void widen(Machine machine, Value receiver, Prospect prospect) {
        Outline after = prospect.receiver();
        if (receiver.payload() instanceof Box box && after != null && after.may(box.kind())) {
            if (machine.pc == Label.BOTTOM) {
                box.grow(after, machine);
            } else {
                box.widen(after, machine);
            }
        }
    }

    /** Something is written through a reference that a secret chose: it may be written into any of its group. */
    static void wrote(
            Machine machine, Value receiver, Label label, @Nullable Outline after, Collection<Value> operands) {
        if (!machine.rules.hold(LabelRule.SECRET_REFERENCE_WRITE)) {
            return;
        }
        boolean secret = !machine.open(receiver.label());
        if (!secret) {
            return;
        }
        List<Box> all = new ArrayList<>();
        for (Object place : machine.groups.places(receiver)) {
            if (after != null) {
                machine.groups.changed(place, after, label);
            }
            for (Box box : machine.groups.members(place)) {
                all.add(box);
                machine.keep(box);
                box.raise(label);
                if (after != null && after.may(box.kind())) {
                    box.widen(after, machine);
                }
            }
        }
        for (Value each : operands) {
            all.addAll(machine.groups.reachable(each.payload()));
        }
        machine.groups.unite(all);
    }
}

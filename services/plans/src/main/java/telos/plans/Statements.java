package telos.plans;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.plans.syntax.Position;
import telos.plans.values.BinaryOperation;
import telos.plans.values.ErrorKind;
import telos.plans.values.ExceptionBox;
import telos.plans.values.Kind;
import telos.plans.values.Labels;
import telos.plans.values.Outline;
import telos.plans.values.PlanFailure;
import telos.plans.values.Prospect;
import telos.plans.values.Truths;
import telos.plans.values.Type;
import telos.plans.values.Value;

/**
 * Statements that neither branch nor loop.
 *
 * <p>This file is long because it has each statement.
 */
final class Statements {
    private Statements() {}

    static final class Evaluate extends Step {
        private final Expr value;

        Evaluate(Position position, Expr value) {
            super(position);
            this.value = value;
        }

        @Override
        int run(Frame frame) {
            value.run(frame);
            return NEXT;
        }

        @Override
        void walk(Walk walk) {
            if (walk.live()) {
                value.walk(walk);
            }
        }

        @Override
        boolean looks() {
            return value.looks();
        }
    }

    static final class Assign extends Step {
        private final Target[] targets;
        private final Expr value;

        Assign(Position position, List<Target> targets, Expr value) {
            super(position);
            this.targets = targets.toArray(Target[]::new);
            this.value = value;
        }

        Expr value() {
            return value;
        }

        /** The one variable that it binds; null where it binds others or something else. */
        Targets.@Nullable Name name() {
            return targets.length == 1 && targets[0] instanceof Targets.Name name ? name : null;
        }

        @Override
        boolean looks() {
            for (Target each : targets) {
                if (!each.looks()) {
                    return false;
                }
            }
            return value.looks();
        }

        @Override
        int run(Frame frame) {
            Value result = value.run(frame);
            for (Target each : targets) {
                each.store(frame, result);
            }
            return NEXT;
        }

        @Override
        void walk(Walk walk) {
            if (walk.live()) {
                Shadow result = value.walk(walk);
                for (Target each : targets) {
                    each.walk(walk, result);
                }
            }
        }
    }

    /** {@code name += value}. */
    static final class AugmentName extends Step {
        private final Variables.Variable variable;
        private final Target target;
        private final BinaryOperation operation;
        private final Expr value;
        private final Operators.Last last = new Operators.Last();

        AugmentName(
                Position position, Variables.Variable variable, Target target, BinaryOperation operation, Expr value) {
            super(position);
            this.variable = variable;
            this.target = target;
            this.operation = operation;
            this.value = value;
        }

        @Override
        boolean looks() {
            return target instanceof Targets.Name && value.looks();
        }

        @Override
        int run(Frame frame) {
            Value before = variable.run(frame);
            target.store(frame, Operators.binary(operation, last, frame, before, value.run(frame), true));
            return NEXT;
        }

        @Override
        void walk(Walk walk) {
            if (walk.live()) {
                Shadow before = variable.walk(walk);
                target.walk(walk, augmented(walk, this, operation, before, value.walk(walk)));
            }
        }
    }

    static Shadow augmented(Walk walk, Object site, BinaryOperation operation, Shadow a, Shadow b) {
        Shadow folded = Operators.folded(walk, operation, a, b);
        if (folded != null) {
            return folded;
        }
        Prospect prospect = operation.outlineInPlace(walk.outline(a), walk.outline(b));
        if (prospect.receiver() == null) {
            return walk.comes(site, prospect, walk.deep(a).join(walk.deep(b)), List.of(a, b));
        }
        Label label = a.label().join(walk.shape(b));
        walk.fails(Failures.of(prospect.errors()), walk.shape(a).join(walk.deep(b)));
        walk.cost(4, prospect.result().ownBytes());
        if (prospect.unbounded()) {
            walk.unbounded(walk.deep(b).join(walk.deep(a)), LabelRule.PROGRESS_UNBOUNDED_SIZE);
        }
        walk.draining(b);
        Shadow element = Shadow.of(b.outline(), walk.deep(b), walk.reachable(b.refs()));
        walk.change(a, label, true, prospect.receiver(), element, null);
        walk.drained(b, b.label());
        Shadow scalar = Shadow.of(prospect.result(), a.label().join(walk.deep(b)), a.refs());
        return scalar;
    }

    /** {@code of[index] += value}. */
    static final class AugmentItem extends Step {
        private final Expr of;
        private final Expr index;
        private final BinaryOperation operation;
        private final Expr value;
        private final Operators.Last last = new Operators.Last();
        private final Recollection lastRead = new Recollection();
        private final Targets.Item.Last lastPut = new Targets.Item.Last();

        AugmentItem(Position position, Expr of, Expr index, BinaryOperation operation, Expr value) {
            super(position);
            this.of = of;
            this.index = index;
            this.operation = operation;
            this.value = value;
        }

        @Override
        int run(Frame frame) {
            Value container = of.run(frame);
            Value at = index.run(frame);
            Value before = Accesses.Item.read(frame, container, at, lastRead);
            Value after = Operators.binary(operation, last, frame, before, value.run(frame), true);
            Targets.Item.put(frame, container, at, after, lastPut);
            return NEXT;
        }

        @Override
        void walk(Walk walk) {
            if (walk.live()) {
                Shadow container = of.walk(walk);
                Shadow at = index.walk(walk);
                Shadow before = Accesses.Item.walkRead(walk, container, at);
                Shadow after = augmented(walk, this, operation, before, value.walk(walk));
                Targets.Item.walkPut(walk, container, at, after);
            }
        }

        @Override
        boolean looks() {
            return of.looks() && index.looks() && value.looks();
        }
    }

    /** {@code of.name += value}. */
    static final class AugmentField extends Step {
        private final Expr of;
        private final String name;
        private final BinaryOperation operation;
        private final Expr value;
        private final Operators.Last last = new Operators.Last();

        AugmentField(Position position, Expr of, String name, BinaryOperation operation, Expr value) {
            super(position);
            this.of = of;
            this.name = name;
            this.operation = operation;
            this.value = value;
        }

        @Override
        int run(Frame frame) {
            Value container = of.run(frame);
            Value before = Accesses.Attribute.read(frame, container, name);
            Value after = Operators.binary(operation, last, frame, before, value.run(frame), true);
            Targets.Field.put(frame, container, name, after);
            return NEXT;
        }

        @Override
        void walk(Walk walk) {
            if (walk.live()) {
                Shadow container = of.walk(walk);
                Shadow before = Accesses.Attribute.walkRead(walk, of, container, name);
                Shadow after = augmented(walk, this, operation, before, value.walk(walk));
                Targets.Field.walkPut(walk, container, name, after);
            }
        }
    }

    static final class Pass extends Step {
        Pass(Position position) {
            super(position);
        }

        @Override
        boolean looks() {
            return true;
        }

        @Override
        int run(Frame frame) {
            return NEXT;
        }

        @Override
        void walk(Walk walk) {}
    }

    static final class Delete extends Step {
        private final List<Target> targets;

        Delete(Position position, List<Target> targets) {
            super(position);
            this.targets = List.copyOf(targets);
        }

        @Override
        int run(Frame frame) {
            for (Target each : targets) {
                each.delete(frame);
            }
            return NEXT;
        }

        @Override
        void walk(Walk walk) {
            if (walk.live()) {
                for (Target each : targets) {
                    each.walkDelete(walk);
                }
            }
        }
    }

    /** A function, as a {@code def} or a lambda makes it. */
    static final class Make extends Expr {
        private final Code code;
        private final @Nullable Expr[] defaults;

        Make(Position position, Code code, @Nullable Expr[] defaults) {
            super(position);
            this.code = code;
            this.defaults = defaults;
        }

        @Override
        Value run(Frame frame) {
            @Nullable Value[] values = new Value[defaults.length];
            for (int i = 0; i < values.length; i++) {
                Expr each = defaults[i];
                values[i] = each == null ? null : each.run(frame);
            }
            return new Value(new Closure(code, frame, values, new Shadow[0]));
        }

        @Override
        Shadow walk(Walk walk) {
            @Nullable Shadow[] values = new Shadow[defaults.length];
            for (int i = 0; i < values.length; i++) {
                Expr each = defaults[i];
                values[i] = each == null ? null : each.walk(walk);
            }
            Closure closure = walk.sites().closure(this, walk.frame, code, values);
            return Shadow.of(Outline.of(new Value(closure)), Label.BOTTOM, walk.captured(closure));
        }
    }

    /** {@code raise}. */
    static final class Raise extends Step {
        private final @Nullable Expr exception;
        private final @Nullable Expr cause;
        private final Failures failures;

        /** @param failures what it can raise, as far as the text tells */
        Raise(Position position, @Nullable Expr exception, @Nullable Expr cause, Failures failures) {
            super(position);
            this.exception = exception;
            this.cause = cause;
            this.failures = failures;
        }

        @Override
        int run(Frame frame) {
            Machine machine = frame.machine;
            if (exception == null) {
                if (machine.handled.isEmpty()) {
                    throw new PlanFailure(
                            ExceptionBox.of(ErrorKind.RUNTIME, "No active exception to reraise"), machine.pc);
                }
                throw machine.handled.getLast().raised(machine.pc);
            }
            Value value = exception.run(frame);
            if (cause != null) {
                cause.run(frame);
            }
            if (!machine.open(value.label())) {
                machine.mayFail(frame, failures, value.label());
            }
            if (value.payload() instanceof Type type && type.instances() == Kind.EXCEPTION) {
                throw new PlanFailure(
                        new ExceptionBox(type, List.of()), value.label().join(machine.pc));
            }
            if (value.payload() instanceof ExceptionBox box) {
                throw new PlanFailure(box, value.label().join(machine.pc));
            }
            throw new PlanFailure(
                    ExceptionBox.of(ErrorKind.TYPE, "exceptions must derive from BaseException"),
                    value.label().join(machine.pc));
        }

        @Override
        void walk(Walk walk) {
            if (!walk.live()) {
                return;
            }
            Label label = Label.BOTTOM;
            Shadow thrown;
            if (exception != null) {
                thrown = exception.walk(walk);
                label = thrown.label();
            } else {
                thrown = walk.handled();
            }
            if (cause != null) {
                cause.walk(walk);
            }
            walk.fails(failures, label, thrown);
            if (!walk.isWeak()) {
                walk.state = null;
            }
        }
    }

    static final class Assert extends Step {
        private final Expr condition;
        private final @Nullable Expr message;

        Assert(Position position, Expr condition, @Nullable Expr message) {
            super(position);
            this.condition = condition;
            this.message = message;
        }

        @Override
        int run(Frame frame) {
            Machine machine = frame.machine;
            Value decision = Truths.of(condition.run(frame));
            boolean holds = Truths.holds(decision.payload());
            Label label = decision.label();
            if (!machine.open(label)) {
                if (message != null) {
                    machine.close(machine.open(frame, label, false, walk -> {
                        State before = walk.fork();
                        message.walk(walk);
                        walk.state = walk.merge(before, walk.state);
                    }));
                }
                machine.mayFail(frame, Failures.of(ErrorKind.ASSERTION), label);
            }
            if (holds) {
                return NEXT;
            }
            List<Value> arguments = new ArrayList<>();
            if (message != null) {
                arguments.add(message.run(frame));
            }
            throw new PlanFailure(new ExceptionBox(ErrorKind.ASSERTION.type(), arguments), label.join(machine.pc));
        }

        @Override
        void walk(Walk walk) {
            if (!walk.live()) {
                return;
            }
            Shadow decision = condition.walk(walk);
            Boolean known = walk.truth(decision);
            if (known != null && known) {
                return;
            }
            Label label = walk.shape(decision);
            State after = walk.fork();
            if (message != null) {
                message.walk(walk);
            }
            walk.fails(Failures.of(ErrorKind.ASSERTION), label);
            walk.state = known != null && !walk.isWeak() ? null : after;
        }
    }

    /** A class of the plan: a model with fields, an enumeration or an exception. */
    static final class Define extends Step {
        enum Sort {
            MODEL,
            ENUMERATION
        }

        /** A field, or a member of an enumeration. */
        record Part(String name, @Nullable Expr value) {}

        private final String name;
        private final Sort sort;
        private final List<Part> parts;
        private final Target target;

        Define(Position position, String name, Sort sort, List<Part> parts, Target target) {
            super(position);
            this.name = name;
            this.sort = sort;
            this.parts = List.copyOf(parts);
            this.target = target;
        }

        @Override
        int run(Frame frame) {
            target.store(frame, sort == Sort.ENUMERATION ? enumeration(frame) : new Value(model(frame)));
            return NEXT;
        }

        /** Which of its members are the same one is told by who may know all of their values. */
        private Value enumeration(Frame frame) {
            SequencedMap<String, Value> members = new LinkedHashMap<>();
            Label label = Label.BOTTOM;
            for (Part each : parts) {
                Value value = java.util.Objects.requireNonNull(each.value()).run(frame);
                label = label.join(Labels.deep(value));
                members.put(each.name(), value);
            }
            Value made = new Value(Type.enumeration(name, members));
            return label.isBottom() ? made : made.raised(label).outlined(Outline.of(Kind.TYPE, 8));
        }

        private Type model(Frame frame) {
            List<Type.Field> fields = new ArrayList<>();
            for (Part each : parts) {
                fields.add(new Type.Field(
                        each.name(), each.value() == null ? null : each.value().run(frame)));
            }
            return Type.model(name, fields);
        }

        @Override
        void walk(Walk walk) {
            if (!walk.live()) {
                return;
            }
            // The type itself is made where the class is run; the walk makes one of its own from what is public.
            Label label = Label.BOTTOM;
            Map<String, Value> known = new LinkedHashMap<>();
            for (Part each : parts) {
                if (each.value() != null) {
                    Shadow shadow = each.value().walk(walk);
                    label = label.join(walk.deep(shadow));
                    if (shadow.known() != null) {
                        known.put(each.name(), shadow.known());
                    }
                }
            }
            target.walk(walk, walk.sites().type(this, () -> made(known)).raised(label));
        }

        private @Nullable Type made(Map<String, Value> known) {
            if (sort == Sort.ENUMERATION) {
                if (known.size() < parts.size()) {
                    return null;
                }
                return Type.enumeration(name, new LinkedHashMap<>(known));
            }
            List<Type.Field> fields = new ArrayList<>();
            for (Part each : parts) {
                if (each.value() != null && !known.containsKey(each.name())) {
                    return null;
                }
                fields.add(new Type.Field(each.name(), known.get(each.name())));
            }
            return Type.model(name, fields);
        }
    }
}

package telos.plans;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.plans.syntax.Position;
import telos.plans.values.BinaryOperation;
import telos.plans.values.Comparison;
import telos.plans.values.DictBox;
import telos.plans.values.IteratorBox;
import telos.plans.values.Kind;
import telos.plans.values.Labels;
import telos.plans.values.ListBox;
import telos.plans.values.Outline;
import telos.plans.values.PlanFailure;
import telos.plans.values.Prospect;
import telos.plans.values.Truths;
import telos.plans.values.UnaryOperation;
import telos.plans.values.Value;
import telos.plans.values.Whole;

/**
 * Operators that have a value, and those that decide which operand is one.
 *
 * <p>This file is long because it has each operator.
 */
@SuppressWarnings("ReferenceEquality") // the same object is the quick way; equal ones take the slow one
final class Operators {
    private Operators() {}

    /** What was told of the operator at one place of a plan, and what came of the last few pairs of scalars there. */
    static final class Last {
        private final Recollection prospects = new Recollection();
        private final Ring<Scalars> scalars = new Ring<>();
        private @Nullable Lookup lookup;

        private @Nullable Value again(Machine machine, Value a, Value b, Scalars.Quick quick) {
            return Scalars.again(scalars, machine, a, b, quick);
        }

        private void keep(Machine machine, Value a, Value b, Prospect prospect, Value result) {
            Scalars made = Scalars.of(machine, a, b, prospect, result);
            if (made != null) {
                scalars.keep(made);
            }
        }
    }

    static Value binary(BinaryOperation operation, Last last, Frame frame, Value a, Value given, boolean augments) {
        Machine machine = frame.machine;
        Value again = last.again(machine, a, given, operation::quick);
        if (again != null) {
            return again;
        }
        Value b = augments && a.payload() instanceof ListBox ? Callables.collected(frame, given) : given;
        if (augments) {
            machine.foresee(b);
        }
        // What holds nothing is not changed in place, whatever it may be in other worlds.
        boolean inPlace = augments && !(a.isScalar() && b.isScalar());
        long steps = machine.usedSteps();
        long bytes = machine.usedBytes();
        if (inPlace && !(machine.open(a.label()) && machine.open(b.label()))) {
            return Callables.changing(
                    frame,
                    a,
                    Labels.deep(b),
                    operation.outlineInPlace(machine.known(a), machine.known(b)),
                    () -> operation.applyInPlace(machine, a, b),
                    LabelRule.BINARY_JOIN,
                    () -> List.of(b),
                    !machine.open(a.label()));
        }
        if (inPlace && (machine.fills(b) || machine.hasSecretSize(a))) {
            Callables.widen(machine, a, operation.outlineInPlace(machine.known(a), machine.known(b)));
            machine.groups.fill(a, List.of(b));
        }
        Value result;
        try {
            result = inPlace ? operation.applyInPlace(machine, a, b) : operation.apply(machine, a, b);
        } catch (PlanFailure failure) {
            throw machine.failed(
                    frame, failure, prospect(operation, last, machine, a, b, inPlace), both(a, b), steps, bytes);
        }
        if (inPlace ? machine.open(result.label()) : machine.openThroughout(result)) {
            if (inPlace) {
                machine.regard(b, steps, bytes);
            }
            return result;
        }
        Prospect prospect = prospect(operation, last, machine, a, b, inPlace);
        Value settled = machine.secret(frame, result, prospect, both(a, b), steps, bytes);
        last.keep(machine, a, b, prospect, settled);
        return machine.ruled(
                LabelRule.BINARY_JOIN, settled.isScalar() ? settled : machine.groups.made(settled, List.of(a, b)));
    }

    private static Prospect prospect(
            BinaryOperation operation, Last last, Machine machine, Value a, Value b, boolean inPlace) {
        return last.prospects.of(
                machine.known(a), machine.known(b), inPlace ? operation::outlineInPlace : operation::outline);
    }

    static Label both(Value a, Value b) {
        return Labels.deep(a).join(Labels.deep(b));
    }

    /** What two small constants come to. */
    static @Nullable Shadow folded(Walk walk, BinaryOperation operation, Shadow a, Shadow b) {
        Value x = walk.constant(a);
        Value y = walk.constant(b);
        boolean large = operation == BinaryOperation.POWER
                || operation == BinaryOperation.LEFT_SHIFT
                || operation == BinaryOperation.MODULO
                || operation == BinaryOperation.MULTIPLY;
        if (x == null || y == null || (large && !(x.payload() instanceof Whole && y.payload() instanceof Whole))) {
            return null;
        }
        if (operation == BinaryOperation.POWER || operation == BinaryOperation.LEFT_SHIFT) {
            return null;
        }
        try {
            Value value = operation.apply(Walk.FREE, x, y);
            Label label = a.label().join(b.label());
            return new Shadow(Outline.of(value), label, Set.of(), new Value(value.payload(), label), false);
        } catch (PlanFailure _) {
            return null;
        }
    }

    static final class Binary extends Expr {
        private final BinaryOperation operation;
        private final Expr left;
        private final Expr right;
        private final Last last = new Last();

        Binary(Position position, BinaryOperation operation, Expr left, Expr right) {
            super(position);
            this.operation = operation;
            this.left = left;
            this.right = right;
        }

        @Override
        Value run(Frame frame) {
            return binary(operation, last, frame, left.run(frame), right.run(frame), false);
        }

        @Override
        Shadow walk(Walk walk) {
            Shadow a = left.walk(walk);
            Shadow b = right.walk(walk);
            Shadow folded = folded(walk, operation, a, b);
            if (folded != null) {
                return folded;
            }
            Prospect prospect = operation.outline(walk.outline(a), walk.outline(b));
            return walk.comes(this, prospect, walk.deep(a).join(walk.deep(b)), List.of(a, b));
        }

        @Override
        boolean pure() {
            return left.pure() && right.pure();
        }

        @Override
        boolean looks() {
            return left.looks() && right.looks();
        }
    }

    static final class Unary extends Expr {
        private final UnaryOperation operation;
        private final Expr operand;

        Unary(Position position, UnaryOperation operation, Expr operand) {
            super(position);
            this.operation = operation;
            this.operand = operand;
        }

        @Override
        Value run(Frame frame) {
            Machine machine = frame.machine;
            Value a = operand.run(frame);
            long steps = machine.usedSteps();
            long bytes = machine.usedBytes();
            Value result;
            try {
                result = operation.apply(machine, a);
            } catch (PlanFailure failure) {
                throw machine.failed(frame, failure, operation.outline(machine.known(a)), a.label(), steps, bytes);
            }
            if (machine.open(result.label())) {
                return result;
            }
            Prospect prospect = operation.outline(machine.known(a));
            return machine.ruled(
                    LabelRule.UNARY_JOIN, machine.secret(frame, result, prospect, result.label(), steps, bytes));
        }

        @Override
        Shadow walk(Walk walk) {
            Shadow a = operand.walk(walk);
            Prospect prospect = operation.outline(walk.outline(a));
            Label label = operation == UnaryOperation.NOT ? walk.shape(a) : a.label();
            return walk.comes(this, prospect, label, List.of());
        }

        @Override
        boolean pure() {
            return operand.pure();
        }

        @Override
        boolean looks() {
            return operand.looks();
        }
    }

    static Value compare(Comparison comparison, Last last, Frame frame, Value a, Value b) {
        Machine machine = frame.machine;
        Value again = last.again(machine, a, b, comparison::quick);
        if (again != null) {
            return again;
        }
        boolean looksUp = b.payload() instanceof DictBox && comparison.isMembership();
        Lookup lookup = looksUp ? last.lookup : null;
        if (lookup != null && lookup.isLike(machine, b, a, Value.NOTHING)) {
            return lookup.isThere(machine, a, comparison == Comparison.IN);
        }
        if (comparison.isMembership()) {
            machine.foresee(b);
        }
        Value searched = comparison.isMembership() ? searched(comparison, frame, a, b) : null;
        if (searched != null) {
            return machine.ruled(LabelRule.COMPARISON_JOIN, searched);
        }
        long steps = machine.usedSteps();
        long bytes = machine.usedBytes();
        Value result;
        try {
            result = comparison.apply(machine, a, b);
        } catch (PlanFailure failure) {
            Prospect prospect = last.prospects.of(machine.known(a), machine.known(b), comparison::outline);
            throw machine.failed(frame, failure, prospect, both(a, b), steps, bytes);
        }
        if (machine.open(result.label())) {
            return result;
        }
        Prospect prospect = last.prospects.of(machine.known(a), machine.known(b), comparison::outline);
        Label operands = prospect.cannotFail() ? result.label() : both(a, b);
        Value settled = machine.secret(frame, result, prospect, operands, steps, bytes);
        if (looksUp && prospect.cannotFail() && !machine.open(a.label())) {
            last.lookup = Lookup.of(machine, b, a, Value.NOTHING, operands, settled);
        } else {
            last.keep(machine, a, b, prospect, settled);
        }
        return machine.ruled(LabelRule.COMPARISON_JOIN, settled);
    }

    /**
     * Looks for something among what may be an iterator: which is used up as far as it stands there, so that all that elements
     * are taken from is as if a secret had decided how often. Null where everybody may know how far, or it is no iterator.
     */
    private static @Nullable Value searched(Comparison comparison, Frame frame, Value a, Value b) {
        Machine machine = frame.machine;
        Outline carried = b.outline();
        boolean iterates = b.payload() instanceof IteratorBox || (carried != null && carried.may(Kind.ITERATOR));
        Label label = iterates ? both(a, b) : Label.BOTTOM;
        if (!iterates || machine.open(label)) {
            return null;
        }
        return machine.decided(
                frame,
                label,
                null,
                List.of(),
                walk -> compare(comparison, walk, comparison, walk.lift(a), walk.lift(b)),
                () -> comparison.apply(machine, a, b));
    }

    static Shadow compare(Comparison comparison, Walk walk, Object site, Shadow a, Shadow b) {
        Value x = walk.constant(a);
        Value y = walk.constant(b);
        if (x != null && y != null) {
            try {
                Value value = comparison.apply(Walk.FREE, x, y);
                Label label = a.label().join(b.label());
                return new Shadow(Outline.of(value), label, Set.of(), new Value(value.payload(), label), false);
            } catch (PlanFailure _) {
                // It surely fails, and is walked as whatever fails.
            }
        }
        if (comparison.isMembership()) {
            walk.draining(b);
        }
        Prospect prospect = comparison.outline(walk.outline(a), walk.outline(b));
        Label label = comparison == Comparison.IS || comparison == Comparison.IS_NOT
                ? a.label().join(b.label())
                : walk.deep(a).join(walk.deep(b));
        Shadow result = walk.comes(site, prospect, label, List.of());
        if (comparison.isMembership()) {
            walk.drained(b, label);
        }
        return result;
    }

    static final class Compare extends Expr {
        private final Comparison comparison;
        private final Expr left;
        private final Expr right;
        private final Last last = new Last();

        Compare(Position position, Comparison comparison, Expr left, Expr right) {
            super(position);
            this.comparison = comparison;
            this.left = left;
            this.right = right;
        }

        @Override
        Value run(Frame frame) {
            return compare(comparison, last, frame, left.run(frame), right.run(frame));
        }

        @Override
        Shadow walk(Walk walk) {
            Shadow a = left.walk(walk);
            return compare(comparison, walk, this, a, right.walk(walk));
        }

        @Override
        boolean pure() {
            return left.pure() && right.pure();
        }

        @Override
        boolean looks() {
            return left.looks() && right.looks();
        }
    }

    /** {@code a < b < c}: what stands behind is evaluated only where what stands before holds. */
    static final class Chain extends Expr {
        private final Comparison[] comparisons;
        private final Expr[] operands;
        private final Last[] last;
        private final Precedent.@Nullable Kept[] kept;

        Chain(Position position, List<Comparison> comparisons, List<Expr> operands) {
            super(position);
            this.comparisons = comparisons.toArray(Comparison[]::new);
            this.operands = operands.toArray(Expr[]::new);
            this.last = new Last[comparisons.size()];
            java.util.Arrays.setAll(last, _ -> new Last());
            this.kept = kept(this.operands);
        }

        @Override
        Value run(Frame frame) {
            Value first = operands[0].run(frame);
            return link(frame, first, 0);
        }

        private Value link(Frame frame, Value left, int at) {
            Value right = operands[at + 1].run(frame);
            Value result = compare(comparisons[at], last[at], frame, left, right);
            if (at + 1 == comparisons.length) {
                return result;
            }
            return decided(
                    frame,
                    kept[at],
                    result,
                    List.of(result, right),
                    false,
                    LabelRule.CHAIN_REGION,
                    () -> Truths.holds(result.payload()) ? link(frame, right, at + 1) : result,
                    walk -> walkLink(walk, walk.lift(right), at + 1));
        }

        @Override
        Shadow walk(Walk walk) {
            return walkLink(walk, operands[0].walk(walk), 0);
        }

        private Shadow walkLink(Walk walk, Shadow left, int at) {
            Shadow right = operands[at + 1].walk(walk);
            Shadow result = compare(comparisons[at], walk, this, left, right);
            if (at + 1 == comparisons.length) {
                return result;
            }
            return maybe(walk, result.label(), result.counting(false), () -> walkLink(walk, right, at + 1));
        }

        @Override
        boolean pure() {
            return Stream.of(operands).allMatch(Expr::pure);
        }

        @Override
        boolean looks() {
            return Stream.of(operands).allMatch(Expr::looks);
        }
    }

    /** What was kept of walks from each operand to the end; nothing where they are told from more than variables. */
    private static Precedent.@Nullable Kept[] kept(Expr[] operands) {
        Precedent.@Nullable Kept[] all = new Precedent.Kept[operands.length];
        for (int i = operands.length - 1; i >= 0 && operands[i].looks(); i--) {
            all[i] = new Precedent.Kept();
        }
        return all;
    }

    /**
     * Runs what a value decides about, in a region where not everybody may know the value.
     *
     * @param given what it comes to if nothing else is evaluated, and what else a walk lifts that is in no variable
     */
    private static Value decided(
            Frame frame,
            Precedent.@Nullable Kept kept,
            Value condition,
            List<Value> given,
            boolean ending,
            LabelRule rule,
            Supplier<Value> run,
            Function<Walk, Shadow> walk) {
        Machine machine = frame.machine;
        Label label = condition.label();
        if (label == Label.BOTTOM || machine.open(label) || !machine.rules.hold(rule)) {
            return run.get().raised(machine.rules.hold(rule) ? label : Label.BOTTOM);
        }
        return machine.decided(
                frame,
                label,
                kept,
                given,
                w -> maybe(w, label, w.lift(given.getFirst()).counting(ending), () -> walk.apply(w)),
                run);
    }

    /** What comes of something that is perhaps evaluated, else of something that is there already. */
    static Shadow maybe(Walk walk, Label label, Shadow otherwise, Supplier<Shadow> then) {
        Label before = walk.pc;
        State without = walk.fork();
        walk.pc = before.join(label);
        Shadow with = then.get();
        walk.restore(before);
        walk.state = walk.merge(without, walk.state);
        return otherwise.join(with).raised(label);
    }

    /** {@code and}, {@code or}. */
    static final class Logic extends Expr {
        private final Expr[] operands;
        private final boolean all;
        private final Precedent.@Nullable Kept[] kept;

        Logic(Position position, List<Expr> operands, boolean all) {
            super(position);
            this.operands = operands.toArray(Expr[]::new);
            this.all = all;
            this.kept = kept(this.operands);
        }

        @Override
        Value run(Frame frame) {
            return from(frame, operands[0].run(frame), 1);
        }

        private Value from(Frame frame, Value before, int at) {
            if (at == operands.length) {
                return before;
            }
            Value truth = Truths.of(before);
            boolean ends = Truths.holds(truth.payload()) != all;
            if (truth.label() == Label.BOTTOM || frame.machine.open(truth.label())) {
                Value result = ends ? before : from(frame, operands[at].run(frame), at + 1);
                return result.raised(truth.label());
            }
            return decided(
                    frame,
                    kept[at],
                    truth,
                    List.of(before),
                    !all,
                    LabelRule.SHORT_CIRCUIT_REGION,
                    () -> ends ? before : from(frame, operands[at].run(frame), at + 1),
                    walk -> walkFrom(walk, operands[at].walk(walk), at + 1));
        }

        @Override
        Shadow walk(Walk walk) {
            return walkFrom(walk, operands[0].walk(walk), 1);
        }

        private Shadow walkFrom(Walk walk, Shadow before, int at) {
            if (at == operands.length) {
                return before;
            }
            Boolean known = walk.truth(before);
            if (known != null) {
                return known != all ? before : walkFrom(walk, operands[at].walk(walk), at + 1);
            }
            Shadow otherwise = before.counting(!all);
            return maybe(walk, walk.shape(before), otherwise, () -> walkFrom(walk, operands[at].walk(walk), at + 1));
        }

        @Override
        boolean pure() {
            return Stream.of(operands).allMatch(Expr::pure);
        }

        @Override
        boolean looks() {
            return Stream.of(operands).allMatch(Expr::looks);
        }
    }

    /** {@code then if condition else otherwise}. */
    static final class Conditional extends Expr {
        private final Expr condition;
        private final Expr then;
        private final Expr otherwise;
        private final Precedent.@Nullable Kept kept;

        Conditional(Position position, Expr condition, Expr then, Expr otherwise) {
            super(position);
            this.condition = condition;
            this.then = then;
            this.otherwise = otherwise;
            this.kept = then.looks() && otherwise.looks() ? new Precedent.Kept() : null;
        }

        @Override
        Value run(Frame frame) {
            Value decision = Truths.of(condition.run(frame));
            Expr taken = Truths.holds(decision.payload()) ? then : otherwise;
            Machine machine = frame.machine;
            Label label = decision.label();
            if (label == Label.BOTTOM || machine.open(label) || !machine.rules.hold(LabelRule.CONDITIONAL_REGION)) {
                return taken.run(frame).raised(machine.rules.hold(LabelRule.CONDITIONAL_REGION) ? label : Label.BOTTOM);
            }
            return machine.decided(frame, label, kept, List.of(), w -> ways(w, label), () -> taken.run(frame));
        }

        private Shadow ways(Walk walk, Label label) {
            Label before = walk.pc;
            walk.pc = before.join(label);
            State start = walk.fork();
            Shadow one = then.walk(walk);
            State after = walk.state;
            walk.state = start;
            Shadow two = otherwise.walk(walk);
            walk.state = walk.merge(after, walk.state);
            walk.restore(before);
            return one.join(two).raised(label);
        }

        @Override
        Shadow walk(Walk walk) {
            Shadow decision = condition.walk(walk);
            Boolean known = walk.truth(decision);
            if (known != null) {
                return (known ? then : otherwise).walk(walk);
            }
            return ways(walk, walk.shape(decision));
        }

        @Override
        boolean pure() {
            return condition.pure() && then.pure() && otherwise.pure();
        }

        @Override
        boolean looks() {
            return condition.looks() && then.looks() && otherwise.looks();
        }
    }
}

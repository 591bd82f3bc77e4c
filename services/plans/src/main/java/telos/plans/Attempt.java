package telos.plans;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.plans.syntax.Position;
import telos.plans.values.ErrorKind;
import telos.plans.values.ExceptionBox;
import telos.plans.values.Kind;
import telos.plans.values.Labels;
import telos.plans.values.Outline;
import telos.plans.values.PlanFailure;
import telos.plans.values.Tuple;
import telos.plans.values.Type;
import telos.plans.values.Value;

/** {@code try}. */
final class Attempt extends Step {
    /**
     * @param types what it catches, where the plan's text tells; null where only a run tells
     * @param expression the same as it is evaluated
     */
    record Handler(@Nullable List<Type> types, @Nullable Expr expression, int slot, Block body) {}

    private final Block body;
    private final List<Handler> handlers;
    private final @Nullable Block otherwise;
    private final @Nullable Block cleanup;

    Attempt(Position position, Block body, List<Handler> handlers, @Nullable Block otherwise, @Nullable Block cleanup) {
        super(position);
        this.body = body;
        this.handlers = List.copyOf(handlers);
        this.otherwise = otherwise;
        this.cleanup = cleanup;
    }

    boolean cleans() {
        return cleanup != null;
    }

    /** Whether one of its handlers may catch one of these. */
    boolean mayCatch(Failures failures) {
        for (Handler each : handlers) {
            if (each.types() == null || failures.meets(each.types())) {
                return true;
            }
        }
        return false;
    }

    /** What its handlers surely leave of these. */
    Failures left(Failures failures) {
        List<Type> all = new ArrayList<>();
        for (Handler each : handlers) {
            if (each.types() != null) {
                all.addAll(each.types());
            }
        }
        return failures.without(all);
    }

    @Override
    int run(Frame frame) {
        Machine machine = frame.machine;
        Scope scope = machine.enter(Scope.Kind.TRY, frame, this);
        int signal = NEXT;
        PlanFailure pending = null;
        try {
            signal = body.run(frame);
            scope.guarded = false;
            if (signal == NEXT && otherwise != null) {
                signal = otherwise.run(frame);
            }
        } catch (PlanFailure failure) {
            machine.arrived(scope, failure);
            frame.at = this;
            if (scope.guarded) {
                scope.guarded = false;
                PlanFailure[] left = new PlanFailure[1];
                signal = handle(frame, scope, failure, left);
                pending = left[0];
            } else {
                pending = failure;
            }
        }
        if (cleanup != null) {
            cleanup.run(frame);
        }
        machine.leave(scope);
        if (pending != null) {
            throw pending;
        }
        return signal;
    }

    private int handle(Frame frame, Scope scope, PlanFailure failure, @Nullable PlanFailure[] left) {
        Machine machine = frame.machine;
        try {
            for (Handler each : handlers) {
                if (catches(frame, each, failure.exception().type())) {
                    if (each.slot() >= 0) {
                        Label label = machine.rules.hold(LabelRule.EXCEPTION_ESCAPE) ? failure.label() : Label.BOTTOM;
                        frame.store(each.slot(), caught(failure, label));
                    }
                    machine.handled.add(failure);
                    try {
                        return each.body().run(frame);
                    } finally {
                        machine.handled.removeLast();
                        if (each.slot() >= 0) {
                            frame.store(each.slot(), null);
                        }
                    }
                }
            }
            left[0] = failure;
        } catch (PlanFailure again) {
            machine.arrived(scope, again);
            left[0] = again;
        }
        return NEXT;
    }

    private static Value caught(PlanFailure failure, Label label) {
        Value value = new Value(failure.exception(), label);
        return value.isPublic()
                ? value
                : value.outlined(Outline.holding(
                        Kind.EXCEPTION, 4, Outline.text(Data.LONGEST_TEXT).union(Outline.ANY), null));
    }

    private boolean catches(Frame frame, Handler handler, Type raised) {
        if (handler.types() != null) {
            return Walk.isOf(raised, handler.types());
        }
        Value value = java.util.Objects.requireNonNull(handler.expression()).run(frame);
        List<Value> all = value.payload() instanceof Tuple tuple ? tuple.elements() : List.of(value);
        for (Value each : all) {
            if (!(each.payload() instanceof Type type) || type.instances() != Kind.EXCEPTION) {
                throw new PlanFailure(
                        ExceptionBox.of(
                                ErrorKind.TYPE, "catching classes that do not inherit from Exception is not allowed"),
                        frame.machine.pc.join(Labels.deep(value)));
            }
            if (raised.isWithin(type)) {
                return true;
            }
        }
        return false;
    }

    void walkCleanup(Walk walk) {
        if (cleanup != null) {
            cleanup.walk(walk);
        }
    }

    @Override
    void walk(Walk walk) {
        Label before = walk.pc;
        Walk.Exit exit = walk.enter(Scope.Kind.TRY, this);
        body.walk(walk);
        exit.guarded = false;
        if (otherwise != null && (walk.live() || walk.resuming())) {
            otherwise.walk(walk);
        }
        State end = walk.state;
        for (Handler each : handlers) {
            State caught = exit.raised;
            if (caught == null && !walk.resuming()) {
                continue;
            }
            walk.state = caught == null ? null : caught.copy();
            if (caught != null && each.slot() >= 0) {
                Shadow plain = Shadow.of(Outline.holding(Kind.EXCEPTION, 4, Outline.ANY, null), exit.extra, Set.of());
                Shadow thrown = exit.thrown;
                walk.write(
                        walk.frame,
                        each.slot(),
                        thrown == null ? plain : plain.join(thrown).unknown());
            }
            exit.unbinds = each.slot() >= 0 ? new State.Cell(walk.frame, each.slot()) : null;
            each.body().walk(walk);
            exit.unbinds = null;
            if (walk.live() && each.slot() >= 0) {
                walk.write(walk.frame, each.slot(), Shadow.UNBOUND);
            }
            end = walk.merge(end, walk.state);
        }
        walk.state = end;
        State passed = null;
        if (cleanup != null) {
            exit.cleaning = true;
            cleanup.walk(walk);
            end = walk.state;
            if (exit.passing != null) {
                walk.state = exit.passing.copy();
                cleanup.walk(walk);
                passed = walk.state;
                walk.state = end;
            }
            exit.cleaning = false;
        }
        walk.leave(exit);
        if (passed != null) {
            walk.state = passed;
            walk.escapes(exit.passingFailures, exit.passingLabel.join(exit.extra), exit.passingThrown);
            walk.state = end;
        }
        walk.restore(before);
    }
}

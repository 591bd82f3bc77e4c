package telos.plans;

import java.util.ArrayDeque;
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
            if (cleanup != null || (scope.guarded && mayCatch(failure))) {
                machine.arrived(scope, failure);
            } else {
                machine.unwind(scope);
            }
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
            int waiting = machine.waiting;
            machine.waiting += pending == null ? 0 : 1;
            try {
                cleanup.run(frame);
            } finally {
                machine.waiting = waiting;
            }
        }
        machine.leave(scope);
        if (pending != null) {
            throw pending;
        }
        return signal;
    }

    private int handle(Frame frame, Scope scope, PlanFailure failure, @Nullable PlanFailure[] left) {
        Machine machine = frame.machine;
        PlanFailure raised = failure;
        ArrayDeque<Machine.Region> regions = new ArrayDeque<>();
        try {
            for (Handler each : handlers) {
                List<Value> classes = each.types() == null ? classes(frame, each) : List.of();
                Label decides = Labels.deep(new Value(new Tuple(classes)));
                if (!machine.open(decides)) {
                    machine.mayFail(frame, Failures.of(raised.exception().type()), decides);
                    regions.push(machine.open(frame, decides, false, walk -> walkFrom(walk, each)));
                    raised = raised.raised(decides);
                }
                if (catches(each, classes, failure.exception().type())) {
                    if (each.slot() >= 0) {
                        Label label = machine.rules.hold(LabelRule.EXCEPTION_ESCAPE) ? raised.label() : Label.BOTTOM;
                        frame.store(each.slot(), caught(raised, label));
                    }
                    machine.handled.add(raised);
                    int signal;
                    try {
                        signal = each.body().run(frame);
                    } finally {
                        machine.handled.removeLast();
                        if (each.slot() >= 0) {
                            frame.store(each.slot(), null);
                        }
                    }
                    regions.forEach(machine::close);
                    return signal;
                }
            }
            regions.forEach(machine::close);
            left[0] = raised;
        } catch (PlanFailure again) {
            if (cleanup != null) {
                machine.arrived(scope, again);
            } else {
                machine.unwind(scope);
            }
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

    private boolean mayCatch(PlanFailure failure) {
        for (Handler each : handlers) {
            List<Type> types = each.types();
            if (types == null || Walk.isOf(failure.exception().type(), types)) {
                return true;
            }
        }
        return false;
    }

    /** The exceptions that a handler catches, where only a run tells. */
    private static List<Value> classes(Frame frame, Handler handler) {
        Value value = java.util.Objects.requireNonNull(handler.expression()).run(frame);
        List<Value> all = value.payload() instanceof Tuple tuple ? tuple.elements() : List.of(value);
        Label label = Labels.deep(value);
        if (!frame.machine.open(label)) {
            frame.machine.mayFail(frame, Failures.of(ErrorKind.TYPE), label);
        }
        List<Value> classes = new ArrayList<>();
        for (Value each : all) {
            if (!(each.payload() instanceof Type type) || type.instances() != Kind.EXCEPTION) {
                throw new PlanFailure(
                        ExceptionBox.of(
                                ErrorKind.TYPE, "catching classes that do not inherit from Exception is not allowed"),
                        frame.machine.pc.join(label));
            }
            classes.add(each.raised(value.label()));
        }
        return classes;
    }

    private static boolean catches(Handler handler, List<Value> classes, Type raised) {
        if (handler.types() != null) {
            return Walk.isOf(raised, handler.types());
        }
        for (Value each : classes) {
            if (each.payload() instanceof Type type && raised.isWithin(type)) {
                return true;
            }
        }
        return false;
    }

    /** Perhaps one of the handlers from this one on is run. */
    private void walkFrom(Walk walk, Handler first) {
        State without = walk.fork();
        State end = without;
        for (Handler each : handlers.subList(handlers.indexOf(first), handlers.size())) {
            walk.state = without.copy();
            if (each.slot() >= 0) {
                walk.write(
                        walk.frame,
                        each.slot(),
                        Shadow.of(Outline.holding(Kind.EXCEPTION, 4, Outline.ANY, null), walk.pc, Set.of()));
            }
            each.body().walk(walk);
            if (walk.live() && each.slot() >= 0) {
                walk.write(walk.frame, each.slot(), Shadow.UNBOUND);
            }
            end = walk.merge(end, walk.state);
        }
        walk.state = end;
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
            Label outside = walk.pc;
            if (caught != null && each.expression() != null && each.types() == null) {
                Label decides = walk.deep(each.expression().walk(walk));
                walk.fails(exit.failures.and(Failures.of(ErrorKind.TYPE)), decides);
                walk.pc = walk.pc.join(decides);
            }
            exit.unbinds = each.slot() >= 0 ? new State.Cell(walk.frame, each.slot()) : null;
            each.body().walk(walk);
            exit.unbinds = null;
            if (walk.live() && each.slot() >= 0) {
                walk.write(walk.frame, each.slot(), Shadow.UNBOUND);
            }
            walk.restore(outside);
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

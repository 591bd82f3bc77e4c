package telos.plans;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import telos.kernel.security.Label;
import telos.kernel.security.policy.Tally;
import telos.plans.syntax.Plan;
import telos.plans.syntax.Position;
import telos.plans.values.BudgetSpent;
import telos.plans.values.Builtins;
import telos.plans.values.PlanFailure;
import telos.plans.values.Value;

/** Checks and runs plans. */
@SuppressWarnings("TypeNameShadowing")
public final class Plans {
    /** The stack that plans of the deepest nesting need. */
    private static final long STACK = 512L << 20;

    private Plans() {}

    /** What a plan might be denied in some world that looks like this one to those who hear of its effects. */
    public static Checked check(Plan plan, World world, Limits limits) {
        return apart(() -> analysed(plan, world, limits, Rules.ALL), Plans::tooInvolved);
    }

    /** Runs a plan to its end. */
    public static Outcome run(Plan plan, World world, Listener listener, Limits limits) {
        return run(plan, world, listener, limits, Rules.ALL);
    }

    /**
     * Runs a plan to its end, and tells who may know of that.
     *
     * @param decided the label of what decided that it is run at all
     * @param taken of the limits of the world's policy by runs before it for the same request
     */
    public static Ending end(
            Plan plan, World world, Listener listener, Limits limits, Label decided, Optional<Tally> taken) {
        return ended(plan, world, listener, limits, Rules.ALL, decided, taken);
    }

    static Outcome run(Plan plan, World world, Listener listener, Limits limits, Rules rules) {
        return ended(plan, world, listener, limits, rules, Label.BOTTOM, Optional.empty())
                .outcome();
    }

    private static Ending ended(
            Plan plan,
            World world,
            Listener listener,
            Limits limits,
            Rules rules,
            Label decided,
            Optional<Tally> taken) {
        return apart(
                () -> carriedOut(plan, world, listener, limits, rules, decided, taken),
                () -> spent(Optional.empty(), "more memory than there is"));
    }

    /**
     * In a thread of its own, whose stack suffices for whatever the parser lets through. Whoever waits for it may be
     * interrupted: then it ends soon.
     *
     * @param exhausted what it came to where there was no memory left, whoever took it
     */
    private static <T> T apart(Supplier<T> work, Supplier<T> exhausted) {
        AtomicReference<T> result = new AtomicReference<>();
        AtomicReference<Throwable> fault = new AtomicReference<>();
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        result.set(work.get());
                    } catch (StackOverflowError | OutOfMemoryError e) {
                        System.getLogger(Plans.class.getName())
                                .log(System.Logger.Level.WARNING, "a plan was ended: {0}", e.toString());
                        result.set(exhausted.get());
                    } catch (RuntimeException | Error e) {
                        fault.set(e);
                    }
                },
                "plan",
                STACK);
        thread.setDaemon(true);
        thread.start();
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException _) {
                interrupted = true;
                thread.interrupt();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        switch (fault.get()) {
            case null -> {
                return result.get();
            }
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }

    private static Ending carriedOut(
            Plan plan,
            World world,
            Listener listener,
            Limits limits,
            Rules rules,
            Label decided,
            Optional<Tally> taken) {
        Compiler.Compiled compiled;
        try {
            compiled = Compiler.compile(plan, globals(world));
        } catch (Compiler.Refusal refusal) {
            return new Ending(new Outcome.Refused(refusal.position, refusal.words()), decided);
        }
        long deadline = System.nanoTime() + limits.time().toNanos();
        Machine machine = new Machine(world, rules, limits, listener, deadline, compiled);
        machine.progress = decided;
        Tally tally = machine.tally;
        if (tally != null) {
            taken.ifPresent(tally::resume);
        }
        Ending ending = carriedOut(compiled, machine);
        return new Ending(ending.outcome(), ending.label(), Optional.ofNullable(tally));
    }

    private static Ending carriedOut(Compiler.Compiled compiled, Machine machine) {
        try {
            compiled.body().run(machine.root);
            return new Ending(new Outcome.Ok(), reached(machine));
        } catch (Machine.Refused refused) {
            if (!machine.foresaw(machine.pc)) {
                return lost(machine, Unforeseen.end());
            }
            return new Ending(new Outcome.Denied(refused.position, refused.tool, refused.reason), reached(machine));
        } catch (Machine.Lost gone) {
            return new Ending(new Outcome.Lost(gone.position, gone.why), Label.MISSING);
        } catch (Unforeseen fault) {
            return lost(machine, fault);
        } catch (PlanFailure failure) {
            if (!machine.foresaw(machine.pc.join(failure.label()))) {
                return lost(machine, Unforeseen.failure(failure.exception().type()));
            }
            return new Ending(
                    new Outcome.Failed(
                            where(machine),
                            failure.exception().type().simpleName(),
                            failure.exception().message()),
                    reached(machine).join(failure.label()));
        } catch (BudgetSpent spent) {
            return spent(where(machine), String.valueOf(spent.getMessage()));
        }
    }

    /** What {@link Laboratory#known} tells. */
    static List<String> known(Plan plan, World world, Predicate<Label> observer, Limits limits) {
        return apart(
                () -> {
                    Compiler.Compiled compiled;
                    try {
                        compiled = Compiler.compile(plan, globals(world));
                    } catch (Compiler.Refusal _) {
                        return List.of();
                    }
                    long deadline = System.nanoTime() + limits.time().toNanos();
                    Machine machine = new Machine(world, Rules.ALL, limits, Listener.DEAF, deadline, compiled);
                    return carriedOut(compiled, machine).outcome() instanceof Outcome.Ok
                            ? machine.knowledge(observer)
                            : List.of();
                },
                List::of);
    }

    /** Nobody is told of a spent budget: what is left of it may depend on anything that the run has seen. */
    private static Ending spent(Optional<Position> position, String message) {
        return new Ending(new Outcome.Spent(position, message), Label.MISSING);
    }

    private static Label reached(Machine machine) {
        return machine.progress.join(machine.pc);
    }

    /** A run that must not go on, since what follows could tell a secret. */
    private static Ending lost(Machine machine, Unforeseen fault) {
        assert false : fault.getMessage();
        return spent(where(machine), String.valueOf(fault.getMessage()));
    }

    private static Optional<Position> where(Machine machine) {
        Step at = machine.root.at;
        return at == null ? Optional.empty() : Optional.of(at.position);
    }

    private static Checked analysed(Plan plan, World world, Limits limits, Rules rules) {
        Compiler.Compiled compiled;
        try {
            compiled = Compiler.compile(plan, globals(world));
        } catch (Compiler.Refusal refusal) {
            return new Checked(List.of(), Optional.of(refusal.position + ": " + refusal.words()));
        }
        Machine machine = new Machine(
                world,
                rules,
                limits,
                Listener.DEAF,
                System.nanoTime() + limits.time().toNanos(),
                compiled);
        Findings findings = new Findings();
        Walk walk = new Walk(machine, Label.BOTTOM, 0, findings);
        try {
            compiled.body().walk(walk);
        } catch (BudgetSpent _) {
            return tooInvolved();
        }
        return new Checked(findings.all(), Optional.empty());
    }

    private static Checked tooInvolved() {
        return new Checked(
                List.of(new Finding(new Position(1, 1), "", "", Label.BOTTOM, Machine.INVOLVED, List.of())),
                Optional.empty());
    }

    static Map<String, Value> globals(World world) {
        Map<String, Value> globals = new LinkedHashMap<>(Builtins.globals());
        globals.put("print", new Value(new ToolFunction(ToolFunction.Sort.PRINT, tool("print", List.of(), Map.of()))));
        globals.put(
                "ask",
                new Value(new ToolFunction(
                        ToolFunction.Sort.ASK,
                        tool(
                                "ask",
                                List.of(
                                        Parameter.required(ToolCalls.QUESTION),
                                        new Parameter(ToolCalls.DATA, Optional.of(Datum.NOTHING)),
                                        new Parameter(ToolCalls.SCHEMA, Optional.of(Datum.NOTHING))),
                                world.askRules()))));
        for (Tool each : world.tools().values()) {
            globals.put(each.name(), new Value(new ToolFunction(ToolFunction.Sort.TOOL, each)));
        }
        return globals;
    }

    private static Tool tool(
            String name, List<Parameter> parameters, Map<String, List<telos.kernel.security.Rule>> rules) {
        return new Tool(name, parameters, false, rules, Label.BOTTOM, new LinkedHashMap<>(), false, List.of());
    }
}

package telos.tools;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import telos.kernel.ToolSpec;
import telos.kernel.security.Label;
import telos.kernel.security.policy.Term;
import telos.tools.files.Guard;
import telos.tools.files.Target;
import telos.tools.host.Host;
import telos.tools.report.Printable;
import telos.tools.report.Unavailable;
import telos.tools.report.Units;

/**
 * Runs tool calls, each bounded in time and output. Safe for use by many threads.
 *
 * <p>A call runs on a platform thread of its own, which is interrupted and given up on when its time is over. A virtual
 * thread would not do: one that hangs in the file system keeps its carrier, and two such calls would stop every virtual
 * thread on a machine with two CPUs. A call that was given up on keeps its place among {@link #MOST_AT_ONCE} until it
 * really ends, so that hanging calls cannot pile up.
 */
public final class Toolbox {
    /** How long a call may take. */
    public static final Duration MOST_TIME = Duration.ofSeconds(5);

    /** How many calls may run at once. */
    static final int MOST_AT_ONCE = 32;

    private static final System.Logger LOG = System.getLogger(Toolbox.class.getName());

    private final Tools tools;
    private final Duration mostTime;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);

    public Toolbox(Host host, TelosView telos) {
        this(new Tools(host, telos, Path.of(System.getProperty("user.home", "/"))), MOST_TIME);
    }

    Toolbox(Tools tools, Duration mostTime) {
        this.tools = tools;
        this.mostTime = mostTime;
    }

    /** What a model is told about the tools. */
    public List<ToolSpec> specs() {
        return Catalogue.specs();
    }

    /**
     * Runs one call and returns when it is done, refused or given up on.
     *
     * @param argumentsJson a JSON object; blank for none
     * @param workingDirectory the caller's folder, absolute: what {@code .} and relative paths mean
     * @throws InterruptedException if the caller is interrupted; the call is then given up
     */
    public ToolResult call(String name, String argumentsJson, Path workingDirectory) throws InterruptedException {
        if (!workingDirectory.isAbsolute()) {
            throw new IllegalArgumentException("not an absolute folder: " + workingDirectory);
        }
        return switch (prepare(name, argumentsJson, workingDirectory)) {
            case Prepared.Refused(String why, Label _) -> new ToolResult.Failed(why);
            case Prepared.Ready ready -> run(ready, Guard.NONE);
        };
    }

    /** What is declared of the results of a tool: how far they are trusted, and who may read them. */
    public Label label(String name) {
        return Trust.of(name);
    }

    /** Whether there is such a tool. */
    public boolean knows(String name) {
        return Catalogue.tool(name).isPresent();
    }

    /** A call that was read and checked, and has not begun. */
    public sealed interface Prepared {
        /**
         * It cannot be a call of any tool here.
         *
         * @param told the label of what the reason tells of this machine
         */
        record Refused(String why, Label told) implements Prepared {}

        /**
         * It can be carried out by {@link #run}.
         *
         * @param target where its path leads and what is there; nothing if it has no path. The call is carried out there, on
         *     that, or not at all
         * @param values what a decision about it is to look at: all arguments, defaults filled in, and its path as it leads
         * @param result the label of what it will return, apart from what it was given
         */
        record Ready(
                String tool,
                Arguments arguments,
                Path workingDirectory,
                Target target,
                SequencedMap<String, Term> values,
                Label result)
                implements Prepared {}
    }

    /**
     * Reads a call and does nothing else.
     *
     * @throws InterruptedException if the caller is interrupted while it is found out where a path leads
     */
    public Prepared prepare(String name, String argumentsJson, Path workingDirectory) throws InterruptedException {
        return switch (Arguments.parse(name, argumentsJson)) {
            case Arguments.Rejected(String why) -> new Prepared.Refused(why, Label.BOTTOM);
            case Arguments.Accepted(Arguments arguments) -> {
                String asked = arguments.optionalText("path").orElse("");
                try {
                    Target target = asked.isEmpty()
                            ? new Target("", Optional.empty())
                            : bounded(name, () -> tools.leads(asked, workingDirectory));
                    yield new Prepared.Ready(
                            name, arguments, workingDirectory, target, arguments.terms(target.path()), Trust.of(name));
                } catch (GivenUp givenUp) {
                    yield new Prepared.Refused(givenUp.why(), Trust.of(name));
                } catch (ExecutionException failed) {
                    yield new Prepared.Refused(failed(name, failed).message(), Trust.of(name));
                }
            }
        };
    }

    /**
     * Carries out a call that was prepared, and returns when it is done or given up on.
     *
     * @param guard asked, and told of labels, on a thread of the call's own
     */
    public ToolResult run(Prepared.Ready call, Guard guard) throws InterruptedException {
        try {
            return OutputBound.of(bounded(
                    call.tool(),
                    () -> tools.run(call.tool(), call.arguments(), call.workingDirectory(), call.target(), guard)));
        } catch (GivenUp givenUp) {
            return new ToolResult.Failed(givenUp.why());
        } catch (ExecutionException failed) {
            return failed(call.tool(), failed);
        }
    }

    private static final class GivenUp extends Exception {
        private static final long serialVersionUID = 1L;

        GivenUp(String why) {
            super(why, null, false, false);
        }

        String why() {
            return String.valueOf(getMessage());
        }
    }

    private <T> T bounded(String name, Callable<T> work) throws GivenUp, ExecutionException, InterruptedException {
        if (!places.tryAcquire()) {
            throw new GivenUp("too many tool calls are running; try again later");
        }
        FutureTask<T> task = new FutureTask<>(work);
        try {
            Thread.ofPlatform().daemon().name("tool-" + name).start(() -> {
                try {
                    task.run();
                } finally {
                    places.release();
                }
            });
        } catch (OutOfMemoryError noThread) {
            places.release();
            throw new GivenUp(name + " could not start: this machine has no thread left");
        }
        try {
            return task.get(mostTime.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            throw new GivenUp(name + " took longer than " + Units.span(mostTime) + " and was given up");
        } finally {
            task.cancel(true);
        }
    }

    private static ToolResult.Failed failed(String name, ExecutionException failure) {
        if (failure.getCause() instanceof Unavailable unavailable) {
            return new ToolResult.Failed(unavailable.why());
        }
        LOG.log(
                System.Logger.Level.ERROR,
                "tool " + name + " failed: " + fault(failure)); // its text may hold what flowed
        return new ToolResult.Failed(
                name + " failed inside Telos: " + Printable.name(String.valueOf(failure.getCause())));
    }

    /** Its kind and where it came from. */
    private static String fault(ExecutionException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        StackTraceElement[] trace = cause.getStackTrace();
        return cause.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
    }
}

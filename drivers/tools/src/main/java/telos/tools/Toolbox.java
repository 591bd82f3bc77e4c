package telos.tools;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import telos.kernel.ToolSpec;
import telos.tools.host.Host;
import telos.tools.report.Printable;
import telos.tools.report.Report;
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
        return switch (Arguments.parse(name, argumentsJson)) {
            case Arguments.Rejected(String why) -> new ToolResult.Failed(why);
            case Arguments.Accepted(Arguments arguments) -> run(name, arguments, workingDirectory);
        };
    }

    private ToolResult run(String name, Arguments arguments, Path workingDirectory) throws InterruptedException {
        if (!places.tryAcquire()) {
            return new ToolResult.Failed("too many tool calls are running; try again later");
        }
        FutureTask<Report> task = new FutureTask<>(() -> tools.run(name, arguments, workingDirectory));
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
            return new ToolResult.Failed(name + " could not start: this machine has no thread left");
        }
        try {
            return OutputBound.of(task.get(mostTime.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException late) {
            return new ToolResult.Failed(name + " took longer than " + Units.span(mostTime) + " and was given up");
        } catch (ExecutionException failed) {
            return failed(name, failed);
        } finally {
            task.cancel(true);
        }
    }

    private static ToolResult failed(String name, ExecutionException failure) {
        if (failure.getCause() instanceof Unavailable unavailable) {
            return new ToolResult.Failed(unavailable.why());
        }
        LOG.log(System.Logger.Level.ERROR, "tool " + name + " failed", failure);
        return new ToolResult.Failed(
                name + " failed inside Telos: " + Printable.name(String.valueOf(failure.getCause())));
    }
}

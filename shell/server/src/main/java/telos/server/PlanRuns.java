package telos.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import telos.kernel.ToolSpec;
import telos.kernel.security.Label;
import telos.server.monitor.Mediator;
import telos.server.monitor.Pending;
import telos.server.monitor.Rules;
import telos.tools.Toolbox;

/**
 * Plans that run in processes of the owner's and act on this machine through the daemon: each of their calls is judged, written
 * down and carried out here, with the labels that the plan says it carries.
 */
public final class PlanRuns {
    /** How many may run at once. */
    static final int MOST = 256;

    private final Map<String, PlanRun> running = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong();
    private final Toolbox toolbox;
    private final Mediator mediator;
    private final LongSupplier nanos;
    private boolean closed;

    PlanRuns(Toolbox toolbox, Mediator mediator, LongSupplier nanos) {
        this.toolbox = toolbox;
        this.mediator = mediator;
        this.nanos = nanos;
    }

    /** What one that runs is doing. */
    public enum State {
        /** It asks nothing of the daemon. */
        RUNNING,
        /** A call of it is being carried out. */
        CALLING,
        /** A call of it waits for a person. */
        WAITING_FOR_PERSON
    }

    /**
     * One that runs.
     *
     * @param calls that it has asked for
     */
    public record Row(String id, String name, State state, long calls, long ageNanos) {}

    /** Those that run, the oldest first. */
    public List<Row> list() {
        Set<String> asking = mediator.waiting().stream().map(Pending::subject).collect(Collectors.toSet());
        return running.values().stream()
                .sorted(Comparator.comparingLong(PlanRun::number))
                .map(each -> new Row(
                        each.id(),
                        each.name(),
                        asking.contains(each.id())
                                ? State.WAITING_FOR_PERSON
                                : each.calling() ? State.CALLING : State.RUNNING,
                        each.calls(),
                        nanos.getAsLong() - each.begun()))
                .toList();
    }

    /**
     * A tool as plans see it.
     *
     * @param label what is declared of its results
     */
    public record Offered(ToolSpec spec, Label label) {}

    /** What became of the wish to begin. */
    public sealed interface Begun {
        record Running(PlanRun run) implements Begun {}

        /** The plan was checked by other rules than those that hold. */
        record Stale(Rules now) implements Begun {}

        /** As many run as may; none may any more when the daemon ends. */
        record Full() implements Begun {}
    }

    public List<Offered> tools() {
        List<Offered> offered = new ArrayList<>();
        toolbox.specs().forEach(each -> offered.add(new Offered(each, toolbox.label(each.name()))));
        return offered;
    }

    /** The rules that hold now. */
    public Rules rules() {
        return mediator.rules();
    }

    /**
     * A plan begins.
     *
     * @param name what people call it
     * @param workingDirectory against which the tools read relative paths
     * @param stamp of the rules that it was checked by
     * @param asked hears what a person has to answer; the plan waits meanwhile
     */
    public synchronized Begun begin(String name, Path workingDirectory, String stamp, Consumer<Pending> asked) {
        Rules now = mediator.rules();
        if (!now.stamp().equals(stamp)) {
            return new Begun.Stale(now);
        }
        if (closed || running.size() >= MOST) {
            return new Begun.Full();
        }
        long number = last.incrementAndGet();
        String id = "plan-" + number;
        PlanRun run = new PlanRun(
                number,
                nanos.getAsLong(),
                mediator.enter(id, name, stamp, asked),
                workingDirectory,
                toolbox,
                mediator,
                running::remove);
        running.put(id, run);
        return new Begun.Running(run);
    }

    /** The daemon ends, and they with it. */
    public void close() {
        synchronized (this) {
            closed = true;
        }
        List.copyOf(running.values()).forEach(PlanRun::close);
    }

    /** One that has begun and not ended. */
    public Optional<PlanRun> find(String id) {
        return Optional.ofNullable(running.get(id));
    }
}

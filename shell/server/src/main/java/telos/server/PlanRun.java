package telos.server;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import telos.kernel.security.Label;
import telos.kernel.security.policy.Term;
import telos.server.monitor.Mediator;
import telos.server.monitor.Reach;
import telos.server.monitor.Subject;
import telos.server.monitor.Wanted;
import telos.tools.ToolResult;
import telos.tools.Toolbox;
import telos.tools.files.Guard;

/** One plan that runs elsewhere and acts here. When it ends, whatever it waits for ends too. */
public final class PlanRun implements AutoCloseable {
    private final long number;
    private final long begun;
    private final Subject subject;
    private final Path workingDirectory;
    private final Toolbox toolbox;
    private final Mediator mediator;
    private final BiConsumer<String, PlanRun> ended;
    private final Set<Thread> calling = new HashSet<>();
    private long calls;
    private boolean closed;

    /**
     * One that begins.
     *
     * @param number by which those of one daemon are ordered
     * @param begun when, by the clock of whoever lists them
     */
    PlanRun(
            long number,
            long begun,
            Subject subject,
            Path workingDirectory,
            Toolbox toolbox,
            Mediator mediator,
            BiConsumer<String, PlanRun> ended) {
        this.number = number;
        this.begun = begun;
        this.subject = subject;
        this.workingDirectory = workingDirectory;
        this.toolbox = toolbox;
        this.mediator = mediator;
        this.ended = ended;
    }

    public String id() {
        return subject.id();
    }

    /** What people call it. */
    String name() {
        return subject.name();
    }

    long number() {
        return number;
    }

    long begun() {
        return begun;
    }

    /** How many calls it has asked for. */
    synchronized long calls() {
        return calls;
    }

    /** Whether a call of it goes on, or waits. */
    synchronized boolean calling() {
        return !calling.isEmpty();
    }

    /** What a call came to. */
    public sealed interface Called {
        /**
         * The tool did its work.
         *
         * @param label of the whole result
         */
        record Returned(String text, Label label) implements Called {}

        /** The tool could not do it. */
        record Failed(String why) implements Called {}

        /** It was not carried out; the reason is for the plan's owner. */
        record Denied(String why) implements Called {}

        /** The plan has ended, so nothing was done. */
        record Over() implements Called {}

        /** The plan has ended while the tool was at work, which may have done it. */
        record Cut() implements Called {}
    }

    /**
     * Has a call judged, and carried out if it may be.
     *
     * @param arguments a JSON object
     * @param context what decided that the call is made
     * @param labels of every argument that is given; one that is not given may have one as well, for that it is not
     */
    public Called call(String tool, String arguments, Label context, Map<String, Label> labels)
            throws InterruptedException {
        if (!enter()) {
            return new Called.Over();
        }
        AtomicBoolean begun = new AtomicBoolean();
        try {
            return switch (toolbox.prepare(tool, arguments, workingDirectory)) {
                case Toolbox.Prepared.Refused(String why, Label told) -> {
                    String known = toolbox.knows(tool) ? tool : "no tool of ours";
                    mediator.unjudged(subject, new Wanted(known, new LinkedHashMap<>(), labels, context, told));
                    yield new Called.Failed(why);
                }
                case Toolbox.Prepared.Ready ready -> {
                    Label asked = context;
                    for (Label each : labels.values()) {
                        asked = asked.join(each);
                    }
                    Wanted wanted = new Wanted(tool, ready.values(), labels(ready, labels), context, ready.result());
                    Label declared = asked.join(ready.result());
                    yield switch (mediator.perform(subject, wanted, reach -> {
                        begun.set(true);
                        return carriedOut(ready, reach, declared);
                    })) {
                        case Mediator.Outcome.Refused<Called>(String why) -> new Called.Denied(why);
                        case Mediator.Outcome.Done<Called>(Called called) -> called;
                    };
                }
            };
        } catch (InterruptedException e) {
            if (!over()) {
                throw e;
            }
            return begun.get() ? new Called.Cut() : new Called.Over();
        } finally {
            leave();
        }
    }

    /** What was left out, and is filled in by the tool, is no secret. */
    private static Map<String, Label> labels(Toolbox.Prepared.Ready ready, Map<String, Label> given) {
        Map<String, Label> labels = new LinkedHashMap<>();
        ready.values().keySet().forEach(each -> labels.put(each, Label.BOTTOM));
        labels.putAll(given);
        return labels;
    }

    private Called carriedOut(Toolbox.Prepared.Ready call, Reach reach, Label declared) throws InterruptedException {
        Heard heard = new Heard(reach);
        return switch (toolbox.run(call, heard)) {
            case ToolResult.Output(String text, boolean _) -> new Called.Returned(text, declared.join(heard.label()));
            case ToolResult.Failed(String why) ->
                new Called.Failed(
                        heard.label().flowsInto(declared)
                                ? why
                                : call.tool() + " failed, and why is not for whoever may know that it did");
        };
    }

    /** Lets be read what the judgement covers, and joins what was read. */
    private static final class Heard implements Guard {
        private final Reach reach;
        private Label label = Label.BOTTOM;

        Heard(Reach reach) {
            this.reach = reach;
        }

        @Override
        public boolean mayOpen(Path entry) {
            return reach.covers("path", new Term.Text(entry.toString()));
        }

        @Override
        public synchronized void read(Label stored) {
            label = label.join(stored);
        }

        synchronized Label label() {
            return label;
        }
    }

    /** Whether it has ended. */
    public synchronized boolean over() {
        return closed;
    }

    private synchronized boolean enter() {
        if (!closed) {
            calling.add(Thread.currentThread());
            calls++;
        }
        return !closed;
    }

    /** The last one out of a plan that has ended forgets it; what interrupted the call is not for what comes after it. */
    private void leave() {
        boolean last;
        synchronized (this) {
            calling.remove(Thread.currentThread());
            last = closed && calling.isEmpty();
            if (closed) {
                Thread.interrupted();
            }
        }
        if (last) {
            mediator.leave(subject);
        }
    }

    /** It has ended: calls that wait for a person, or are being carried out, are interrupted. */
    @Override
    public void close() {
        boolean idle;
        synchronized (this) {
            closed = true;
            calling.forEach(Thread::interrupt);
            idle = calling.isEmpty();
        }
        ended.accept(id(), this);
        if (idle) {
            mediator.leave(subject);
        }
    }
}

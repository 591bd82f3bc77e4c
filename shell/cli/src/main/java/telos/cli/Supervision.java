package telos.cli;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import telos.cli.wire.Json;
import telos.devices.linux.Child;
import telos.devices.linux.CpuSet;
import telos.devices.linux.Launch;
import telos.devices.linux.Signal;
import telos.devices.linux.Terminal;

/**
 * One program from its start to its end: it is started, the daemon is asked to give it its share for as long as it runs,
 * signals and the terminal are passed on, and its status is handed back.
 *
 * <p>At a terminal it is a job as its shell expects one: the program's group has the keys while this one has them, and
 * when the program is stopped by a key this process gives the terminal back and stops too, until the shell continues it.
 */
final class Supervision {
    /** As env(1), nohup(1) and timeout(1) say that they themselves failed. */
    private static final int NOT_BEGUN = 125;

    private static final int SIGNALLED = 128;

    /** What is wished for a program. */
    record Wish(String name, long weight, long priority, Optional<CpuSet> cpus, String by) {
        /** The body of the request for it. */
        Json body(Child child) {
            return Json.object(
                    "pid", child.process(),
                    "name", name,
                    "weight", weight,
                    "priority", priority,
                    "cpus", cpus.orElseGet(CpuSet::allowed).toString(),
                    "by", by);
        }
    }

    private final Session session;
    private final Home home;
    private final DaemonClient client;
    private final Wish wish;

    Supervision(Session session, Home home, Wish wish) {
        this.session = session;
        this.home = home;
        this.client = new DaemonClient(home);
        this.wish = wish;
    }

    /** Runs the program; returns the status to end with. */
    int run(List<String> words) throws CommandException {
        prepare();
        Inheritance inheritance = Inheritance.of(session, words);
        Optional<Terminal> terminal = Terminal.own();
        @Nullable Child child = null;
        boolean given = terminal.filter(Terminal::ours).isPresent() && Terminal.alone();
        try (PassedOn signals = new PassedOn(terminal.isPresent() && !given)) {
            Launch.Outcome outcome = new Launch()
                    .start(
                            inheritance.words(),
                            inheritance.environment(),
                            wish.cpus(),
                            terminal.isPresent() ? Launch.Place.GROUP : Launch.Place.SESSION,
                            given ? terminal : Optional.empty());
            switch (outcome) {
                case Launch.Failed(int status, String why) -> throw CommandException.ended(status, why);
                case Launch.Started(Child started) -> {
                    child = started;
                    signals.to(started);
                    return supervise(started, terminal, given);
                }
            }
        } finally {
            if (child != null) {
                child.reap();
            }
        }
    }

    /** Finds the daemon or starts it, and makes sure that it can do what is wished, while nothing has begun. */
    private void prepare() throws CommandException {
        try {
            new DaemonStart(session, home).ensure(List.of("up", "--idle-exit", "600"));
            Json group = client.fetch("/programs").at("cgroup");
            if (wish.by().equals("cgroup") && !group.at("usable").flag()) {
                throw CommandException.failed("no control group can be used here, because "
                        + group.at("why").text("the daemon knows of none") + "; --by stop needs none");
            }
        } catch (CommandException e) {
            throw CommandException.ended(NOT_BEGUN, String.valueOf(e.getMessage()));
        }
    }

    private int supervise(Child child, Optional<Terminal> terminal, boolean given) {
        boolean job = given;
        try (ProgramLease _ = new ProgramLease(client, wish, child, session.err())) {
            while (true) {
                switch (child.await(terminal.isPresent())) {
                    case Child.Exited(int status) -> {
                        return status;
                    }
                    case Child.Killed(int signal) -> {
                        return SIGNALLED + signal;
                    }
                    case Child.Stopped(int signal) -> {
                        if (signal != Signal.STOP.number()) { // which is how the daemon takes turns
                            job = stopped(child, terminal.orElseThrow(), signal, job);
                        }
                    }
                }
            }
        } finally {
            if (job) {
                terminal.ifPresent(each -> each.takeBackFrom(child));
            }
        }
    }

    /** Returns whether the program has the terminal now. */
    private static boolean stopped(Child child, Terminal terminal, int signal, boolean job) {
        boolean wantsKeys = signal == Signal.TTIN.number() || signal == Signal.TTOU.number();
        if (!wantsKeys || job || !terminal.ours()) {
            terminal.takeBackFrom(child);
            if (!terminal.stopSelf() && wantsKeys && !terminal.ours()) {
                return job; // nobody here will ever give it the keys, so it waits for whoever continues it
            }
        }
        boolean now = terminal.ours() && (job || wantsKeys);
        if (now) {
            terminal.giveTo(child);
        }
        child.signal(Signal.CONT);
        return job || now;
    }
}

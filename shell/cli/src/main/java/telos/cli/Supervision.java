package telos.cli;

import java.util.List;
import java.util.Optional;
import org.jline.utils.Signals;
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
    /** What others send to this process and mean the program. The JVM keeps SIGQUIT for itself. */
    private static final List<Signal> PASSED_ON =
            List.of(Signal.HUP, Signal.INT, Signal.TERM, Signal.USR1, Signal.USR2, Signal.ALRM, Signal.CONT);

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
        boolean given = terminal.filter(Terminal::ours).isPresent() && Terminal.alone();
        Launch.Outcome outcome = new Launch()
                .start(
                        inheritance.words(),
                        inheritance.environment(),
                        wish.cpus(),
                        terminal.isPresent() ? Launch.Place.GROUP : Launch.Place.SESSION,
                        given ? terminal : Optional.empty());
        return switch (outcome) {
            case Launch.Failed(int status, String why) -> throw CommandException.ended(status, why);
            case Launch.Started(Child child) -> supervise(child, terminal, given);
        };
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
        for (Signal signal : PASSED_ON) {
            if (!Inheritance.ignored(signal)) {
                Signals.register(signal.name(), () -> child.signal(signal));
            }
        }
        boolean job = given;
        if (terminal.isPresent() && !job) {
            Signals.register("TSTP", () -> child.signal(Signal.TSTP));
        }
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
            child.reap();
        }
    }

    /** Returns whether the program has the terminal now. */
    private static boolean stopped(Child child, Terminal terminal, int signal, boolean job) {
        boolean wantsKeys = signal == Signal.TTIN.number() || signal == Signal.TTOU.number();
        if (!wantsKeys || job || !terminal.ours()) {
            terminal.takeBackFrom(child);
            terminal.stopSelf();
        }
        boolean now = terminal.ours() && (job || wantsKeys);
        if (now) {
            terminal.giveTo(child);
        }
        child.signal(Signal.CONT);
        return job || now;
    }
}

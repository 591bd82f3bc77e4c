package telos.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import telos.cli.DaemonClient.Absent;
import telos.cli.DaemonClient.Presence;
import telos.cli.DaemonClient.Ready;
import telos.cli.DaemonClient.Starting;

/** {@code telos down}: ends the daemon and waits until it is gone. */
final class DownCommand implements Command {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    public CommandSpec spec() {
        return Syntax.command("down", "Stop the daemon.", "telos down");
    }

    @Override
    public int run(ParseResult arguments, Session session) throws CommandException {
        Home home = session.home();
        DaemonClient client = new DaemonClient(home);
        Presence presence = client.presence();
        if (presence instanceof Absent) {
            session.out().println("no daemon is running in " + home.folder());
            return 0;
        }
        long pid = switch (presence) {
            case Ready(var health) -> health.at("pid").number(0);
            case Absent _, Starting _ -> noted(home);
        };
        client.send("POST", "/shutdown");
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (answers(home, client) || alive(pid)) {
            if (System.nanoTime() > deadline) {
                throw CommandException.failed("the daemon" + (pid > 0 ? " (process " + pid + ")" : "")
                        + " was asked to leave and has not, for " + PATIENCE.toSeconds() + " s; see: telos logs");
            }
            pause();
        }
        session.out().println("the daemon is down");
        return 0;
    }

    /** Whether somebody is there still, if only to break the connection off. */
    private static boolean answers(Home home, DaemonClient client) {
        try {
            return Files.exists(home.socket()) && !(client.presence() instanceof Absent);
        } catch (CommandException _) {
            return true;
        }
    }

    private static boolean alive(long pid) {
        return pid > 0
                && pid != ProcessHandle.current().pid()
                && ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }

    private static long noted(Home home) {
        try {
            return Long.parseLong(Files.readString(home.pid()).strip());
        } catch (IOException | NumberFormatException _) {
            return 0;
        }
    }

    private static void pause() throws CommandException {
        try {
            Thread.sleep(Duration.ofMillis(20));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw CommandException.failed("interrupted while the daemon was leaving");
        }
    }
}

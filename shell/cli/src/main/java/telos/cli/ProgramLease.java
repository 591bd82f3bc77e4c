package telos.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import telos.cli.wire.Exchange;
import telos.cli.wire.Json;
import telos.cli.wire.ProtocolException;
import telos.cli.wire.ServerEvents;
import telos.devices.linux.Child;
import telos.devices.linux.Guardian;
import telos.devices.linux.LinuxProcesses;
import telos.devices.linux.Processes;

/**
 * The daemon's leave to stop and continue a program: a connection that lasts as long as both do. When it ends, or nothing
 * is heard on it, the program is continued here, and the daemon, or the next one, is asked anew every second.
 */
final class ProgramLease implements AutoCloseable {
    /** The daemon speaks twice a second. */
    private static final Duration SILENCE = Duration.ofSeconds(3);

    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final DaemonClient client;
    private final Supervision.Wish wish;
    private final Child child;
    private final PrintStream err;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread;
    private boolean told;
    private boolean noted;

    ProgramLease(DaemonClient client, Supervision.Wish wish, Child child, PrintStream err) {
        this.client = client;
        this.wish = wish;
        this.child = child;
        this.err = err;
        this.thread = Thread.ofPlatform().name("lease").daemon().start(this::keep);
    }

    private void keep() {
        try {
            do {
                if (!hold()) {
                    return;
                }
            } while (!over.await(AGAIN.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Holds one lease to its end; false if the program has ended. */
    private boolean hold() {
        boolean stopped = false;
        try (Exchange exchange = client.program(wish.body(child), SILENCE)) {
            told = false;
            ServerEvents events = new ServerEvents(exchange.body());
            for (ServerEvents.Event event = events.next(); event != null; event = events.next()) {
                switch (event.name()) {
                    case "standing" ->
                        stopped = Json.parse(event.data()).at("state").text("").equals("stopped");
                    case "taken" -> note(Json.parse(event.data()).at("note").text(""));
                    case "end" -> {
                        return false;
                    }
                    case "released" -> throw CommandException.failed("the daemon has let go of it");
                    default -> {
                        // a newer daemon may tell more
                    }
                }
            }
            throw new ProtocolException("it let go of the program");
        } catch (CommandException e) {
            tell(String.valueOf(e.getMessage()));
            return true;
        } catch (IOException e) {
            tell(String.valueOf(client.lost(e).getMessage()));
            return true;
        } finally {
            if (!stopped && over.getCount() > 0) {
                resume();
            }
        }
    }

    private void note(String note) {
        if (!note.isEmpty() && !noted) {
            noted = true;
            err.println("telos: " + Paint.line(wish.name() + ": " + note));
        }
    }

    private void tell(String why) {
        if (!told && over.getCount() > 0) {
            told = true;
            err.println("telos: " + Paint.line(wish.name() + " runs without a share of its own: " + why));
        }
    }

    /** Continues what the daemon may have left stopped. */
    private void resume() {
        try (Guardian guardian = new Guardian()) {
            if (new LinuxProcesses(guardian).adopt(child.process()) instanceof Processes.Adopted(var family)) {
                family.resume();
                family.close();
            }
        }
    }

    @Override
    public void close() {
        over.countDown();
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}

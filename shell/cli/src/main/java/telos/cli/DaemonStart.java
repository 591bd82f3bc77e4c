package telos.cli;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import telos.cli.DaemonClient.Absent;
import telos.cli.DaemonClient.Presence;
import telos.cli.DaemonClient.Ready;
import telos.cli.DaemonClient.Starting;
import telos.cli.wire.Json;

/**
 * Finds the daemon of a home, or starts one and waits until it answers. A file lock is held meanwhile, so that of two
 * commands that find none, one starts it and the other uses it.
 */
final class DaemonStart {
    private static final Duration POLL = Duration.ofMillis(15);
    private static final Duration FAREWELL = Duration.ofSeconds(10);
    private static final int LOG_TAIL_BYTES = 16 * 1024;

    private final Session session;
    private final Home home;
    private final DaemonClient client;
    private final Duration patience;

    DaemonStart(Session session, Home home) {
        this(session, home, Duration.ofMinutes(5));
    }

    DaemonStart(Session session, Home home, Duration patience) {
        this.session = session;
        this.home = home;
        this.client = new DaemonClient(home);
        this.patience = patience;
    }

    /** The outcome: what the daemon says of itself, and whether it was started for this. */
    record Found(Json health, boolean started) {}

    /** Finds the daemon or starts it with these arguments to {@code telos up}. */
    Found ensure(List<String> arguments) throws CommandException {
        if (client.presence() instanceof Ready(Json health)) {
            return new Found(health, false);
        }
        home.prepare();
        long deadline = System.nanoTime() + patience.toNanos();
        try (FileChannel channel =
                        FileChannel.open(home.startLock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lock(channel, deadline)) {
            assert lock.isValid();
            Process process = null;
            boolean starting = false;
            if (client.presence() instanceof Absent) {
                process = start(arguments);
                starting = true;
            }
            return new Found(awaitReady(process, deadline), starting);
        } catch (IOException e) {
            throw CommandException.failed("cannot start the daemon in " + home.folder() + ": " + Home.reason(e));
        }
    }

    private FileLock lock(FileChannel channel, long deadline) throws IOException, CommandException {
        while (true) {
            FileLock lock = attempt(channel);
            if (lock != null) {
                return lock;
            }
            if (System.nanoTime() > deadline) {
                throw CommandException.failed("another telos command has been starting the daemon for "
                        + patience.toSeconds() + " s; see: telos logs");
            }
            pause();
        }
    }

    private static @Nullable FileLock attempt(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            return null; // another thread of this program holds it
        }
    }

    private Process start(List<String> arguments) throws CommandException {
        ProcessBuilder builder = new ProcessBuilder(session.daemon().with(arguments));
        builder.directory(home.folder().toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(session.environment());
        environment.put("TELOS_HOME", home.folder().toString());
        builder.redirectInput(Redirect.from(new File("/dev/null")));
        builder.redirectOutput(Redirect.appendTo(home.log().toFile()));
        builder.redirectErrorStream(true);
        try {
            return builder.start();
        } catch (IOException e) {
            throw CommandException.failed("cannot start the daemon: " + Home.reason(e));
        }
    }

    private Json awaitReady(@Nullable Process process, long deadline) throws CommandException, IOException {
        long began = System.nanoTime();
        boolean told = false;
        try {
            while (true) {
                switch (presence(process)) {
                    case Ready(Json health) -> {
                        return health;
                    }
                    case Absent _
                    when process == null ->
                        throw CommandException.failed("the daemon left while it was starting" + lastWords());
                    case Absent _, Starting _ -> {
                        if (process != null && !process.isAlive()) {
                            throw CommandException.failed("the daemon did not start" + lastWords());
                        }
                    }
                }
                long now = System.nanoTime();
                if (now > deadline) {
                    if (process != null) {
                        process.destroy();
                    }
                    throw CommandException.failed(
                            "the daemon did not answer within " + patience.toSeconds() + " s; see " + home.log());
                }
                if (!told && session.errTerminal() && now - began > 300_000_000) {
                    session.err().print("telos: starting the daemon …");
                    session.err().flush();
                    told = true;
                }
                pause();
            }
        } finally {
            if (told) {
                session.err().print("\r\u001b[K");
                session.err().flush();
            }
        }
    }

    /** As the client sees it; but a daemon of ours that breaks a connection off is one that is about to leave. */
    private Presence presence(@Nullable Process process) throws CommandException {
        try {
            return client.presence();
        } catch (CommandException e) {
            try {
                if (process == null || !process.waitFor(FAREWELL)) {
                    throw e;
                }
            } catch (InterruptedException _) {
                throw interrupted();
            }
            return new Absent();
        }
    }

    /** The last line that the daemon logged, which says why it left. */
    private String lastWords() {
        try (RandomAccessFile log = new RandomAccessFile(home.log().toFile(), "r")) {
            long start = Math.max(0, log.length() - LOG_TAIL_BYTES);
            byte[] tail = new byte[(int) (log.length() - start)];
            log.seek(start);
            log.readFully(tail);
            String last = new String(tail, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("WARNING: Using incubator"))
                    .reduce("", (_, line) -> line);
            return last.isEmpty()
                    ? "; it logged nothing"
                    : ": " + Paint.line(last).replaceFirst("^telos: ", "");
        } catch (IOException _) {
            return "; it logged nothing";
        }
    }

    private static void pause() throws CommandException {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException _) {
            throw interrupted();
        }
    }

    private static CommandException interrupted() {
        Thread.currentThread().interrupt();
        return CommandException.failed("interrupted while the daemon was starting");
    }
}

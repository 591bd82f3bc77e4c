package telos.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import telos.cli.wire.Json;

/** {@code telos logs}: the last lines of the daemon's log, and those that follow. */
final class LogsCommand implements Command {
    private static final int DEFAULT_LINES = 50;
    private static final int MOST_ASKED = 10_000;
    private static final int CHUNK = 64 * 1024;

    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                Syntax.command("logs", "Show the daemon's log.", "telos logs", "telos logs -n 200", "telos logs -f");
        spec.addOption(Syntax.flag("Go on showing lines as they are written.", "-f", "--follow"));
        spec.addOption(Syntax.number("N", "How many of the last lines (" + DEFAULT_LINES + ").", "-n", "--lines"));
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Session session) throws CommandException {
        Home home = session.home();
        long lines = Syntax.number(arguments, "--lines", DEFAULT_LINES, 0, 1_000_000);
        boolean follows = Syntax.given(arguments, "--follow");
        if (!follows && lines <= MOST_ASKED && asked(home, lines, session)) {
            return 0;
        }
        if (!Files.isRegularFile(home.log())) {
            throw CommandException.failed("no daemon has logged anything yet in " + home.folder());
        }
        try {
            long end;
            try (RandomAccessFile log = new RandomAccessFile(home.log().toFile(), "r")) {
                end = log.length();
                copy(log, start(log, end, lines), end, session);
            }
            if (follows) {
                follow(home, end, session);
            }
            return 0;
        } catch (IOException e) {
            throw CommandException.failed("cannot read " + home.log() + ": " + Home.reason(e));
        }
    }

    /** Lets the daemon tell; false if it does not, and the file has to be read, which may say why. */
    private static boolean asked(Home home, long lines, Session session) {
        try {
            DaemonClient client = new DaemonClient(home);
            if (client.presence() instanceof DaemonClient.Absent) {
                return false;
            }
            for (Json line : client.fetch("/logs?lines=" + lines).at("lines").items()) {
                session.out().println(Paint.clean(line.text("")));
            }
            return true;
        } catch (CommandException _) {
            return false;
        }
    }

    /** Where the last lines begin, found from the end backwards. */
    static long start(RandomAccessFile log, long end, long lines) throws IOException {
        if (lines == 0) {
            return end;
        }
        long left = lines;
        byte[] chunk = new byte[CHUNK];
        for (long at = end; at > 0; ) {
            int size = (int) Math.min(CHUNK, at);
            at -= size;
            log.seek(at);
            log.readFully(chunk, 0, size);
            for (int i = size - 1; i >= 0; i--) {
                if (chunk[i] == '\n' && at + i != end - 1 && --left <= 0) {
                    return at + i + 1;
                }
            }
        }
        return 0;
    }

    private static void copy(RandomAccessFile log, long from, long to, Session session) throws IOException {
        byte[] chunk = new byte[CHUNK];
        log.seek(from);
        for (long left = to - from; left > 0; ) {
            int count = log.read(chunk, 0, (int) Math.min(CHUNK, left));
            if (count < 0) {
                break;
            }
            ByteArrayOutputStream clean = new ByteArrayOutputStream(count);
            for (int i = 0; i < count; i++) {
                boolean steers = chunk[i] >= 0 && chunk[i] < ' ' && chunk[i] != '\n' && chunk[i] != '\t';
                clean.write(steers ? '?' : chunk[i]);
            }
            session.out().write(clean.toByteArray(), 0, clean.size());
            left -= count;
        }
        session.out().flush();
    }

    private static void follow(Home home, long shown, Session session) throws IOException {
        long end = shown;
        while (!session.out().checkError()) {
            try {
                Thread.sleep(Duration.ofMillis(200));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
            if (!Files.isRegularFile(home.log())) {
                continue;
            }
            try (RandomAccessFile log = new RandomAccessFile(home.log().toFile(), "r")) {
                long length = log.length();
                if (length < end) {
                    end = 0; // it was begun anew
                }
                copy(log, end, length, session);
                end = length;
            }
        }
    }
}

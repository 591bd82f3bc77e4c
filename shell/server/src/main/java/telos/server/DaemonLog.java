package telos.server;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;

/**
 * The daemon's log, {@code telos.log} in its home, and up to three older ones. What a detached daemon prints is appended
 * to the same file by its own handle, so a full log is copied and then emptied, never renamed.
 */
public final class DaemonLog extends Handler implements AutoCloseable {
    /** The name of the file in the home. */
    public static final String NAME = "telos.log";

    private static final long MOST_BYTES = 10_000_000;
    private static final int OLDER = 3;
    private static final int TAIL_BYTES = 1 << 20;
    private static final SimpleFormatter MESSAGES = new SimpleFormatter();

    private final Path file;
    private final long mostBytes;
    private final FileChannel out;

    private DaemonLog(Path file, long mostBytes, FileChannel out) {
        this.file = file;
        this.mostBytes = mostBytes;
        this.out = out;
    }

    /** Takes everything that is logged in this process from now on. */
    public static DaemonLog install(Path home) throws IOException {
        DaemonLog log = open(home.resolve(NAME), MOST_BYTES);
        Logger root = Logger.getLogger("");
        root.addHandler(log);
        if (log.isStandardError()) {
            for (Handler handler : root.getHandlers()) {
                if (handler instanceof ConsoleHandler) {
                    root.removeHandler(handler);
                }
            }
        }
        return log;
    }

    static DaemonLog open(Path file, long mostBytes) throws IOException {
        FileChannel out = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return new DaemonLog(file, mostBytes, out);
    }

    private boolean isStandardError() {
        try {
            return Files.isSameFile(file, Path.of("/proc/self/fd/2"));
        } catch (IOException _) {
            return false;
        }
    }

    @Override
    public synchronized void publish(@Nullable LogRecord record) {
        if (record == null || !out.isOpen()) {
            return;
        }
        try {
            if (out.size() > mostBytes) {
                rotate();
            }
            ByteBuffer line = ByteBuffer.wrap(text(record).getBytes(StandardCharsets.UTF_8));
            while (line.hasRemaining()) {
                out.write(line);
            }
        } catch (IOException e) {
            // a full disk must not stop the daemon; whoever watches standard error sees the first of it
            reportError("cannot write to " + file, e, 0);
        }
    }

    private void rotate() throws IOException {
        for (int i = OLDER; i > 1; i--) {
            try {
                Files.move(older(i - 1), older(i), StandardCopyOption.REPLACE_EXISTING);
            } catch (NoSuchFileException _) {
                // not so many yet
            }
        }
        Files.copy(file, older(1), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        out.truncate(0);
    }

    private Path older(int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }

    private static String text(LogRecord record) {
        String name = String.valueOf(record.getLoggerName());
        StringBuilder text = new StringBuilder()
                .append(record.getInstant().truncatedTo(ChronoUnit.MILLIS))
                .append(String.format(Locale.ROOT, " %-7s ", record.getLevel().getName()))
                .append(name.substring(name.lastIndexOf('.') + 1))
                .append(": ")
                .append(MESSAGES.formatMessage(record))
                .append('\n');
        if (record.getThrown() != null) {
            StringWriter trace = new StringWriter();
            record.getThrown().printStackTrace(new PrintWriter(trace));
            text.append(trace);
        }
        return text.toString();
    }

    /**
     * The last lines of a log, of at most 1 MiB together; none if there is no such file.
     *
     * @throws IOException if it cannot be read
     */
    public static List<String> tail(Path file, int lines) throws IOException {
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        byte[] bytes;
        long start;
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            long end = log.length();
            start = Math.max(0, end - TAIL_BYTES);
            log.seek(start);
            bytes = new byte[(int) (end - start)];
            log.readFully(bytes);
        }
        List<String> all = new String(bytes, StandardCharsets.UTF_8).lines().toList();
        int whole = start == 0 || all.isEmpty() ? 0 : 1; // the first one may have lost its beginning
        return all.subList(Math.max(whole, all.size() - lines), all.size());
    }

    @Override
    public void flush() {}

    @Override
    public synchronized void close() {
        Logger.getLogger("").removeHandler(this);
        try {
            out.close();
        } catch (IOException e) {
            reportError("cannot close " + file, e, 0);
        }
    }
}

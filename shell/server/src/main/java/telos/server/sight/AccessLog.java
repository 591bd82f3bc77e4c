package telos.server.sight;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lines in a file of mode 0600. When the file is full it is put aside as {@code .1}, that as {@code .2} and so on, and
 * the oldest is deleted. A line that cannot be written is counted and lost; requests go on.
 */
public final class AccessLog implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(AccessLog.class.getName());

    private final ReentrantLock lock = new ReentrantLock();
    private final Path file;
    private final long maxBytes;
    private final int aside;
    private @Nullable FileChannel channel;
    private long lost;
    private boolean closed;

    /**
     * @param maxBytes of one file
     * @param aside how many full files are kept
     */
    public AccessLog(Path file, long maxBytes, int aside) {
        this.file = file;
        this.maxBytes = maxBytes;
        this.aside = aside;
    }

    /**
     * Adds a line.
     *
     * @param line without its end
     */
    public void write(String line) {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        lock.lock();
        try {
            if (closed) {
                return;
            }
            FileChannel to = opened(bytes.remaining());
            while (bytes.hasRemaining()) {
                to.write(bytes);
            }
            if (lost > 0) {
                LOG.log(Level.WARNING, "{0} is written again; {1} lines are lost", file, lost);
                lost = 0;
            }
        } catch (IOException e) {
            if (lost++ == 0) {
                LOG.log(Level.WARNING, "{0} cannot be written: {1}; lines are lost until it can", file, e);
            }
            forget();
        } finally {
            lock.unlock();
        }
    }

    private FileChannel opened(int more) throws IOException {
        FileChannel open = channel;
        if (open != null && open.size() > 0 && open.size() + more > maxBytes) {
            open.close();
            channel = null;
            open = null;
            putAside();
        }
        if (open == null) {
            open = FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            channel = open;
            if (open.size() > 0 && open.size() + more > maxBytes) {
                return opened(more);
            }
        }
        return open;
    }

    private void putAside() throws IOException {
        for (int i = aside; i >= 1; i--) {
            Path from = i == 1 ? file : named(i - 1);
            if (Files.exists(from)) {
                Files.move(from, named(i), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (aside == 0) {
            Files.deleteIfExists(file);
        }
    }

    private Path named(int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }

    private void forget() {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "while closing {0}: {1}", file, e);
            }
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            forget();
        } finally {
            lock.unlock();
        }
    }
}

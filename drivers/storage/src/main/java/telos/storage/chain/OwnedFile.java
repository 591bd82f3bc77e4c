package telos.storage.chain;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.SyncFailedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file that its owner alone may read. It stays open when a thread that writes to it is interrupted, as a file channel
 * does not, and knows whether what stands at its path is still itself.
 */
final class OwnedFile implements AutoCloseable {
    private static final FileAttribute<?> OWNER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path path;
    private final RandomAccessFile file;
    private final @Nullable Object key;

    private OwnedFile(Path path, RandomAccessFile file, @Nullable Object key) {
        this.path = path;
        this.file = file;
        this.key = key;
    }

    /** Opens it, and makes it if it is not there. */
    static OwnedFile open(Path path) throws IOException {
        try {
            Files.createFile(path, OWNER);
        } catch (FileAlreadyExistsException _) {
            // then it is opened as it is
        }
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        try {
            return new OwnedFile(path, file, key(path));
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private static @Nullable Object key(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    Path path() {
        return path;
    }

    boolean isInItsPlace() {
        try {
            return Objects.equals(key, key(path));
        } catch (IOException _) {
            return false;
        }
    }

    long size() throws IOException {
        return file.length();
    }

    /** Writes all of it, or leaves the file as long as it was before {@code at}. */
    void write(byte[] bytes, long at) throws IOException {
        try {
            file.seek(at);
            file.write(bytes);
        } catch (IOException e) {
            try {
                file.setLength(at);
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }

    void truncate(long size) throws IOException {
        file.setLength(size);
    }

    /** Puts it on the disk. */
    void force() throws IOException {
        file.getFD().sync();
    }

    /** As {@link #force}, on another thread than that of whoever may close it. */
    void forceIfOpen() throws IOException {
        try {
            force();
        } catch (SyncFailedException e) {
            if (file.getFD().valid()) {
                throw e;
            }
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}

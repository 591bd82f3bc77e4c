package telos.storage.chain;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Appends records to a chained log. There is one writer of a folder; it makes nothing before the first record. A record is
 * in the operating system's hands when {@link #append} returns, so that it outlives the process; {@link #settle} puts it on
 * the disk. Not safe for use by several threads.
 */
public final class ChainedLog implements AutoCloseable {
    /** The longest text of a record, in bytes. */
    public static final int LONGEST = 256 * 1024;

    private static final FileAttribute<?> OWNER_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path folder;
    private final long maxBytes;
    private final int maxFiles;
    private @Nullable OwnedFile segment;
    private @Nullable OwnedFile head;
    private boolean closed;
    private long end;
    private long number;
    private String hash = Link.ROOT;

    /**
     * A log that is opened with its first record.
     *
     * @param maxBytes of one file; a record that does not fit begins the next
     * @param maxFiles the oldest beyond these is deleted
     */
    public ChainedLog(Path folder, long maxBytes, int maxFiles) {
        if (maxFiles < 2) {
            throw new IllegalArgumentException("a log needs two files or more, not " + maxFiles);
        }
        this.folder = folder;
        this.maxBytes = maxBytes;
        this.maxFiles = maxFiles;
    }

    /**
     * Adds a record.
     *
     * @param text without line ends
     * @throws IOException if it cannot be written, or the log is not what was written last; then nothing was added
     */
    public Link append(String text) throws IOException {
        if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0 || text.startsWith(Link.NOTE)) {
            throw new IllegalArgumentException("a record is one line that begins with no " + Link.NOTE);
        }
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("a record of " + text.length() + " characters is too long");
        }
        if (closed) {
            throw new IOException("the log in " + folder + " is closed");
        }
        if (segment == null) {
            open();
        }
        return add(text);
    }

    private Link add(String text) throws IOException {
        OwnedFile to = opened();
        if (!to.isInItsPlace() || to.size() != end) {
            throw new IOException(to.path()
                    + " was changed by somebody else, moved or deleted; look at it with 'telos audit verify', and start"
                    + " the daemon again");
        }
        Link link = Link.after(number + 1, hash, text);
        byte[] line = link.line().getBytes(StandardCharsets.UTF_8);
        if (end > 0 && end + line.length > maxBytes) {
            next();
            return add(text);
        }
        to.write(line, end);
        end += line.length;
        number = link.number();
        hash = link.hash();
        // At most this is behind by one record, if the process ends here.
        headFile().write(new Head(number, hash).line(), 0);
        return link;
    }

    private OwnedFile opened() throws IOException {
        OwnedFile open = segment;
        if (open == null) {
            throw new IOException("the log in " + folder + " is closed");
        }
        return open;
    }

    private OwnedFile headFile() throws IOException {
        OwnedFile open = head;
        if (open == null) {
            open = OwnedFile.open(Segments.head(folder));
            head = open;
        }
        return open;
    }

    /** Finds the end of what is there, and cuts off a last line that a crash has torn. */
    private void open() throws IOException {
        Files.createDirectories(folder, OWNER_FOLDER);
        List<Path> files = new ArrayList<>(Segments.of(folder));
        List<String> notes = new ArrayList<>();
        number = 0;
        hash = Link.ROOT;
        end = 0;
        Optional<Link> last = Optional.empty();
        Path newest = Segments.named(folder, 1);
        while (!files.isEmpty() && last.isEmpty()) {
            newest = files.removeLast();
            Tail tail = Tail.of(newest);
            if (tail.torn() > 0) {
                notes.add("# " + tail.torn() + " bytes of a torn line were cut off");
            }
            last = tail.last();
            end = tail.end();
            if (last.isEmpty() && !files.isEmpty()) {
                Files.delete(newest); // it was made, and nothing came into it
            }
        }
        Optional<String> lost = Optional.empty();
        if (last.isPresent()) {
            number = last.get().number();
            hash = last.get().hash();
        }
        long known = Head.of(folder).map(Head::number).orElse(0L);
        if (known > number) {
            lost = Optional.of("# records " + (number + 1) + " to " + known + " are missing");
            number = known;
        }
        lost.ifPresent(notes::add);
        OwnedFile opened = OwnedFile.open(newest);
        segment = opened;
        try {
            opened.truncate(end);
            for (String each : notes) {
                add(each);
            }
        } catch (IOException e) {
            segment = null;
            opened.close();
            throw e;
        }
    }

    /** Goes on in a new file, and lets the oldest go. */
    private void next() throws IOException {
        OwnedFile old = opened();
        old.force();
        OwnedFile fresh = OwnedFile.open(Segments.named(folder, number + 1));
        fresh.truncate(0);
        segment = fresh;
        end = 0;
        old.close();
        List<Path> files = Segments.of(folder);
        if (files.size() > maxFiles) {
            Path kept = files.get(files.size() - maxFiles);
            String first = kept.getFileName().toString().replace(".log", "");
            add("# the records before " + Long.parseLong(first) + " were let go");
            for (Path each : files.subList(0, files.size() - maxFiles)) {
                Files.delete(each);
            }
        }
    }

    /** Puts everything on the disk. */
    public void settle() throws IOException {
        settling().settle();
    }

    /** Puts on the disk what was added before it was asked for. */
    @FunctionalInterface
    public interface Settling {
        void settle() throws IOException;
    }

    /** What {@link #settle} does, for another thread to do beside the writer. A file that was ended since is on the disk. */
    public Settling settling() {
        OwnedFile open = segment;
        return () -> {
            if (open != null) {
                open.forceIfOpen();
            }
        };
    }

    /** Nothing can be added any more. */
    @Override
    public void close() throws IOException {
        closed = true;
        OwnedFile records = segment;
        OwnedFile last = head;
        segment = null;
        head = null;
        try (records;
                last) {
            if (records != null) {
                records.force();
            }
        }
    }
}

package telos.inference.gguf;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a model file holds: its metadata and where its tensors lie. It keeps no file open; {@link #open} does. */
public final class GgufFile {
    private final Path path;
    private final long size;
    private final Header.Contents contents;
    private final Map<String, TensorInfo> byName = new HashMap<>();

    private GgufFile(Path path, long size, Header.Contents contents) {
        this.path = path;
        this.size = size;
        this.contents = contents;
        contents.tensors().forEach(tensor -> byName.put(tensor.name(), tensor));
    }

    /** Reads and checks all but the tensors' bytes. */
    public static GgufFile read(Path path) throws GgufException {
        try (FileChannel channel = channel(path)) {
            long size = channel.size();
            String source = path.toString();
            return new GgufFile(path, size, Header.read(source, new Cursor(source, channel, size), size));
        } catch (GgufException e) {
            throw e;
        } catch (IOException e) {
            throw new GgufException(path + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** Opens the file again to read tensors; refuses when its size has changed since. */
    public TensorReader open() throws GgufException {
        FileChannel channel = channel(path);
        try {
            long now = channel.size();
            if (now != size) {
                channel.close();
                throw new GgufException(path + ": had " + size + " bytes and now has " + now
                        + ": it changed while it was being loaded. Wait until it is complete and try again");
            }
        } catch (GgufException e) {
            throw e;
        } catch (IOException e) {
            throw new GgufException(path + ": cannot be read: " + e.getMessage(), e);
        }
        return new TensorReader(path, channel);
    }

    private static FileChannel channel(Path path) throws GgufException {
        try {
            // A FIFO would block in open, a device may never end.
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                throw new GgufException(path + ": is a folder; give a .gguf file in it");
            }
            if (!attributes.isRegularFile()) {
                throw new GgufException(path + ": is not an ordinary file; give a .gguf file");
            }
            return FileChannel.open(path, StandardOpenOption.READ);
        } catch (GgufException e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw new GgufException(path + ": no such file", e);
        } catch (java.nio.file.AccessDeniedException e) {
            throw new GgufException(path + ": permission denied; make it readable for this user", e);
        } catch (IOException e) {
            throw new GgufException(path + ": cannot be opened: " + e.getMessage(), e);
        }
    }

    public Path path() {
        return path;
    }

    /** Size of the file in bytes. */
    public long size() {
        return size;
    }

    public int version() {
        return contents.version();
    }

    public Metadata metadata() {
        return contents.metadata();
    }

    /** The tensors in file order. */
    public List<TensorInfo> tensors() {
        return contents.tensors();
    }

    public Optional<TensorInfo> tensor(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}

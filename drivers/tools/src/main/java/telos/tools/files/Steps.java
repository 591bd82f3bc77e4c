package telos.tools.files;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Opens what lies at an absolute path by going there from the root, one folder at a time and through no link, so that nobody who
 * changes the path meanwhile leads anywhere else. A folder that may be passed and not listed cannot be gone through like that;
 * then the path is compared before and after.
 */
final class Steps {
    private static final String CHANGED = "it is not what was there when that was decided; ask again";

    private Steps() {}

    /** A folder; whoever asked for it closes it. */
    @SuppressWarnings("StreamResourceLeak")
    static SecureDirectoryStream<Path> folder(Path path) throws IOException {
        try {
            SecureDirectoryStream<Path> at = secure(Files.newDirectoryStream(path.getRoot()));
            for (Path name : path) {
                try (SecureDirectoryStream<Path> left = at) {
                    at = left.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
                }
            }
            return at;
        } catch (AccessDeniedException unlisted) {
            unchanged(path);
            SecureDirectoryStream<Path> at = secure(Files.newDirectoryStream(path));
            try {
                unchanged(path);
                return at;
            } catch (IOException e) {
                at.close();
                throw e;
            }
        }
    }

    /** As {@link #folder(Path)}; fails if another folder is there than the key says. */
    static SecureDirectoryStream<Path> folder(Path path, Optional<Object> key) throws IOException {
        SecureDirectoryStream<Path> folder = folder(path);
        try {
            same(folder.getFileAttributeView(BasicFileAttributeView.class), key, path);
            return folder;
        } catch (IOException e) {
            folder.close();
            throw e;
        }
    }

    /** A file, for reading; fails if another one is there than the key says. */
    static SeekableByteChannel file(Path path, Optional<Object> key) throws IOException {
        Path name = Objects.requireNonNull(path.getFileName(), "the root is no file");
        try (SecureDirectoryStream<Path> folder = folder(Objects.requireNonNull(path.getParent()))) {
            same(view(folder, name), key, path);
            return file(folder, name);
        } catch (AccessDeniedException unlisted) {
            unchanged(path);
            same(Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS), key, path);
            SeekableByteChannel file = Files.newByteChannel(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
            try {
                unchanged(path);
                return file;
            } catch (IOException e) {
                file.close();
                throw e;
            }
        }
    }

    /** A file in a folder that is open. */
    static SeekableByteChannel file(SecureDirectoryStream<Path> folder, Path name) throws IOException {
        return folder.newByteChannel(name, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }

    /** What is known of an entry of a folder that is open, and not of where it may lead. */
    static BasicFileAttributeView view(SecureDirectoryStream<Path> folder, Path name) {
        return folder.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static void same(BasicFileAttributeView view, Optional<Object> key, Path path) throws IOException {
        if (key.isPresent() && !key.get().equals(view.readAttributes().fileKey())) {
            throw changed(path);
        }
    }

    private static void unchanged(Path path) throws IOException {
        if (!path.toRealPath().equals(path)) {
            throw changed(path);
        }
    }

    static FileSystemException changed(Path path) {
        return new FileSystemException(path.toString(), null, CHANGED);
    }

    private static SecureDirectoryStream<Path> secure(DirectoryStream<Path> folder) throws IOException {
        if (folder instanceof SecureDirectoryStream<Path> secure) {
            return secure;
        }
        folder.close();
        throw new IOException("this file system cannot be gone through without following links");
    }
}

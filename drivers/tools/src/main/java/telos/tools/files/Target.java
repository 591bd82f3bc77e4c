package telos.tools.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;

/**
 * What a decision about a path was made for.
 *
 * @param path absolute, and without links as far as it existed then
 * @param key tells what was there from whatever else may be there later; empty if nothing was
 */
public record Target(String path, Optional<Object> key) {
    public Target {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(key, "key");
    }

    /** That of a path without links. */
    public static Target of(Path path) {
        try {
            return new Target(
                    path.toString(),
                    Optional.ofNullable(Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                            .fileKey()));
        } catch (IOException _) {
            return new Target(path.toString(), Optional.empty());
        }
    }
}

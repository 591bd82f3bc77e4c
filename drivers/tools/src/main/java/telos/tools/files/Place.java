package telos.tools.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import telos.tools.report.Refusals;
import telos.tools.report.Unavailable;

/**
 * A path that someone asked for.
 *
 * @param path absolute
 * @param asked as it was typed; results are shown in the same form
 * @param decided what was there when it was decided that it may be looked at; the path is the same then
 * @param guard says what below it may be opened or named
 */
public record Place(Path path, String asked, Optional<Target> decided, Guard guard) {

    Place(Path path, String asked) {
        this(path, asked, Optional.empty(), Guard.NONE);
    }

    /**
     * Resolves what was typed: {@code ~} is the home folder, and what is not absolute lies in the caller's folder.
     *
     * @param workingDirectory absolute
     */
    public static Place of(String asked, Path workingDirectory, Path home) throws Unavailable {
        if (asked.startsWith("~") && !asked.equals("~") && !asked.startsWith("~/")) {
            throw new Unavailable("home folders of other users are not looked up: " + asked + "; give the whole path");
        }
        try {
            Path path = asked.startsWith("~")
                    ? home.resolve(asked.substring(Math.min(2, asked.length())))
                    : workingDirectory.resolve(asked);
            return new Place(path, asked);
        } catch (InvalidPathException broken) {
            throw new Unavailable("not a path: " + asked + " (" + broken.getReason() + ")");
        }
    }

    /** The same place, as it was decided about. */
    public Place decided(Target target, Guard below) {
        return new Place(Path.of(target.path()), asked, Optional.of(target), below);
    }

    /** Tells what was there when it was decided; empty if nothing was, or nothing was decided. */
    Optional<Object> key() {
        return decided.flatMap(Target::key);
    }

    /** The path without links, which exists. {@code thing} says what it should be, such as {@code folder}. */
    Path real(String thing) throws Unavailable {
        try {
            Path real = path.toRealPath();
            if (decided.isPresent() && !real.equals(path)) {
                throw Refusals.of(Steps.changed(path), asked, thing);
            }
            return real;
        } catch (NoSuchFileException missing) {
            if (Files.isSymbolicLink(path)) {
                throw new Unavailable(asked + " is a link to a " + thing + " that does not exist");
            }
            throw Refusals.of(missing, asked, thing);
        } catch (IOException failed) {
            throw Refusals.of(failed, asked, thing);
        }
    }

    /** The folder, without links. */
    Path folder() throws Unavailable {
        Path real = real("folder");
        if (!Files.isDirectory(real, LinkOption.NOFOLLOW_LINKS)) {
            throw new Unavailable(asked + " is not a folder");
        }
        return real;
    }

    /** How an entry below {@link #real} is shown: what was asked for, then the way down. */
    String shown(Path real, Path entry) {
        int above = real.getNameCount();
        if (entry.getNameCount() <= above) {
            return asked;
        }
        Path below = entry.subpath(above, entry.getNameCount());
        return asked.endsWith("/") ? asked + below : asked + "/" + below;
    }
}

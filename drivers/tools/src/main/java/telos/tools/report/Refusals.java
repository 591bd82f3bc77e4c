package telos.tools.report;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Words for what the file system refuses. */
public final class Refusals {
    private Refusals() {}

    /**
     * Why a path could not be used.
     *
     * @param asked the path as it was asked for
     * @param thing what it should have been, such as {@code file}
     */
    public static Unavailable of(IOException failure, String asked, String thing) {
        String reason = failure instanceof FileSystemException known && known.getReason() != null
                ? known.getReason()
                : String.valueOf(failure.getMessage());
        return new Unavailable(
                switch (failure) {
                    case NoSuchFileException _ -> "no such " + thing + ": " + asked;
                    case AccessDeniedException _ -> asked + " may not be read: permission denied";
                    case NotDirectoryException _ -> asked + " is not a folder";
                    default ->
                        reason.startsWith("Not a directory")
                                ? "no such " + thing + ": " + asked + " (a part of the path is not a folder)"
                                : reason.startsWith("Too many levels of symbolic links")
                                        ? asked + " is a link that leads back to itself"
                                        : asked + " cannot be read: " + reason;
                });
    }
}

package telos.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** What {@code --model} means: a name, the path of a file, or the address of a model server. */
final class ModelArgument {
    private ModelArgument() {}

    /** The word that the daemon understands, which works elsewhere than here. */
    static String resolve(String given, Session session) throws CommandException {
        if (given.contains("://")) {
            if (!given.startsWith("http://") && !given.startsWith("https://")) {
                throw CommandException.usage("--model: the address of a model server starts with http:// or https://, "
                        + "this one is " + given);
            }
            return given;
        }
        boolean path =
                given.endsWith(".gguf") || given.startsWith("/") || given.startsWith("./") || given.startsWith("../");
        Path file;
        try {
            file = session.directory().resolve(given).normalize();
        } catch (InvalidPathException e) {
            throw CommandException.usage("--model: " + e.getMessage());
        }
        if (Files.isRegularFile(file)) {
            return file.toString();
        }
        if (path) {
            throw CommandException.failed(
                    Files.exists(file)
                            ? "not a model file: " + file + " is not a regular file"
                            : "no such model file: " + file + "; telos models lists those that are here");
        }
        return given;
    }
}

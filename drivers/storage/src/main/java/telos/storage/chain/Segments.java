package telos.storage.chain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of a log: each is named by the number of its first record. */
final class Segments {
    private static final Pattern NAME = Pattern.compile("[0-9]{12}\\.log");

    private Segments() {}

    /** The oldest first. */
    static List<Path> of(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            if (Files.exists(folder)) {
                throw new NotDirectoryException(folder.toString());
            }
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(
                            each -> NAME.matcher(each.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        }
    }

    static Path named(Path folder, long first) {
        return folder.resolve(String.format(Locale.ROOT, "%012d.log", first));
    }

    /** The last number and hash that were written, beside the files, so that a lost end is seen. */
    static Path head(Path folder) {
        return folder.resolve("head");
    }
}

package telos.storage.chain;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands beside the records of a log: the newest one that was written, or the one before. */
record Head(long number, String hash) {
    private static final Pattern FORM = Pattern.compile("([0-9]{18}) ([0-9a-f]{64})\n");

    byte[] line() {
        return String.format(Locale.ROOT, "%018d %s\n", number, hash).getBytes(StandardCharsets.UTF_8);
    }

    /** Empty if there is none that can be read. */
    static Optional<Head> of(Path folder) throws IOException {
        try {
            Matcher read = FORM.matcher(new String(Files.readAllBytes(Segments.head(folder)), StandardCharsets.UTF_8));
            return read.matches()
                    ? Optional.of(new Head(Long.parseLong(read.group(1)), read.group(2)))
                    : Optional.empty();
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }
}

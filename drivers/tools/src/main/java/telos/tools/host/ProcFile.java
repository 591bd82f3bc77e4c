package telos.tools.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import telos.tools.report.Unavailable;

/** Reads the small text files of procfs. Invalid UTF-8 is replaced. */
final class ProcFile {
    /** Far above what any file read here holds, {@code net/tcp} of a busy server included. */
    private static final int MOST_BYTES = 32 << 20;

    private ProcFile() {}

    static String text(Path file) throws IOException {
        return text(file, MOST_BYTES);
    }

    static String text(Path file, int mostBytes) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(mostBytes), StandardCharsets.UTF_8);
        }
    }

    /** The lines of a file that every Linux has. */
    static List<String> lines(Path file) throws Unavailable {
        try {
            return text(file).lines().toList();
        } catch (IOException missing) {
            throw new Unavailable("this machine does not let " + file + " be read, which tells this");
        }
    }

    /** The figure of a line such as {@code MemTotal:  1024 kB}, in the file's unit. */
    static OptionalLong figure(List<String> lines, String key) {
        for (String line : lines) {
            if (line.startsWith(key) && line.startsWith(":", key.length())) {
                String value = line.substring(key.length() + 1).strip();
                int end = 0;
                while (end < value.length() && Character.isDigit(value.charAt(end))) {
                    end++;
                }
                return number(value.substring(0, end));
            }
        }
        return OptionalLong.empty();
    }

    /** A number that is not negative; empty if the text is none. */
    static OptionalLong number(String text) {
        try {
            long value = Long.parseLong(text);
            return value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
        } catch (NumberFormatException notOne) {
            return OptionalLong.empty();
        }
    }
}

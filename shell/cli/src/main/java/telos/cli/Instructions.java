package telos.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file of instructions for an agent; the daemon parses it.
 *
 * @param name as it was given, for messages; empty if there is no such file
 */
record Instructions(String name, String text) {
    static final Instructions NONE = new Instructions("", "");
    private static final long MAX_BYTES = 1 << 20;

    static Instructions read(String name, Session session) throws CommandException {
        try {
            Path file = session.file(name);
            if (!Files.exists(file)) {
                throw CommandException.usage("no such file of instructions: " + name);
            }
            if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
                throw CommandException.usage(
                        "not a file of instructions: " + name + " must be a text file of at most 1 MiB");
            }
            return new Instructions(name, Files.readString(file, StandardCharsets.UTF_8));
        } catch (CharacterCodingException _) {
            throw CommandException.usage("not a file of instructions: " + name + " is not UTF-8 text");
        } catch (IOException e) {
            throw CommandException.failed("cannot read " + name + ": " + Home.reason(e));
        }
    }

    boolean present() {
        return !name.isEmpty();
    }

    /** The text below the head, empty if there is none. */
    String body() {
        List<String> lines = text.lines().toList();
        int end = 1;
        while (end < lines.size() && !lines.get(end).strip().equals("---")) {
            end++;
        }
        return end >= lines.size()
                ? ""
                : String.join("\n", lines.subList(end + 1, lines.size())).strip();
    }
}

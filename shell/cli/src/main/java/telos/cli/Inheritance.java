package telos.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import telos.devices.linux.Signal;

/**
 * What a program gets of what this process was started with: its words and its environment as the very bytes that they came
 * in, whatever their encoding, and without what the launcher has added for itself. The launcher names what it has added in
 * {@code TELOS_ADDED}, and keeps what it has replaced in {@code TELOS_WAS_}NAME.
 */
record Inheritance(List<byte[]> words, List<byte[]> environment) {
    private static final Set<String> OURS = Set.of("TELOS_LAUNCHER", "TELOS_ROOT", "TELOS_ADDED");
    private static final String KEPT = "TELOS_WAS_";

    static Inheritance of(Session session, List<String> words) {
        return new Inheritance(words(words, entries("/proc/self/cmdline")), environment(given(session)));
    }

    /** The end of this process's own command line, if it is these words; else the words in UTF-8. */
    static List<byte[]> words(List<String> words, List<byte[]> line) {
        List<byte[]> own = line.subList(Math.max(0, line.size() - words.size()), line.size());
        boolean same = own.size() == words.size();
        for (int i = 0; same && i < own.size(); i++) {
            String word = words.get(i);
            same = text(own.get(i)).equals(word) || word.indexOf('\ufffd') >= 0;
        }
        return same ? own : words.stream().map(Inheritance::bytes).toList();
    }

    private static List<byte[]> given(Session session) {
        Map<String, String> seen = session.environment();
        if (seen.equals(System.getenv())) {
            return entries("/proc/self/environ");
        }
        List<byte[]> entries = new ArrayList<>();
        seen.forEach((name, value) -> entries.add(bytes(name + "=" + value)));
        return entries;
    }

    /** Takes off what the launcher has put on. */
    static List<byte[]> environment(List<byte[]> given) {
        Set<String> without = new HashSet<>(OURS);
        for (byte[] entry : given) {
            if (name(entry).equals("TELOS_ADDED")) {
                without.addAll(Arrays.asList(
                        text(entry).substring("TELOS_ADDED=".length()).split(" ", -1)));
            } else if (name(entry).startsWith(KEPT)) {
                without.add(name(entry).substring(KEPT.length()));
            }
        }
        List<byte[]> kept = new ArrayList<>();
        for (byte[] entry : given) {
            if (name(entry).startsWith(KEPT)) {
                kept.add(Arrays.copyOfRange(entry, KEPT.length(), entry.length));
            } else if (!without.contains(name(entry))) {
                kept.add(entry);
            }
        }
        return kept;
    }

    /** Whether this process was started with a signal ignored, as nohup(1) does; the program ignores it too then. */
    static boolean ignored(Signal signal) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"), StandardCharsets.ISO_8859_1)) {
                if (line.startsWith("SigIgn:")) {
                    long mask = Long.parseUnsignedLong(line.substring(7).strip(), 16);
                    return (mask >> (signal.number() - 1) & 1) != 0;
                }
            }
        } catch (IOException | NumberFormatException unknown) {
            return false;
        }
        return false;
    }

    private static List<byte[]> entries(String file) {
        List<byte[]> entries = new ArrayList<>();
        try {
            byte[] all = Files.readAllBytes(Path.of(file));
            int from = 0;
            for (int i = 0; i < all.length; i++) {
                if (all[i] == 0) {
                    entries.add(Arrays.copyOfRange(all, from, i));
                    from = i + 1;
                }
            }
        } catch (IOException unreadable) {
            return List.of();
        }
        return entries;
    }

    private static String name(byte[] entry) {
        String text = text(entry);
        int end = text.indexOf('=');
        return end < 0 ? text : text.substring(0, end);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

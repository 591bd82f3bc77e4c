package telos.storage.chain;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a chained log and says whether it is whole. A last line without its end is being written, or was torn: it is no record. */
public final class ChainReader {
    /** What {@link #verify} finds. */
    public sealed interface Verdict {
        /**
         * Every record follows from the one before.
         *
         * @param first the oldest that is kept; 0 if there is none
         * @param last the newest
         * @param hash of the newest
         */
        record Whole(long first, long last, String hash) implements Verdict {}

        /** Somebody has changed it, or something was lost. */
        record Broken(String where, String why) implements Verdict {}
    }

    private final Path folder;

    public ChainReader(Path folder) {
        this.folder = folder;
    }

    /** All records, the oldest first; lines that are none are left out. */
    public void each(Consumer<Link> heard) throws IOException {
        for (Path file : Segments.of(folder)) {
            lines(file, (_, line) -> Link.parse(line).ifPresent(heard));
        }
    }

    private interface Line {
        void heard(int number, String text);
    }

    private static void lines(Path file, Line heard) throws IOException {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            StringBuilder line = new StringBuilder();
            int number = 1;
            for (int c = reader.read(); c >= 0; c = reader.read()) {
                if (c == '\n') {
                    heard.heard(number++, line.toString());
                    line.setLength(0);
                } else if (line.length() <= 2 * ChainedLog.LONGEST) {
                    line.append((char) c);
                }
            }
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Follows the chain from the oldest record to the newest. */
    public Verdict verify() throws IOException {
        // The head first: beside a writer it may be behind of what is read then, and never ahead.
        Walk walk = new Walk(Head.of(folder));
        for (Path file : Segments.of(folder)) {
            lines(file, (number, line) -> walk.take(file.getFileName() + ", line " + number, line));
            if (walk.broken != null) {
                return walk.broken;
            }
        }
        return walk.end();
    }

    /** Whether a record of that hash is there. */
    public Optional<Link> find(String hash) throws IOException {
        List<Link> found = new ArrayList<>(1);
        each(link -> {
            if (link.hash().equals(hash)) {
                found.add(link);
            }
        });
        return found.stream().findFirst();
    }

    /** What was seen on the way. */
    private static final class Walk {
        private static final Pattern LET_GO = Pattern.compile("# the records before ([0-9]{1,18}) were let go");

        private final Optional<Head> head;
        private @Nullable Link before;
        private Verdict.@Nullable Broken broken;
        private long first;
        /** Before which everything was let go, as the log itself says. */
        private long letGo;

        Walk(Optional<Head> head) {
            this.head = head;
        }

        void take(String where, String line) {
            if (broken != null) {
                return;
            }
            Link link = Link.parse(line).orElse(null);
            if (link == null) {
                broken = new Verdict.Broken(where, "this is no record");
                return;
            }
            String what = "record " + link.number();
            if (!link.sound()) {
                broken = new Verdict.Broken(where, what + " is not what was written: its hash is another");
                return;
            }
            if (link.text().startsWith("# records ")) {
                broken = new Verdict.Broken(where, link.text().substring(2));
                return;
            }
            Link last = before;
            if (last == null) {
                first = link.number();
                if (first == 1 && !link.previous().equals(Link.ROOT)) {
                    broken = new Verdict.Broken(where, what + " does not begin the chain");
                }
            } else if (link.number() != last.number() + 1 || !link.previous().equals(last.hash())) {
                broken = new Verdict.Broken(
                        where,
                        what + " does not follow record " + last.number()
                                + ": records between them were taken out, or put in");
            }
            if (head.isPresent()
                    && head.get().number() == link.number()
                    && !head.get().hash().equals(link.hash())) {
                broken = new Verdict.Broken(
                        where, what + " is not the one that was written: the file 'head' has another hash for it");
                return;
            }
            Matcher note = LET_GO.matcher(link.text());
            if (note.matches()) {
                letGo = Long.parseLong(note.group(1));
            }
            before = link;
        }

        Verdict end() {
            Link last = before;
            if (broken != null) {
                return broken;
            }
            long known = head.map(Head::number).orElse(0L);
            if (last == null) {
                return known == 0
                        ? new Verdict.Whole(0, 0, Link.ROOT)
                        : new Verdict.Broken("head", "records 1 to " + known + " are missing");
            }
            if (first != 1 && first != letGo) {
                return new Verdict.Broken(
                        "the beginning",
                        "the records before " + first + " are missing, and were not let go by the log");
            }
            if (head.isEmpty() && last.number() > 1) {
                return new Verdict.Broken(
                        "head", "the file that says which record is the newest is missing, or is not what was written");
            }
            if (known > last.number()) {
                return new Verdict.Broken(
                        "the end", "records " + (last.number() + 1) + " to " + known + " are missing");
            }
            return new Verdict.Whole(first, last.number(), last.hash());
        }
    }
}

package telos.tools.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import telos.tools.report.TextMatches;
import telos.tools.report.Unavailable;

/** Searches text files for a text, literally and with case. Binary files are passed over. */
public final class TextSearch {
    /** Of a longer line only this much is searched. */
    private static final int KEEP = 1 << 18;

    private static final int SHOWN = 200;

    private final Place place;
    private final byte[] wanted;
    private final String text;
    private final int limit;
    private final Budget budget;
    private final List<TextMatches.Row> found = new ArrayList<>();
    private boolean longLines;
    private int unreadable;

    private TextSearch(String text, Place place, int limit, Budget budget) {
        this.text = text;
        this.wanted = text.getBytes(StandardCharsets.UTF_8);
        this.place = place;
        this.limit = limit;
        this.budget = budget;
    }

    public static TextMatches search(String text, Place place, int limit) throws Unavailable, InterruptedException {
        return search(text, place, limit, Budget.usual());
    }

    static TextMatches search(String text, Place place, int limit, Budget budget)
            throws Unavailable, InterruptedException {
        if (text.contains("\n")) {
            throw new Unavailable("\"text\" must be within one line; search for a part of it");
        }
        return new TextSearch(text, place, limit, budget).run();
    }

    private TextMatches run() throws Unavailable, InterruptedException {
        Path real = place.real("file or folder");
        Walk walk = new Walk(place, budget);
        if (Files.isDirectory(real, LinkOption.NOFOLLOW_LINKS)) {
            walk.from(real, entry -> {
                if (entry.isFile()) {
                    try (InputStream in = entry.stream()) {
                        StoredLabel.of(entry.path()).ifPresent(place.guard()::read);
                        file(in, place.shown(real, entry.path()));
                    } catch (IOException deniedOrGone) {
                        unreadable++;
                    }
                }
                return found.size() <= limit && budget.spent().isEmpty();
            });
        } else {
            TextFile file = TextFile.of(place);
            try (InputStream in = file.stream()) {
                if (!file(in, place.asked())) {
                    throw file.binary();
                }
            } catch (IOException failed) {
                throw file.refused(failed);
            }
        }
        boolean more = found.size() > limit;
        return new TextMatches(more ? found.subList(0, limit) : found, place.asked(), walk.cutWhy(why(more)));
    }

    private Optional<String> why(boolean more) {
        List<String> reasons = new ArrayList<>();
        if (more) {
            reasons.add("the first " + limit + ", there are more");
        }
        if (unreadable > 0) {
            reasons.add(unreadable + (unreadable == 1 ? " file" : " files") + " may not be read");
        }
        if (longLines) {
            reasons.add("very long lines were searched in part");
        }
        return reasons.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", reasons));
    }

    /** Searches one regular file; false if it is binary. */
    private boolean file(InputStream in, String shown) throws IOException, InterruptedException {
        LineReader reader = new LineReader(in, KEEP, budget);
        if (reader.isBinary()) {
            return false;
        }
        for (long line = 1; found.size() <= limit && reader.next(); line++) {
            longLines |= reader.longer();
            if (reader.indexOf(wanted) >= 0) {
                String whole = reader.text().strip();
                found.add(
                        new TextMatches.Row(shown, line, Width.around(whole, Math.max(0, whole.indexOf(text)), SHOWN)));
            }
        }
        return true;
    }
}

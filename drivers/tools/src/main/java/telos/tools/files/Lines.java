package telos.tools.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import telos.tools.report.FileLines;
import telos.tools.report.Unavailable;

/** The first and the last lines of a text file. The last lines are read from its end, so a huge file costs no more. */
public final class Lines {
    /** Bytes kept of one line: UTF-8 never makes fewer characters of them than are shown. */
    private static final int KEEP = Width.LINE * 4;

    private static final int STEP = 1 << 16;
    private static final int MOST_FROM_END = 4 << 20;

    private Lines() {}

    public static FileLines head(Place place, int lines) throws Unavailable, InterruptedException {
        TextFile file = TextFile.of(place);
        Budget budget = Budget.usual();
        try (InputStream in = file.stream()) {
            LineReader reader = new LineReader(in, KEEP, budget);
            if (reader.isBinary()) {
                throw file.binary();
            }
            List<String> found = new ArrayList<>();
            boolean longer = false;
            while (found.size() < lines && reader.next()) {
                String text = reader.text();
                longer |= reader.longer() || text.length() > Width.LINE;
                found.add(Width.first(text, Width.LINE));
            }
            return new FileLines(found, why(longer, budget));
        } catch (IOException failed) {
            throw file.refused(failed);
        }
    }

    private static Optional<String> why(boolean longer, Budget budget) {
        Optional<String> tooLong = Optional.of("lines longer than " + Width.LINE + " characters");
        return budget.spent().or(() -> longer ? tooLong : Optional.empty());
    }

    public static FileLines tail(Place place, int lines) throws Unavailable, InterruptedException {
        TextFile file = TextFile.of(place);
        try {
            return file.bytes() == 0 ? tailOfUnknownLength(file, lines) : tailFromEnd(file, lines);
        } catch (IOException failed) {
            throw file.refused(failed);
        }
    }

    /** For files that the kernel makes up, which have no length: reads all, within the budget. */
    private static FileLines tailOfUnknownLength(TextFile file, int lines)
            throws IOException, Unavailable, InterruptedException {
        Budget budget = Budget.usual();
        try (InputStream in = file.stream()) {
            LineReader reader = new LineReader(in, KEEP, budget);
            if (reader.isBinary()) {
                throw file.binary();
            }
            Deque<String> found = new ArrayDeque<>();
            boolean longer = false;
            while (reader.next()) {
                if (found.size() == lines) {
                    found.removeFirst();
                }
                longer |= reader.longer();
                found.addLast(Width.first(reader.text(), Width.LINE));
            }
            return new FileLines(List.copyOf(found), why(longer, budget));
        }
    }

    private static FileLines tailFromEnd(TextFile file, int lines)
            throws IOException, Unavailable, InterruptedException {
        Budget budget = Budget.usual();
        try (SeekableByteChannel channel = file.channel()) {
            long size = channel.size();
            byte[] start = read(channel, 0, (int) Math.min(size, 8192));
            if (TextFile.isBinary(start, start.length)) {
                throw file.binary();
            }
            byte[] window = new byte[0];
            long from = size;
            int wanted = lines + 1;
            while (from > 0 && window.length < MOST_FROM_END && breaks(window) < wanted && budget.read(STEP)) {
                int step = (int) Math.min(STEP, from);
                from -= step;
                byte[] more = read(channel, from, step);
                if (TextFile.isBinary(more, more.length)) {
                    throw file.binary();
                }
                window = joined(more, window);
            }
            return lastLines(window, from > 0, lines, budget);
        }
    }

    /** How many lines begin within the window, its own start not counted. */
    private static int breaks(byte[] window) {
        int count = 0;
        for (int i = 0; i + 1 < window.length; i++) {
            count += window[i] == '\n' ? 1 : 0;
        }
        return count;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] all = new byte[first.length + second.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    /** Fewer bytes come back if the file was shortened meanwhile. */
    private static byte[] read(SeekableByteChannel channel, long from, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        int read = 1;
        while (buffer.hasRemaining() && read > 0) {
            read = channel.position(from + buffer.position()).read(buffer);
        }
        byte[] bytes = new byte[buffer.position()];
        buffer.flip().get(bytes);
        return bytes;
    }

    /** @param moreBefore whether the window begins within the file, so that its first line may be the end of one */
    private static FileLines lastLines(byte[] window, boolean moreBefore, int lines, Budget budget) {
        Deque<String> found = new ArrayDeque<>();
        boolean longer = false;
        int end = window.length > 0 && window[window.length - 1] == '\n' ? window.length - 1 : window.length;
        boolean any = window.length > 0;
        while (any && found.size() < lines) {
            int start = end;
            while (start > 0 && window[start - 1] != '\n') {
                start--;
            }
            boolean partial = start == 0 && moreBefore;
            int stop = end > start && window[end - 1] == '\r' ? end - 1 : end;
            int keep = Math.min(stop - start, KEEP + 4);
            int first = partial ? stop - keep : start;
            String text = new String(window, first, keep, StandardCharsets.UTF_8);
            longer |= partial || text.length() > Width.LINE;
            found.addFirst(partial ? Width.last(text, Width.LINE) : Width.first(text, Width.LINE));
            any = start > 0;
            end = start - 1;
        }
        return new FileLines(List.copyOf(found), why(longer, budget));
    }
}

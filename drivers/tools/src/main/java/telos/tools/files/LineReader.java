package telos.tools.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads lines of any length in fixed memory: of each line the first bytes are kept and the rest is passed over. A line ends
 * at {@code \n}; a {@code \r} before it is no part of the line.
 */
final class LineReader {
    private final InputStream in;
    private final Budget budget;
    private final byte[] buffer = new byte[1 << 16];
    private final byte[] kept;
    private int at;
    private int end;
    private int length;
    private boolean longer;

    LineReader(InputStream in, int keepBytes, Budget budget) {
        this.in = in;
        this.budget = budget;
        this.kept = new byte[keepBytes];
    }

    /** Whether the file begins as binary files do. Only before the first {@link #next}. */
    boolean isBinary() throws IOException, InterruptedException {
        fill();
        return TextFile.isBinary(buffer, end);
    }

    /** Steps to the next line; false at the end of the file or of the budget. */
    boolean next() throws IOException, InterruptedException {
        length = 0;
        longer = false;
        boolean any = false;
        while (at < end || fill()) {
            any = true;
            int stop = at;
            while (stop < end && buffer[stop] != '\n') {
                stop++;
            }
            int part = Math.min(stop - at, kept.length - length);
            System.arraycopy(buffer, at, kept, length, part);
            length += part;
            longer |= part < stop - at;
            at = stop;
            if (stop < end) {
                at++;
                break;
            }
        }
        if (!longer && length > 0 && kept[length - 1] == '\r') {
            length--;
        }
        return any;
    }

    private boolean fill() throws IOException, InterruptedException {
        if (!budget.read(0)) {
            return false;
        }
        int read = in.read(buffer);
        at = 0;
        end = Math.max(0, read);
        return read > 0 && budget.read(read);
    }

    /** Whether the line goes on after what was kept. */
    boolean longer() {
        return longer;
    }

    /** What was kept of the line; invalid UTF-8 is replaced. */
    String text() {
        return new String(kept, 0, length, StandardCharsets.UTF_8);
    }

    /** Where {@code bytes} begin in what was kept of the line; -1 if nowhere. */
    int indexOf(byte[] bytes) {
        int last = length - bytes.length;
        for (int i = 0; i <= last; i++) {
            if (kept[i] == bytes[0] && Arrays.equals(kept, i, i + bytes.length, bytes, 0, bytes.length)) {
                return i;
            }
        }
        return -1;
    }
}

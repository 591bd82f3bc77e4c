package telos.inference.constraint;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One of some fixed texts, however many: those between two places of the sorted texts agree so far. */
final class Literals extends Rule.Leaf {
    private final byte[][] sorted;
    private final int depth;
    private final int from;
    private final int to;

    private Literals(byte[][] sorted, int depth, int from, int to) {
        super(false);
        this.sorted = sorted;
        this.depth = depth;
        this.from = from;
        this.to = to;
    }

    static Rule of(List<String> texts) {
        byte[][] sorted = texts.stream()
                .distinct()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .sorted(Arrays::compareUnsigned)
                .toArray(byte[][]::new);
        return sorted.length == 0 ? NEVER : new Literals(sorted, 0, 0, sorted.length);
    }

    @Override
    boolean ends() {
        return sorted[from].length == depth;
    }

    @Override
    long compute(int left) {
        int least = FAR;
        for (int i = from; i < to; i++) {
            least = Math.min(least, sorted[i].length - depth);
        }
        return least;
    }

    @Override
    @Nullable
    Rule derive(int value) {
        int low = edge(value);
        int high = edge(value + 1);
        return low == high ? null : new Literals(sorted, depth + 1, low, high);
    }

    /** The first place of the range whose next byte is {@code value} or above; what ends here stands before all. */
    private int edge(int value) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            int here = sorted[middle].length == depth ? -1 : sorted[middle][depth] & 0xFF;
            if (here < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}

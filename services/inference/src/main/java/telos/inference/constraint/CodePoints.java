package telos.inference.constraint;

import java.util.Arrays;
import java.util.List;

/** A set of Unicode code points as sorted ranges, halves of surrogate pairs never among them. */
final class CodePoints {
    static final int LAST = 0x10FFFF;
    static final CodePoints NONE = new CodePoints(new int[0]);
    static final CodePoints ALL = new CodePoints(new int[] {0, 0xD7FF, 0xE000, LAST});

    /** First and last of each range in turn; ranges neither meet nor overlap. */
    private final int[] ranges;

    private CodePoints(int[] ranges) {
        this.ranges = ranges;
    }

    static CodePoints range(int first, int last) {
        return new CodePoints(new int[] {first, last}).and(ALL);
    }

    static CodePoints one(int codePoint) {
        return range(codePoint, codePoint);
    }

    /** Those of the characters of a text. */
    static CodePoints of(String text) {
        return text.codePoints().mapToObj(CodePoints::one).reduce(NONE, CodePoints::or);
    }

    static CodePoints union(List<CodePoints> sets) {
        int[] all = sets.stream().flatMapToInt(set -> Arrays.stream(set.ranges)).toArray();
        long[] sorted = new long[all.length / 2];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = (long) all[2 * i] << 32 | all[2 * i + 1];
        }
        Arrays.sort(sorted);
        int[] merged = new int[all.length];
        int count = 0;
        for (long range : sorted) {
            int first = (int) (range >>> 32);
            int last = (int) range;
            if (count > 0 && first <= merged[count - 1] + 1) {
                merged[count - 1] = Math.max(merged[count - 1], last);
            } else {
                merged[count++] = first;
                merged[count++] = last;
            }
        }
        return new CodePoints(Arrays.copyOf(merged, count));
    }

    CodePoints or(CodePoints other) {
        return union(List.of(this, other));
    }

    CodePoints not() {
        int[] gaps = new int[ranges.length + 2];
        int count = 0;
        int next = 0;
        for (int i = 0; i < ranges.length; i += 2) {
            if (ranges[i] > next) {
                gaps[count++] = next;
                gaps[count++] = ranges[i] - 1;
            }
            next = ranges[i + 1] + 1;
        }
        if (next <= LAST) {
            gaps[count++] = next;
            gaps[count++] = LAST;
        }
        CodePoints others = new CodePoints(Arrays.copyOf(gaps, count));
        return others.and(ALL);
    }

    CodePoints and(CodePoints other) {
        int[] common = new int[ranges.length + other.ranges.length];
        int count = 0;
        int i = 0;
        int j = 0;
        while (i < ranges.length && j < other.ranges.length) {
            int first = Math.max(ranges[i], other.ranges[j]);
            int last = Math.min(ranges[i + 1], other.ranges[j + 1]);
            if (first <= last) {
                common[count++] = first;
                common[count++] = last;
            }
            if (ranges[i + 1] < other.ranges[j + 1]) {
                i += 2;
            } else {
                j += 2;
            }
        }
        return new CodePoints(Arrays.copyOf(common, count));
    }

    CodePoints minus(CodePoints other) {
        return and(other.not());
    }

    boolean isEmpty() {
        return ranges.length == 0;
    }

    boolean has(int codePoint) {
        int low = 0;
        int high = ranges.length / 2 - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (codePoint < ranges[2 * middle]) {
                high = middle - 1;
            } else if (codePoint > ranges[2 * middle + 1]) {
                low = middle + 1;
            } else {
                return true;
            }
        }
        return false;
    }

    /** First and last of each range in turn. The array must not be changed. */
    int[] ranges() {
        return ranges;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CodePoints set && Arrays.equals(ranges, set.ranges);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ranges);
    }
}

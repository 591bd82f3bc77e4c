package telos.inference.constraint;

import java.util.ArrayList;
import java.util.List;

/** One character out of a set, in UTF-8 (RFC 3629). */
final class Characters {
    private Characters() {}

    static Rule rule(CodePoints set) {
        List<Rule> options = new ArrayList<>();
        int[] ranges = set.ranges();
        for (int i = 0; i < ranges.length; i += 2) {
            int first = ranges[i];
            for (int last : new int[] {0x7F, 0x7FF, 0xFFFF, CodePoints.LAST}) {
                if (first <= last && first <= ranges[i + 1]) {
                    int end = Math.min(last, ranges[i + 1]);
                    add(first, end, last == 0x7F ? 0 : last == 0x7FF ? 1 : last == 0xFFFF ? 2 : 3, options);
                    first = end + 1;
                }
            }
        }
        return Rule.choice(options);
    }

    /** The characters of a range that are spelled with {@code more} bytes after the first. */
    private static void add(int first, int last, int more, List<Rule> options) {
        int low = first;
        while (low <= last) {
            int level = 0;
            // the widest block that starts here and lies within the range
            while (level < more
                    && (low & ((1 << (6 * (level + 1))) - 1)) == 0
                    && low + (1 << (6 * (level + 1))) - 1 <= last) {
                level++;
            }
            int size = 1 << (6 * level);
            int blocks = 1;
            int group = low >>> (6 * level);
            while (low + (blocks + 1) * size - 1 <= last && (more == level || ((group + blocks) & 0x3F) != 0)) {
                blocks++;
            }
            Rule[] bytes = new Rule[more + 1];
            for (int i = 0; i <= more; i++) {
                int shift = 6 * (more - i);
                int mark = i > 0 ? 0x80 : more == 0 ? 0 : more == 1 ? 0xC0 : more == 2 ? 0xE0 : 0xF0;
                int mask = i > 0 ? 0x3F : 0x7F;
                if (more - i > level) {
                    int value = mark | ((low >>> shift) & mask);
                    bytes[i] = Rule.bytes(value, value);
                } else if (more - i == level) {
                    int from = mark | ((low >>> shift) & mask);
                    bytes[i] = Rule.bytes(from, from + blocks - 1);
                } else {
                    bytes[i] = Rule.bytes(0x80, 0xBF);
                }
            }
            options.add(Rule.sequence(bytes));
            low += blocks * size;
        }
    }
}

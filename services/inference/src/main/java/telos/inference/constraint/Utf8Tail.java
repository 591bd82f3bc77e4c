package telos.inference.constraint;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A character of UTF-8 under way: how many bytes it still lacks, what the next may be (RFC 3629, section 4), and, for
 * as long as it may become a number, its bytes so far.
 *
 * @param missing bytes still to come
 * @param low the lowest next byte
 * @param high the highest next byte
 * @param prefix the bytes so far, as one integer, where some number of Unicode starts so; else 0
 * @param number whether the character is a number, or can only become one
 */
record Utf8Tail(int missing, int low, int high, int prefix, boolean number) {
    static final Utf8Tail NONE = new Utf8Tail(0, 0, 0x7F, 0, false);

    /** Above all numbers of Unicode. */
    static final int PAST_NUMBERS = 0x20000;

    private static final int CONTINUATIONS = 64;
    /** For each start of a number's bytes: how many numbers start so. */
    private static final Map<Integer, Integer> NUMBERS = numbers();

    /** After one more byte; null when it cannot follow. */
    @Nullable
    Utf8Tail next(int value) {
        if (missing == 0) {
            return first(value);
        }
        if (value < low || value > high) {
            return null;
        }
        int longer = prefix == 0 ? 0 : (prefix << 8) | value;
        return after(missing - 1, 0x80, 0xBF, longer);
    }

    /** The same with no word about what was a number. */
    Utf8Tail plain() {
        return number ? new Utf8Tail(missing, low, high, prefix, false) : this;
    }

    private static @Nullable Utf8Tail first(int value) {
        if (value < 0x80) {
            return new Utf8Tail(0, 0, 0x7F, 0, Words.number(value));
        }
        if (value < 0xC2 || value > 0xF4) {
            return null;
        }
        int missing = value < 0xE0 ? 1 : value < 0xF0 ? 2 : 3;
        int low = value == 0xE0 ? 0xA0 : value == 0xF0 ? 0x90 : 0x80;
        int high = value == 0xED ? 0x9F : value == 0xF4 ? 0x8F : 0xBF;
        return after(missing, low, high, value);
    }

    private static Utf8Tail after(int missing, int low, int high, int prefix) {
        int count = NUMBERS.getOrDefault(prefix, 0);
        boolean number = missing == 0 ? count > 0 : missing == 1 && count == CONTINUATIONS;
        if (missing == 0) {
            return new Utf8Tail(0, 0, 0x7F, 0, number);
        }
        return new Utf8Tail(missing, low, high, count > 0 ? prefix : 0, number);
    }

    private static Map<Integer, Integer> numbers() {
        Map<Integer, Integer> counts = new HashMap<>();
        for (int codePoint = 0x80; codePoint < PAST_NUMBERS; codePoint++) {
            if (Words.number(codePoint)) {
                byte[] bytes = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
                int prefix = 0;
                for (byte value : bytes) {
                    prefix = (prefix << 8) | (value & 0xFF);
                    counts.merge(prefix, 1, Integer::sum);
                }
            }
        }
        return Map.copyOf(counts);
    }
}

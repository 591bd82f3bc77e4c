package telos.inference.constraint;

import org.jspecify.annotations.Nullable;

/** A text of a {@link TextForm} under way: a state of its automaton, a count of characters, and part of a character. */
final class Text extends Rule.Leaf {
    private static final int UNKNOWN = -2;

    private final TextForm form;
    private final Place place;
    private final int missing;
    private int shortestByte = UNKNOWN;

    /** What of a character has been written. */
    private enum Mode {
        /** Nothing, and not even the opening quote. */
        QUOTE,
        NONE,
        /** Some bytes of UTF-8. */
        UTF8,
        /** Some bytes of UTF-8, whatever follows: all that it may become is of one class. */
        ANY_UTF8,
        /** A backslash. */
        BACKSLASH,
        /** A backslash, a u and some digits. */
        HEX,
        /** A backslash, a u and some digits, whatever follows: all that it may become is of one class. */
        ANY_HEX,
        /** The first half of a pair of surrogates, written as an escape. */
        HIGH,
        /** That, and a backslash. */
        HIGH_BACKSLASH,
        /** That, a u and some digits. */
        HIGH_HEX
    }

    /**
     * A part of a character.
     *
     * @param low the first character that it may become, its class, or the digits of an escape so far
     * @param high the last character that it may become, or the first half of a pair
     * @param left how many bytes of UTF-8, or digits, are still to come
     */
    record Part(Mode mode, int low, int high, int left) {
        static final Part QUOTE = new Part(Mode.QUOTE, 0, 0, 0);
        static final Part NONE = new Part(Mode.NONE, 0, 0, 0);
        private static final Part BACKSLASH = new Part(Mode.BACKSLASH, 0, 0, 0);
    }

    record Place(int state, int count, Part part) {}

    Text(TextForm form, Place place) {
        super(false);
        this.form = form;
        this.place = place;
        this.missing = shortest();
    }

    private boolean quoted() {
        return form.spelling != TextForm.Spelling.BARE;
    }

    @Override
    boolean ends() {
        return !quoted() && place.part.equals(Part.NONE) && form.accepts(place.state, place.count);
    }

    @Override
    long compute(int left) {
        return missing;
    }

    private int shortest() {
        int close = quoted() ? 1 : 0;
        Part part = place.part;
        return switch (part.mode) {
            case QUOTE -> 1 + form.missing(place.state, place.count) + close;
            case NONE -> form.missing(place.state, place.count) + close;
            case UTF8 -> part.left + best(part.low, part.high) + close;
            case ANY_UTF8, ANY_HEX -> part.left + ofClass(part.low) + close;
            case BACKSLASH -> 1 + Math.min(bestShort(), hexMissing(0, 4)) + close;
            case HEX -> close + hexMissing(part.low, part.left);
            case HIGH -> 6 + pairs(part.high, 0, 4) + close;
            case HIGH_BACKSLASH -> 5 + pairs(part.high, 0, 4) + close;
            case HIGH_HEX -> part.left + pairs(part.high, part.low, part.left) + close;
        };
    }

    @Override
    int shortestByte(int left) {
        if (shortestByte == UNKNOWN) {
            shortestByte = super.shortestByte(left);
        }
        return shortestByte;
    }

    TextForm form() {
        return form;
    }

    @Override
    @Nullable
    Rule derive(int value) {
        Part part = place.part;
        return switch (part.mode) {
            case QUOTE -> value == '"' ? form.text(new Place(place.state, place.count, Part.NONE)) : null;
            case NONE -> fresh(value);
            case UTF8 -> {
                int shift = 6 * (part.left - 1);
                if ((value & 0xC0) != 0x80) {
                    yield null;
                }
                int low = (part.low & (-1 << (shift + 6))) | ((value & 0x3F) << shift);
                yield narrowed(Math.max(low, part.low), Math.min(low + (1 << shift) - 1, part.high), part.left - 1);
            }
            case ANY_UTF8 -> (value & 0xC0) == 0x80 ? any(part) : null;
            case ANY_HEX -> digit(value) >= 0 ? any(part) : null;
            case BACKSLASH -> escape(value);
            case HEX -> hex(value);
            case HIGH -> value == '\\' ? part(new Part(Mode.HIGH_BACKSLASH, 0, part.high, 0)) : null;
            case HIGH_BACKSLASH -> value == 'u' ? part(new Part(Mode.HIGH_HEX, 0, part.high, 4)) : null;
            case HIGH_HEX -> {
                int digit = digit(value);
                if (digit < 0) {
                    yield null;
                }
                int longer = (part.low << 4) | digit;
                if (part.left > 1) {
                    yield part(new Part(Mode.HIGH_HEX, longer, part.high, part.left - 1));
                }
                yield Character.isLowSurrogate((char) longer)
                        ? character(Character.toCodePoint((char) part.high, (char) longer))
                        : null;
            }
        };
    }

    private @Nullable Rule fresh(int value) {
        if (quoted()) {
            if (value == '"') {
                return form.accepts(place.state, place.count) ? Rule.EMPTY : null;
            }
            if (value == '\\') {
                return form.spelling == TextForm.Spelling.STRING ? part(Part.BACKSLASH) : null;
            }
            if (value < ' ') {
                return null;
            }
        }
        if (value < 0x80) {
            return character(value);
        }
        if (value < 0xC2 || value > 0xF4) {
            return null;
        }
        int more = value < 0xE0 ? 1 : value < 0xF0 ? 2 : 3;
        int least = more == 1 ? 0x80 : more == 2 ? 0x800 : 0x10000;
        int low = (value & (0x3F >> more)) << (6 * more);
        return narrowed(Math.max(low, least), Math.min(low + (1 << (6 * more)) - 1, CodePoints.LAST), more);
    }

    private @Nullable Rule narrowed(int low, int high, int left) {
        if (low > high) {
            return null;
        }
        if (left == 0) {
            return character(low);
        }
        int interval = form.dfa.interval(low);
        boolean whole = high - low + 1 == 1 << (6 * left);
        return whole && interval == form.dfa.interval(high)
                ? part(new Part(Mode.ANY_UTF8, form.dfa.classOf(interval), 0, left))
                : part(new Part(Mode.UTF8, low, high, left));
    }

    private @Nullable Rule escape(int value) {
        return switch (value) {
            case '"', '\\', '/' -> character(value);
            case 'b' -> character('\b');
            case 'f' -> character('\f');
            case 'n' -> character('\n');
            case 'r' -> character('\r');
            case 't' -> character('\t');
            case 'u' -> part(new Part(Mode.HEX, 0, 0, 4));
            default -> null;
        };
    }

    private @Nullable Rule hex(int value) {
        int digit = digit(value);
        if (digit < 0) {
            return null;
        }
        int longer = (place.part.low << 4) | digit;
        int left = place.part.left - 1;
        if (left > 0) {
            int low = longer << (4 * left);
            int high = low + (1 << (4 * left)) - 1;
            int interval = form.dfa.interval(low);
            return interval == form.dfa.interval(high) && form.dfa.classOf(interval) >= 0
                    ? part(new Part(Mode.ANY_HEX, form.dfa.classOf(interval), 0, left))
                    : part(new Part(Mode.HEX, longer, 0, left));
        }
        if (Character.isHighSurrogate((char) longer)) {
            return part(new Part(Mode.HIGH, 0, longer, 0));
        }
        return Character.isLowSurrogate((char) longer) ? null : character(longer);
    }

    private static int digit(int value) {
        return value < 0x80 ? Character.digit(value, 16) : -1;
    }

    /** The same text with another part of a character; null when no text goes on so. */
    private @Nullable Rule part(Part part) {
        Text text = form.text(new Place(place.state, place.count, part));
        return text.missing >= FAR ? null : text;
    }

    private @Nullable Rule character(int codePoint) {
        return state(form.dfa.after(place.state, form.dfa.classOf(form.dfa.interval(codePoint))));
    }

    private @Nullable Rule state(int state) {
        if (state < 0 || !form.open(state, place.count + 1)) {
            return null;
        }
        return form.text(new Place(state, form.counted(place.count + 1), Part.NONE));
    }

    /** The text after one more byte or digit of a character whose class is known. */
    private @Nullable Rule any(Part part) {
        return part.left > 1
                ? part(new Part(part.mode, part.low, 0, part.left - 1))
                : state(form.dfa.after(place.state, part.low));
    }

    /** The fewest bytes to the end after a character of a class. */
    private int ofClass(int characterClass) {
        int state = form.dfa.after(place.state, characterClass);
        return state >= 0 && form.open(state, place.count + 1) ? form.missing(state, place.count + 1) : FAR;
    }

    /** The fewest bytes to the end after one of these characters, its own not counted. */
    private int best(int low, int high) {
        int best = FAR;
        for (int i = form.dfa.interval(low); i < form.dfa.intervals() && form.dfa.intervalStart(i) <= high; i++) {
            int state = form.dfa.after(place.state, form.dfa.classOf(i));
            if (state >= 0 && form.open(state, place.count + 1)) {
                best = Math.min(best, form.missing(state, place.count + 1));
            }
        }
        return best;
    }

    private int bestShort() {
        int best = FAR;
        for (char character : new char[] {'"', '\\', '/', '\b', '\f', '\n', '\r', '\t'}) {
            best = Math.min(best, best(character, character));
        }
        return best;
    }

    /** The fewest bytes from some digits of an escape on. */
    private int hexMissing(int prefix, int left) {
        int low = prefix << (4 * left);
        int high = low + (1 << (4 * left)) - 1;
        int single = FAR;
        if (low < 0xD800) {
            single = best(low, Math.min(high, 0xD7FF));
        }
        if (high > 0xDFFF) {
            single = Math.min(single, best(Math.max(low, 0xE000), high));
        }
        int firstHigh = Math.max(low, 0xD800);
        int lastHigh = Math.min(high, 0xDBFF);
        int pair = FAR;
        if (firstHigh <= lastHigh) {
            pair = 6
                    + best(
                            Character.toCodePoint((char) firstHigh, '\uDC00'),
                            Character.toCodePoint((char) lastHigh, '\uDFFF'));
        }
        return left + Math.min(single, pair);
    }

    /** The fewest bytes after a pair whose second half starts with some digits. */
    private int pairs(int high, int prefix, int left) {
        int first = prefix << (4 * left);
        int low = Math.max(first, 0xDC00);
        int last = Math.min(first + (1 << (4 * left)) - 1, 0xDFFF);
        return low > last
                ? FAR
                : best(Character.toCodePoint((char) high, (char) low), Character.toCodePoint((char) high, (char) last));
    }

    /** The fewest bytes that spell one of these characters. */
    static int cheapest(int first, int last, TextForm.Spelling spelling) {
        if (spelling == TextForm.Spelling.BARE) {
            return first < 0x80 ? 1 : first < 0x800 ? 2 : first < 0x10000 ? 3 : 4;
        }
        int best = FAR;
        for (int codePoint = first; codePoint <= Math.min(last, 0x7F); codePoint++) {
            best = Math.min(best, "\"\\\b\f\n\r\t".indexOf(codePoint) >= 0 ? 2 : codePoint < ' ' ? 6 : 1);
        }
        if (last >= 0x80) {
            int from = Math.max(first, 0x80);
            best = Math.min(best, from < 0x800 ? 2 : from < 0x10000 ? 3 : 4);
        }
        return best;
    }
}

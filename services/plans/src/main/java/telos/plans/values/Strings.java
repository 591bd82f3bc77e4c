package telos.plans.values;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What Python's methods do to strings, on Java's strings. */
final class Strings {
    private static final String CJK_NUMERALS = "㐅㒃㠪㭍一七万三九二五亖亿什仟仨伍佰億兆兩八六十千卄卅卌叁参參叄四壱壹幺廾廿弌弍弎弐拾捌柒漆玖百肆萬貮貳贰阡陆陌陸零";

    private static final char SIGMA = 'Σ';
    private static final char DOTTED_I = 'İ';
    /** What may stand inside a word: Word_Break is MidLetter, MidNumLet or Single_Quote (UAX 29). */
    private static final String INSIDE_WORDS =
            "'.:\u00b7\u0387\u055f\u05f4\u2018\u2019\u2024\u2027\ufe13\ufe52\ufe55\uff07\uff0e\uff1a";

    private static final int PIECE = 512;

    private Strings() {}

    static boolean isSpace(int point) {
        return (point >= 0x09 && point <= 0x0d)
                || (point >= 0x1c && point <= 0x20)
                || point == 0x85
                || point == 0xa0
                || (point > 0xff && Character.isSpaceChar(point));
    }

    static boolean isLineEnd(int point) {
        return (point >= 0x0a && point <= 0x0d)
                || (point >= 0x1c && point <= 0x1e)
                || point == 0x85
                || point == 0x2028
                || point == 0x2029;
    }

    static boolean isDecimal(int point) {
        return Character.getType(point) == Character.DECIMAL_DIGIT_NUMBER;
    }

    static boolean isDigit(int point) {
        return isDecimal(point)
                || (Character.getType(point) == Character.OTHER_NUMBER
                        && (point == 0xb2
                                || point == 0xb3
                                || point == 0xb9
                                || within(point, 0x1369, 0x1371)
                                || point == 0x19da
                                || within(point, 0x2070, 0x2089)
                                || within(point, 0x2460, 0x2468)
                                || within(point, 0x2474, 0x247c)
                                || within(point, 0x2488, 0x2490)
                                || point == 0x24ea
                                || within(point, 0x24f5, 0x24fd)
                                || point == 0x24ff
                                || within(point, 0x2776, 0x277e)
                                || within(point, 0x2780, 0x2788)
                                || within(point, 0x278a, 0x2792)
                                || within(point, 0x10a40, 0x10a43)
                                || within(point, 0x10e60, 0x10e68)
                                || within(point, 0x11052, 0x1105a)
                                || within(point, 0x1f100, 0x1f10a)));
    }

    private static boolean within(int point, int from, int to) {
        return point >= from && point <= to;
    }

    static boolean isNumeric(int point) {
        int type = Character.getType(point);
        return type == Character.DECIMAL_DIGIT_NUMBER
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER
                || (type == Character.OTHER_LETTER && CJK_NUMERALS.indexOf(point) >= 0);
    }

    static boolean isLetter(int point) {
        return Character.isLetter(point);
    }

    static boolean isAlphanumeric(int point) {
        return isLetter(point) || isNumeric(point) || isDigit(point);
    }

    static boolean isCased(int point) {
        return Character.isUpperCase(point) || Character.isLowerCase(point) || Character.isTitleCase(point);
    }

    static String strip(String string) {
        return strip(string, null, true, true);
    }

    /** @param of the code points to take away, whitespace where null */
    static String strip(String string, @Nullable String of, boolean left, boolean right) {
        int from = 0;
        int to = string.length();
        while (left && from < to && goes(string.codePointAt(from), of)) {
            from += Character.charCount(string.codePointAt(from));
        }
        while (right && to > from && goes(string.codePointBefore(to), of)) {
            to -= Character.charCount(string.codePointBefore(to));
        }
        return string.substring(from, to);
    }

    private static boolean goes(int point, @Nullable String of) {
        return of == null ? isSpace(point) : of.indexOf(point) >= 0;
    }

    /** The same with each decimal digit of any script as ASCII, or null where it holds what no number has. */
    static @Nullable String asciiDigits(String string) {
        StringBuilder out = new StringBuilder(string.length());
        for (int at = 0; at < string.length(); at += Character.charCount(string.codePointAt(at))) {
            int point = string.codePointAt(at);
            if (point < 0x80) {
                out.append((char) point);
            } else if (isDecimal(point)) {
                out.append(Character.digit(point, 10));
            } else {
                return null;
            }
        }
        return out.toString();
    }

    /** As the platform does, but in time that grows with the string alone however many sigmas it has. */
    static String lower(String string) {
        if (string.indexOf(SIGMA) < 0 && string.indexOf(DOTTED_I) < 0) {
            return string.toLowerCase(Locale.ROOT);
        }
        StringBuilder out = new StringBuilder(string.length());
        for (int at = 0, next; at < string.length(); at = next) {
            int point = string.codePointAt(at);
            next = at + Character.charCount(point);
            switch (point) {
                case SIGMA -> out.append(isFinal(string, at) ? 'ς' : 'σ');
                case DOTTED_I -> out.append("i\u0307");
                default -> out.appendCodePoint(Character.toLowerCase(point));
            }
        }
        return out.toString();
    }

    /** Whether the sigma there ends a word (The Unicode Standard, table 3-17). */
    private static boolean isFinal(String string, int at) {
        int before = at;
        while (before > 0 && isIgnored(string.codePointBefore(before))) {
            before -= Character.charCount(string.codePointBefore(before));
        }
        int behind = at + 1;
        while (behind < string.length() && isIgnored(string.codePointAt(behind))) {
            behind += Character.charCount(string.codePointAt(behind));
        }
        return before > 0
                && isCased(string.codePointBefore(before))
                && !(behind < string.length() && isCased(string.codePointAt(behind)));
    }

    /** Whether case goes past it: marks, modifiers, and what stands inside words. */
    private static boolean isIgnored(int point) {
        return switch (Character.getType(point)) {
            case Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.FORMAT,
                    Character.MODIFIER_LETTER,
                    Character.MODIFIER_SYMBOL -> true;
            default -> INSIDE_WORDS.indexOf(point) >= 0;
        };
    }

    /** As the platform does, but in time that grows with the string alone: what becomes longer is moved within a piece. */
    static String upper(String string) {
        if (string.length() <= PIECE) {
            return string.toUpperCase(Locale.ROOT);
        }
        StringBuilder out = new StringBuilder(string.length());
        for (int from = 0, to; from < string.length(); from = to) {
            to = Math.min(string.length(), from + PIECE);
            if (to < string.length() && Character.isLowSurrogate(string.charAt(to))) {
                to++;
            }
            out.append(string.substring(from, to).toUpperCase(Locale.ROOT));
        }
        return out.toString();
    }

    static String title(int point) {
        int title = Character.toTitleCase(point);
        if (title != point) {
            return Character.toString(title);
        }
        String upper = upper(Character.toString(point));
        if (upper.length() <= Character.charCount(point) || upper.codePointCount(0, upper.length()) == 1) {
            return Character.toString(title);
        }
        int first = upper.codePointAt(0);
        return Character.toString(first) + lower(upper.substring(Character.charCount(first)));
    }

    static String fold(String string) {
        StringBuilder out = new StringBuilder(string.length());
        string.codePoints().forEach(point -> {
            switch (point) {
                case 0x130 -> out.append("i\u0307");
                case 0x131 -> out.appendCodePoint(point);
                case 0x1e9e -> out.append("ss");
                default -> out.append(foldOne(Character.toString(point)));
            }
        });
        return out.toString();
    }

    private static String foldOne(String point) {
        StringBuilder out = new StringBuilder();
        upper(point).codePoints().forEach(each -> out.append(lower(Character.toString(each))));
        return out.toString();
    }

    static String capitalize(String string) {
        if (string.isEmpty()) {
            return string;
        }
        int first = string.codePointAt(0);
        int chars = Character.charCount(first);
        return title(first)
                + lower(string).substring(lower(string.substring(0, chars)).length());
    }

    static String titled(String string) {
        StringBuilder out = new StringBuilder(string.length());
        boolean inside = false;
        String lower = null;
        for (int at = 0; at < string.length(); ) {
            int point = string.codePointAt(at);
            if (inside) {
                lower = lowerAt(string, at, point);
                out.append(lower);
            } else {
                out.append(title(point));
            }
            inside = isCased(point);
            at += Character.charCount(point);
        }
        return out.toString();
    }

    /** One code point in lower case where it stands: a sigma at a word's end has its own form. */
    private static String lowerAt(String string, int at, int point) {
        if (point != 0x3a3) {
            return lower(Character.toString(point));
        }
        int from = Math.max(0, at - 32);
        int to = Math.min(string.length(), at + 32);
        return lower(string.substring(from, to)).substring(at - from, at - from + 1);
    }

    static String swapped(String string) {
        StringBuilder out = new StringBuilder(string.length());
        for (int at = 0; at < string.length(); ) {
            int point = string.codePointAt(at);
            out.append(
                    Character.isUpperCase(point)
                            ? lowerAt(string, at, point)
                            : Character.isLowerCase(point)
                                    ? upper(Character.toString(point))
                                    : Character.toString(point));
            at += Character.charCount(point);
        }
        return out.toString();
    }

    /** Split at whitespace, at most so often, from the left or from the right. */
    static List<String> words(String string, long most, boolean fromRight) {
        List<String> all = new ArrayList<>();
        if (fromRight) {
            int to = string.length();
            while (true) {
                while (to > 0 && isSpace(string.codePointBefore(to))) {
                    to -= Character.charCount(string.codePointBefore(to));
                }
                if (to == 0) {
                    return all.reversed();
                }
                if (most >= 0 && all.size() == most) {
                    all.add(string.substring(0, to));
                    return all.reversed();
                }
                int from = to;
                while (from > 0 && !isSpace(string.codePointBefore(from))) {
                    from -= Character.charCount(string.codePointBefore(from));
                }
                all.add(string.substring(from, to));
                to = from;
            }
        }
        int from = 0;
        while (true) {
            while (from < string.length() && isSpace(string.codePointAt(from))) {
                from += Character.charCount(string.codePointAt(from));
            }
            if (from == string.length()) {
                return all;
            }
            if (most >= 0 && all.size() == most) {
                all.add(string.substring(from));
                return all;
            }
            int to = from;
            while (to < string.length() && !isSpace(string.codePointAt(to))) {
                to += Character.charCount(string.codePointAt(to));
            }
            all.add(string.substring(from, to));
            from = to;
        }
    }

    static List<String> split(String string, String by, long most, boolean fromRight) {
        List<String> all = new ArrayList<>();
        if (fromRight) {
            int to = string.length();
            while (most < 0 || all.size() < most) {
                int found = to - by.length() < 0 ? -1 : Search.lastIndexOf(string, by, to - by.length());
                if (found < 0) {
                    break;
                }
                all.add(string.substring(found + by.length(), to));
                to = found;
            }
            all.add(string.substring(0, to));
            return all.reversed();
        }
        int from = 0;
        while (most < 0 || all.size() < most) {
            int found = Search.indexOf(string, by, from);
            if (found < 0) {
                break;
            }
            all.add(string.substring(from, found));
            from = found + by.length();
        }
        all.add(string.substring(from));
        return all;
    }

    static List<String> lines(String string, boolean keep) {
        List<String> all = new ArrayList<>();
        int from = 0;
        for (int at = 0; at < string.length(); at++) {
            if (isLineEnd(string.charAt(at))) {
                int end = string.startsWith("\r\n", at) ? at + 2 : at + 1;
                all.add(string.substring(from, keep ? end : at));
                from = end;
                at = end - 1;
            }
        }
        if (from < string.length()) {
            all.add(string.substring(from));
        }
        return all;
    }

    static String expanded(Context context, String string, long tab) {
        StringBuilder out = new StringBuilder();
        long column = 0;
        for (int at = 0; at < string.length(); at++) {
            char each = string.charAt(at);
            if (each == '\t') {
                long spaces = tab <= 0 ? 0 : tab - column % tab;
                context.bytes(spaces);
                out.repeat(' ', (int) Math.min(spaces, Integer.MAX_VALUE - 16));
                column += spaces;
            } else {
                out.append(each);
                column = each == '\n' || each == '\r' ? 0 : column + (Character.isLowSurrogate(each) ? 0 : 1);
            }
        }
        return out.toString();
    }

    static String replaced(Context context, String string, String old, String by, long most) {
        if (old.isEmpty()) {
            return interleaved(context, string, by, most);
        }
        long count = 0;
        for (int at = Search.indexOf(string, old, 0);
                at >= 0 && (most < 0 || count < most);
                at = Search.indexOf(string, old, at + old.length())) {
            count++;
        }
        if (count == 0) {
            return string;
        }
        context.bytes(string.length() + Outline.times(count, Math.max(0, by.length() - old.length())));
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (long i = 0; i < count; i++) {
            int at = Search.indexOf(string, old, from);
            out.append(string, from, at).append(by);
            from = at + old.length();
        }
        return out.append(string, from, string.length()).toString();
    }

    private static String interleaved(Context context, String string, String by, long most) {
        int points = string.codePointCount(0, string.length());
        long count = most < 0 ? points + 1L : Math.min(most, points + 1L);
        context.bytes(string.length() + Outline.times(count, by.length()));
        StringBuilder out = new StringBuilder();
        int at = 0;
        for (long i = 0; i < count; i++) {
            out.append(by);
            if (at < string.length()) {
                int point = string.codePointAt(at);
                out.appendCodePoint(point);
                at += Character.charCount(point);
            }
        }
        return out.append(string, at, string.length()).toString();
    }

    /** How often it is in there, without overlap. */
    static long count(String string, String part) {
        long count = 0;
        for (int at = Search.indexOf(string, part, 0); at >= 0; at = Search.indexOf(string, part, at + part.length())) {
            count++;
        }
        return count;
    }
}

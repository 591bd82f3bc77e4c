package telos.plans.values;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What Python's methods do to strings, on Java's strings. */
final class Strings {
    private static final String CJK_NUMERALS = "㐅㒃㠪㭍一七万三九二五亖亿什仟仨伍佰億兆兩八六十千卄卅卌叁参參叄四壱壹幺廾廿弌弍弎弐拾捌柒漆玖百肆萬貮貳贰阡陆陌陸零";

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

package telos.inference.template;

import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Dates as C's {@code strftime} writes them, in English. */
final class Strftime {
    private Strftime() {}

    /** The time of the rendering in this format, e.g. {@code %d %b %Y}. */
    static Text format(Run run, String format) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < format.length()) {
            char c = format.charAt(at++);
            if (c != '%' || at == format.length()) {
                out.append(c);
                continue;
            }
            boolean bare = format.charAt(at) == '-' && at + 1 < format.length();
            at += bare ? 1 : 0;
            out.append(field(run, format.charAt(at++), bare));
        }
        return Text.untrusted(out.toString());
    }

    private static String field(Run run, char field, boolean bare) {
        String pattern = switch (field) {
            case 'd' -> bare ? "d" : "dd";
            case 'm' -> bare ? "M" : "MM";
            case 'y' -> "yy";
            case 'Y' -> "yyyy";
            case 'b', 'h' -> "MMM";
            case 'B' -> "MMMM";
            case 'a' -> "EEE";
            case 'A' -> "EEEE";
            case 'H' -> bare ? "H" : "HH";
            case 'I' -> bare ? "h" : "hh";
            case 'M' -> bare ? "m" : "mm";
            case 'S' -> bare ? "s" : "ss";
            case 'j' -> bare ? "D" : "DDD";
            case 'p' -> "a";
            case 'F' -> "yyyy-MM-dd";
            case 'T' -> "HH:mm:ss";
            case '%' -> "'%'";
            default -> throw run.fail("strftime_now does not know %" + field);
        };
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(run.now());
    }
}

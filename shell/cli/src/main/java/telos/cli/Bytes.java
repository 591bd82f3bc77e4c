package telos.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts of memory as people write them; a kilobyte is 1024 bytes. */
final class Bytes {
    private static final Pattern WRITTEN =
            Pattern.compile("(\\d{1,12}(?:\\.\\d{1,3})?)\\s*([KMGT]?)(?:i?B)?", Pattern.CASE_INSENSITIVE);
    private static final String UNITS = "KMGT";

    private Bytes() {}

    /** Reads "512M", "2G", "1.5GiB" or a plain number of bytes. */
    static long parse(String option, String text) throws CommandException {
        Matcher matcher = WRITTEN.matcher(text.strip());
        if (!matcher.matches()) {
            throw CommandException.usage(option + ": expected a size such as 512M or 2G, found '" + text + "'");
        }
        String unit = matcher.group(2).toUpperCase(Locale.ROOT);
        double bytes =
                Double.parseDouble(matcher.group(1)) * (unit.isEmpty() ? 1 : Math.pow(1024, UNITS.indexOf(unit) + 1));
        if (bytes > 1L << 50) {
            throw CommandException.usage(option + ": " + text + " is more than any machine has");
        }
        return (long) bytes;
    }

    static String show(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = -1;
        while (value >= 999.5 && unit < UNITS.length() - 1) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, value < 9.95 ? "%.1f %cB" : "%.0f %cB", value, UNITS.charAt(unit));
    }

    /** A number of weights, in thousands, millions or billions. */
    static String count(long number) {
        double value = number;
        int unit = -1;
        while (value >= 999.5 && unit < 2) {
            value /= 1000;
            unit++;
        }
        return unit < 0
                ? String.valueOf(number)
                : String.format(Locale.ROOT, value < 9.95 ? "%.1f %c" : "%.0f %c", value, "kMB".charAt(unit))
                        .replace(" ", "");
    }
}

package telos.cli.clock;

import java.util.Locale;

/** Figures for people, in few characters. */
public final class Figures {
    private static final String[] STEPS = {"", "k", "M", "G", "T", "P"};

    private Figures() {}

    /** Such as 0, 0.25, 950, 1.2k or -3.4M. */
    public static String large(double value) {
        if (Math.abs(value) >= 0.005 && Math.abs(value) < 9.995 && value != Math.rint(value)) {
            return String.format(Locale.ROOT, "%.2f", value);
        }
        double rest = value;
        int step = 0;
        while (Math.abs(rest) >= 999.5 && step < STEPS.length - 1) {
            rest /= 1000;
            step++;
        }
        boolean whole = step == 0 || Math.abs(rest) >= 99.95;
        String text = String.format(Locale.ROOT, whole ? "%.0f" : "%.1f", rest) + STEPS[step];
        return text.equals("-0") ? "0" : text;
    }

    /** Such as 12.5%. */
    public static String share(double part) {
        return String.format(Locale.ROOT, "%.1f%%", 100 * part);
    }

    /** A span of time, such as 0, 120ms, 1.5s, 12m or 3h. */
    public static String span(double seconds) {
        if (seconds < 0.0005) {
            return "0";
        }
        if (seconds < 0.9995) {
            return String.format(Locale.ROOT, "%.0fms", 1000 * seconds);
        }
        if (seconds < 99.5) {
            return String.format(Locale.ROOT, "%.1fs", seconds);
        }
        if (seconds < 5_970) {
            return String.format(Locale.ROOT, "%.0fm", seconds / 60);
        }
        return seconds < 345_600
                ? String.format(Locale.ROOT, "%.0fh", seconds / 3600)
                : String.format(Locale.ROOT, "%.0fd", seconds / 86_400);
    }
}

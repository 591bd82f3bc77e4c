package telos.tools.report;

import java.time.Duration;
import java.util.Locale;

/** Figures as people write them. */
public final class Units {
    private static final String[] NAMES = {"KB", "MB", "GB", "TB", "PB", "EB"};

    private Units() {}

    /**
     * A size such as {@code 1.2 GB}. Units are powers of 1024. There is one decimal below 100 units, left out when it is
     * zero, and none from 100 on: {@code 512 B}, {@code 1 KB}, {@code 23.4 GB}, {@code 252 GB}.
     */
    public static String bytes(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size is never negative, was " + bytes);
        }
        if (bytes < 1024) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = -1;
        while (value >= 1024 && unit < NAMES.length - 1) {
            value /= 1024;
            unit++;
        }
        if (Math.round(value) >= 1024 && unit < NAMES.length - 1) {
            value = 1;
            unit++;
        }
        long tenths = Math.round(value * 10);
        String figure = tenths >= 1000
                ? Long.toString(Math.round(value))
                : tenths % 10 == 0 ? Long.toString(tenths / 10) : tenths / 10 + "." + tenths % 10;
        return figure + " " + NAMES[unit];
    }

    /** A percentage with one decimal: {@code 12.5%}. */
    public static String percent(double percent) {
        return String.format(Locale.ROOT, "%.1f%%", percent);
    }

    /** The two largest units of a time span: {@code 3 days 4 hours}, {@code 1 hour 12 minutes}, {@code 42 seconds}. */
    public static String span(Duration span) {
        long seconds = Math.max(0, span.toSeconds());
        long days = seconds / 86_400;
        long hours = seconds / 3_600 % 24;
        long minutes = seconds / 60 % 60;
        if (days > 0) {
            return two(days, "day", hours, "hour");
        }
        if (hours > 0) {
            return two(hours, "hour", minutes, "minute");
        }
        return minutes > 0 ? two(minutes, "minute", seconds % 60, "second") : count(seconds, "second");
    }

    private static String two(long first, String firstUnit, long second, String secondUnit) {
        return second == 0 ? count(first, firstUnit) : count(first, firstUnit) + " " + count(second, secondUnit);
    }

    private static String count(long n, String unit) {
        return n + " " + unit + (n == 1 ? "" : "s");
    }
}

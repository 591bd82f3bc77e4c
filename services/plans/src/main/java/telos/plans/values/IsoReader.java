package telos.plans.values;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import org.jspecify.annotations.Nullable;

/** {@code fromisoformat}: dates and times as ISO 8601 writes them. */
final class IsoReader {
    private final String text;

    private IsoReader(String text) {
        this.text = text;
    }

    static Moment moment(String text) {
        return new IsoReader(text).readMoment();
    }

    static Day day(String text) {
        IsoReader reader = new IsoReader(text);
        if (reader.dateEnd() != text.length()) {
            throw reader.invalid();
        }
        return new Day(reader.date(text));
    }

    static ClockTime time(String text) {
        IsoReader reader = new IsoReader(text);
        return reader.clock(text.startsWith("T") ? text.substring(1) : text);
    }

    private Fault invalid() {
        return Fault.value("Invalid isoformat string: " + Texts.quoted(text));
    }

    private Moment readMoment() {
        int end = dateEnd();
        if (end > text.length() || end == 0) {
            throw invalid();
        }
        LocalDate date = date(text.substring(0, end));
        if (end == text.length()) {
            return new Moment(date.atStartOfDay(), null);
        }
        int separator = Character.charCount(text.codePointAt(end));
        String rest = text.substring(end + separator);
        if (rest.isEmpty()) {
            throw invalid();
        }
        ClockTime time = clock(rest);
        return new Moment(date.atTime(time.local()), time.zone());
    }

    /** Where the date ends: 10, 8, or of a week 7, 8 or 10. */
    private int dateEnd() {
        if (text.length() < 7) {
            return 0;
        }
        boolean dashed = text.charAt(4) == '-';
        boolean week = text.charAt(dashed ? 5 : 4) == 'W';
        if (!week) {
            return dashed ? 10 : 8;
        }
        int shorter = dashed ? 8 : 7;
        if (dashed) {
            return text.length() > 8 && text.charAt(8) == '-' && digits(text, 9, 1) && !digits(text, 9, 2)
                    ? 10
                    : shorter;
        }
        return digits(text, 7, 1) && !digits(text, 7, 2) ? 8 : shorter;
    }

    private static boolean digits(String in, int from, int count) {
        for (int i = from; i < from + count; i++) {
            if (i >= in.length() || in.charAt(i) < '0' || in.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private int number(String in, int from, int count) {
        if (!digits(in, from, count)) {
            throw invalid();
        }
        return Integer.parseInt(in.substring(from, from + count));
    }

    private LocalDate date(String part) {
        int year = number(part, 0, 4);
        boolean dashed = part.length() > 4 && part.charAt(4) == '-';
        int at = dashed ? 5 : 4;
        try {
            if (part.charAt(at) == 'W') {
                return week(part, year, dashed, at + 1);
            }
            int month = number(part, at, 2);
            int next = at + 2;
            if (dashed) {
                if (next >= part.length() || part.charAt(next) != '-') {
                    throw invalid();
                }
                next++;
            }
            int day = number(part, next, 2);
            if (next + 2 != part.length()) {
                throw invalid();
            }
            return Constructors.date(year, month, day);
        } catch (DateTimeException _) {
            throw invalid();
        }
    }

    private LocalDate week(String part, int year, boolean dashed, int at) {
        int week = number(part, at, 2);
        int next = at + 2;
        int day = 1;
        if (next < part.length()) {
            next += dashed ? 1 : 0;
            day = number(part, next, 1);
            next++;
        }
        if (next != part.length() || day < 1 || day > 7 || week < 1) {
            throw invalid();
        }
        LocalDate fourth = LocalDate.of(year, 1, 4);
        if (week > fourth.range(IsoFields.WEEK_OF_WEEK_BASED_YEAR).getMaximum() || (week > 52 && weeks(year) < 53)) {
            throw Fault.value("Invalid week: " + week);
        }
        return fourth.with(IsoFields.WEEK_OF_WEEK_BASED_YEAR, week).with(ChronoField.DAY_OF_WEEK, day);
    }

    private static long weeks(int year) {
        return LocalDate.of(year, 12, 28).get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
    }

    private ClockTime clock(String part) {
        int split = part.length();
        for (int i = 0; i < part.length(); i++) {
            char each = part.charAt(i);
            if (each == '+' || each == '-' || each == 'Z') {
                split = i;
                break;
            }
        }
        Zone zone = split == part.length() ? null : zone(part.substring(split));
        long[] fields = fields(part.substring(0, split));
        if (fields[0] > 23) {
            throw Fault.value("hour must be in 0..23");
        }
        if (fields[1] > 59) {
            throw Fault.value("minute must be in 0..59");
        }
        if (fields[2] > 59) {
            throw Fault.value("second must be in 0..59");
        }
        return new ClockTime(
                LocalTime.of((int) fields[0], (int) fields[1], (int) fields[2], (int) fields[3] * 1000), zone);
    }

    private Zone zone(String part) {
        if (part.equals("Z")) {
            return Zone.UTC;
        }
        long[] fields = fields(part.substring(1));
        long micros = ((fields[0] * 60 + fields[1]) * 60 + fields[2]) * 1_000_000 + fields[3];
        if (part.charAt(0) == 'Z' || micros >= Delta.DAY) {
            throw invalid();
        }
        return micros == 0 ? Zone.UTC : new Zone(part.charAt(0) == '-' ? -micros : micros, null);
    }

    /** Hours, minutes, seconds and microseconds, as many as there are, all with colons between or none. */
    private long[] fields(String part) {
        long[] fields = new long[4];
        fields[0] = number(part, 0, 2);
        int at = 2;
        @Nullable Boolean colons = null;
        for (int i = 1; i < 3 && at < part.length(); i++) {
            boolean colon = part.charAt(at) == ':';
            if (colons != null && colons != colon) {
                throw invalid();
            }
            colons = colon;
            at += colon ? 1 : 0;
            fields[i] = number(part, at, 2);
            at += 2;
        }
        if (at < part.length()) {
            if ((part.charAt(at) != '.' && part.charAt(at) != ',')
                    || !digits(part, at + 1, part.length() - at - 1)
                    || at + 1 == part.length()
                    || colons == null
                    || at < (colons ? 8 : 6)) {
                throw invalid();
            }
            fields[3] = Long.parseLong((part.substring(at + 1) + "00000").substring(0, 6));
        }
        return fields;
    }
}

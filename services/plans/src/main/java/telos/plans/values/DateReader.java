package telos.plans.values;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code strptime}: each position of the text is tried at most once for each directive, whatever the format. */
final class DateReader {
    private static final int LONGEST = 10_000;

    private final String text;
    private final String lower;
    private final String format;
    private final List<String> items = new ArrayList<>();
    private final Set<Long> failed = new HashSet<>();
    private final int[] ends;

    private DateReader(String text, String format) {
        if (text.length() > LONGEST || format.length() > LONGEST) {
            throw Fault.value("a date and its format have at most " + LONGEST + " characters");
        }
        this.text = text;
        this.lower = text.toLowerCase(Locale.ROOT);
        this.format = format;
        split(format);
        this.ends = new int[items.size() + 1];
    }

    static Moment read(Context context, String text, String format) {
        context.steps(text.length() + format.length());
        return new DateReader(text, format).read();
    }

    private void split(String given) {
        for (int at = 0; at < given.length(); at++) {
            char each = given.charAt(at);
            if (each == '%') {
                if (at + 1 == given.length()) {
                    throw Fault.value("stray % in format '" + format + "'");
                }
                char letter = given.charAt(++at);
                switch (letter) {
                    case 'c' -> split("%a %b %d %H:%M:%S %Y");
                    case 'x' -> split("%m/%d/%y");
                    case 'X' -> split("%H:%M:%S");
                    default -> {
                        if ("aAbBdHIjmMpSUuwWyYGVzZf%".indexOf(letter) < 0) {
                            throw Fault.value("'" + letter + "' is a bad directive in format '" + format + "'");
                        }
                        items.add(letter == '%' ? "=%" : "%" + letter);
                    }
                }
            } else if (Strings.isSpace(each)) {
                if (items.isEmpty() || !items.getLast().equals(" ")) {
                    items.add(" ");
                }
            } else {
                items.add("=" + Character.toLowerCase(each));
            }
        }
    }

    /** Where the items from one on can end when the first begins here, or -1; by what each took is remembered. */
    private int match(int item, int at) {
        if (item == items.size()) {
            return at;
        }
        long state = (long) item << 32 | at;
        if (failed.contains(state)) {
            return -1;
        }
        String what = items.get(item);
        int[] tries = ends(what, at);
        for (int end : tries) {
            int all = match(item + 1, end);
            if (all >= 0) {
                ends[item] = end;
                return all;
            }
        }
        failed.add(state);
        return -1;
    }

    /** Where one item can end that begins here, the longest first. */
    private int[] ends(String what, int at) {
        char kind = what.charAt(0);
        if (kind == ' ') {
            int end = at;
            while (end < text.length() && Strings.isSpace(text.charAt(end))) {
                end++;
            }
            int[] all = new int[Math.max(0, end - at)];
            for (int i = 0; i < all.length; i++) {
                all[i] = end - i;
            }
            return all;
        }
        if (kind == '=') {
            return lower.startsWith(what.substring(1), at) ? new int[] {at + what.length() - 1} : new int[0];
        }
        return switch (what.charAt(1)) {
            case 'd' -> numbers(at, 2, 1, 31);
            case 'H' -> numbers(at, 2, 0, 23);
            case 'I' -> numbers(at, 2, 1, 12);
            case 'j' -> numbers(at, 3, 1, 366);
            case 'm' -> numbers(at, 2, 1, 12);
            case 'M' -> numbers(at, 2, 0, 59);
            case 'S' -> numbers(at, 2, 0, 61);
            case 'U', 'W' -> numbers(at, 2, 0, 53);
            case 'V' -> numbers(at, 2, 1, 53);
            case 'w' -> numbers(at, 1, 0, 6);
            case 'u' -> numbers(at, 1, 1, 7);
            case 'y' -> exactly(at, 2);
            case 'Y', 'G' -> exactly(at, 4);
            case 'f' -> numbers(at, 6, 0, 999_999);
            case 'a' -> names(at, DateFormat.DAYS, true);
            case 'A' -> names(at, DateFormat.DAYS, false);
            case 'b' -> names(at, DateFormat.MONTHS, true);
            case 'B' -> names(at, DateFormat.MONTHS, false);
            case 'p' -> lower.startsWith("am", at) || lower.startsWith("pm", at) ? new int[] {at + 2} : new int[0];
            case 'Z' -> lower.startsWith("utc", at) || lower.startsWith("gmt", at) ? new int[] {at + 3} : new int[0];
            default -> zone(at);
        };
    }

    private boolean isDigit(int at) {
        return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    private int[] numbers(int at, int most, int least, int greatest) {
        List<Integer> all = new ArrayList<>();
        int value = 0;
        for (int end = at; end < at + most && isDigit(end); end++) {
            value = value * 10 + text.charAt(end) - '0';
            if (value >= least && value <= greatest) {
                all.addFirst(end + 1);
            }
        }
        return all.stream().mapToInt(Integer::intValue).toArray();
    }

    private int[] exactly(int at, int digits) {
        for (int i = 0; i < digits; i++) {
            if (!isDigit(at + i)) {
                return new int[0];
            }
        }
        return new int[] {at + digits};
    }

    private int[] names(int at, String[] names, boolean brief) {
        int best = -1;
        for (String each : names) {
            String name = (brief ? each.substring(0, 3) : each).toLowerCase(Locale.ROOT);
            if (lower.startsWith(name, at)) {
                best = Math.max(best, at + name.length());
            }
        }
        return best < 0 ? new int[0] : new int[] {best};
    }

    private int[] zone(int at) {
        if (lower.startsWith("z", at)) {
            return new int[] {at + 1};
        }
        if (at >= text.length() || "+-".indexOf(text.charAt(at)) < 0 || exactly(at + 1, 2).length == 0) {
            return new int[0];
        }
        int end = at + 3;
        boolean colon = end < text.length() && text.charAt(end) == ':';
        end += colon ? 1 : 0;
        if (exactly(end, 2).length == 0) {
            return new int[0];
        }
        end += 2;
        int seconds = colon ? (end < text.length() && text.charAt(end) == ':' ? end + 1 : -1) : end;
        if (seconds >= 0 && exactly(seconds, 2).length > 0) {
            end = seconds + 2;
            if (end < text.length() && text.charAt(end) == '.' && isDigit(end + 1)) {
                end++;
                for (int i = 0; i < 6 && isDigit(end); i++) {
                    end++;
                }
            }
        }
        return new int[] {end};
    }

    private Moment read() {
        int end = match(0, 0);
        if (end < 0) {
            throw Fault.value("time data " + Texts.quoted(text) + " does not match format " + Texts.quoted(format));
        }
        if (end < text.length()) {
            throw Fault.value("unconverted data remains: " + text.substring(end));
        }
        Fields fields = new Fields();
        int from = 0;
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).charAt(0) == '%') {
                fields.set(items.get(i).charAt(1), text.substring(from, ends[i]));
            }
            from = ends[i];
        }
        try {
            return fields.moment();
        } catch (DateTimeException _) {
            throw Fault.value("day is out of range for month");
        }
    }

    /** What the directives said. */
    private static final class Fields {
        private int year = 1900;
        private int month = 1;
        private int day = 1;
        private int dayOfYear = -1;
        private int hour;
        private int minute;
        private int second;
        private int micros;
        private int half = -1;
        private boolean twelve;
        private int weekday = -1;
        private int week = -1;
        private boolean fromSunday;
        private int isoYear = -1;
        private int isoWeek = -1;
        private boolean dated;
        private boolean yearGiven;
        private @Nullable Zone zone;
        private @Nullable String zoneName;

        void set(char letter, String part) {
            switch (letter) {
                case 'd' -> {
                    day = Integer.parseInt(part);
                    dated = true;
                }
                case 'H' -> hour = Integer.parseInt(part);
                case 'I' -> {
                    hour = Integer.parseInt(part);
                    twelve = true;
                }
                case 'j' -> dayOfYear = Integer.parseInt(part);
                case 'm' -> month = Integer.parseInt(part);
                case 'M' -> minute = Integer.parseInt(part);
                case 'S' -> second = Integer.parseInt(part);
                case 'f' -> micros = Integer.parseInt((part + "00000").substring(0, 6));
                case 'y' -> {
                    yearGiven = true;
                    int two = Integer.parseInt(part);
                    year = two <= 68 ? 2000 + two : 1900 + two;
                }
                case 'Y' -> {
                    yearGiven = true;
                    year = Integer.parseInt(part);
                }
                case 'G' -> isoYear = Integer.parseInt(part);
                case 'V' -> isoWeek = Integer.parseInt(part);
                case 'U', 'W' -> {
                    week = Integer.parseInt(part);
                    fromSunday = letter == 'U';
                }
                case 'w' -> weekday = (Integer.parseInt(part) + 6) % 7;
                case 'u' -> weekday = Integer.parseInt(part) - 1;
                case 'a', 'A' -> weekday = index(DateFormat.DAYS, part);
                case 'b', 'B' -> month = index(DateFormat.MONTHS, part) + 1;
                case 'p' -> half = part.equalsIgnoreCase("pm") ? 1 : 0;
                case 'z' -> zone = zone(part);
                case 'Z' -> zoneName = part;
                default -> {}
            }
        }

        private static int index(String[] names, String part) {
            for (int i = 0; i < names.length; i++) {
                if (names[i].toLowerCase(Locale.ROOT).startsWith(part.toLowerCase(Locale.ROOT))) {
                    return i;
                }
            }
            return 0;
        }

        private static Zone zone(String part) {
            if (part.equalsIgnoreCase("z")) {
                return Zone.UTC;
            }
            String digits = part.substring(1).replace(":", "");
            long seconds =
                    Integer.parseInt(digits.substring(0, 2)) * 3600L + Integer.parseInt(digits.substring(2, 4)) * 60L;
            long fraction = 0;
            if (digits.length() >= 6) {
                seconds += Integer.parseInt(digits.substring(4, 6));
                fraction = digits.length() > 7 ? Long.parseLong((digits.substring(7) + "00000").substring(0, 6)) : 0;
            }
            long micros = seconds * 1_000_000 + fraction;
            return new Zone(part.charAt(0) == '-' ? -micros : micros, null);
        }

        private void check() {
            boolean weekdayGiven = weekday >= 0;
            if (isoYear >= 0 && (dayOfYear >= 0 || isoWeek < 0 || !weekdayGiven)) {
                throw Fault.value(
                        dayOfYear >= 0
                                ? "Day of the year directive '%j' is not compatible with ISO year directive '%G'. Use '%Y' instead."
                                : "ISO year directive '%G' must be used with the ISO week directive '%V' and a weekday"
                                        + " directive ('%A', '%a', '%w', or '%u').");
            }
            if (isoYear < 0 && isoWeek >= 0) {
                throw Fault.value(
                        yearGiven && weekdayGiven
                                ? "ISO week directive '%V' is incompatible with the year directive '%Y'. Use the ISO year '%G'"
                                        + " instead."
                                : "ISO week directive '%V' must be used with the ISO year directive '%G' and a weekday"
                                        + " directive ('%A', '%a', '%w', or '%u').");
            }
        }

        Moment moment() {
            check();
            if (twelve) {
                hour = hour % 12 + (half == 1 ? 12 : 0);
            }
            if (second > 59) {
                throw Fault.value("second must be in 0..59");
            }
            LocalDate date = LocalDate.of(year, month, dated || dayOfYear < 0 ? day : 1);
            if (dayOfYear > 0 && !dated) {
                date = LocalDate.ofYearDay(year, 1).plusDays(dayOfYear - 1L);
            } else if (week >= 0 && weekday >= 0 && !dated) {
                date = ofWeek();
            } else if (isoYear > 0 && isoWeek > 0 && weekday >= 0) {
                date = LocalDate.of(isoYear, 1, 4)
                        .with(IsoFields.WEEK_OF_WEEK_BASED_YEAR, isoWeek)
                        .with(java.time.temporal.ChronoField.DAY_OF_WEEK, weekday + 1L);
            }
            return new Moment(LocalDateTime.of(date, LocalTime.of(hour, minute, second, micros * 1000)), named());
        }

        private @Nullable Zone named() {
            Zone known = zone;
            return known == null || zoneName == null ? known : new Zone(known.offset(), zoneName);
        }

        private LocalDate ofWeek() {
            LocalDate first = LocalDate.of(year, 1, 1);
            int firstWeekday = first.getDayOfWeek().getValue() - 1;
            int shifted = fromSunday ? (firstWeekday + 1) % 7 : firstWeekday;
            int wanted = fromSunday ? (weekday + 1) % 7 : weekday;
            int zero = (7 - shifted) % 7;
            long days = week == 0 ? wanted - shifted : zero + 7L * (week - 1) + wanted;
            return first.plusDays(days);
        }
    }
}

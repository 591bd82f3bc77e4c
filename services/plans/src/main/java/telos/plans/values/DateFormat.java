package telos.plans.values;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.IsoFields;
import org.jspecify.annotations.Nullable;

/** {@code strftime}, with the names of months and days of the C locale. */
final class DateFormat {
    static final String[] MONTHS = {
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December"
    };
    static final String[] DAYS = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};

    private DateFormat() {}

    static String format(Context context, Payload payload, String format) {
        context.bytes(16L * format.length());
        return switch (payload) {
            case Moment moment -> format(moment.local(), moment.zone(), format);
            case Day day -> format(day.date().atStartOfDay(), null, format);
            case ClockTime time -> format(LocalDate.of(1900, 1, 1).atTime(time.local()), time.zone(), format);
            default -> throw new IllegalArgumentException(payload.kind() + " is no date");
        };
    }

    private static String format(LocalDateTime moment, @Nullable Zone zone, String format) {
        StringBuilder out = new StringBuilder();
        for (int at = 0; at < format.length(); at++) {
            char each = format.charAt(at);
            if (each != '%' || at + 1 == format.length()) {
                out.append(each);
            } else {
                out.append(directive(moment, zone, format.charAt(++at)));
            }
        }
        return out.toString();
    }

    private static String directive(LocalDateTime moment, @Nullable Zone zone, char letter) {
        LocalDate date = moment.toLocalDate();
        LocalTime time = moment.toLocalTime();
        int weekday = date.getDayOfWeek().getValue();
        int hour = time.getHour() % 12 == 0 ? 12 : time.getHour() % 12;
        return switch (letter) {
            case 'a' -> DAYS[weekday - 1].substring(0, 3);
            case 'A' -> DAYS[weekday - 1];
            case 'w' -> Integer.toString(weekday % 7);
            case 'u' -> Integer.toString(weekday);
            case 'd' -> two(date.getDayOfMonth());
            case 'e' -> String.format("%2d", date.getDayOfMonth());
            case 'b', 'h' -> MONTHS[date.getMonthValue() - 1].substring(0, 3);
            case 'B' -> MONTHS[date.getMonthValue() - 1];
            case 'm' -> two(date.getMonthValue());
            case 'y' -> two(date.getYear() % 100);
            case 'Y' -> Integer.toString(date.getYear());
            case 'C' -> two(date.getYear() / 100);
            case 'G' -> Integer.toString(date.get(IsoFields.WEEK_BASED_YEAR));
            case 'g' -> two(date.get(IsoFields.WEEK_BASED_YEAR) % 100);
            case 'V' -> two(date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case 'U' -> two((date.getDayOfYear() + 6 - weekday % 7) / 7);
            case 'W' -> two((date.getDayOfYear() + 6 - (weekday + 6) % 7) / 7);
            case 'j' -> String.format("%03d", date.getDayOfYear());
            case 'H' -> two(time.getHour());
            case 'k' -> String.format("%2d", time.getHour());
            case 'I' -> two(hour);
            case 'l' -> String.format("%2d", hour);
            case 'p' -> time.getHour() < 12 ? "AM" : "PM";
            case 'P' -> time.getHour() < 12 ? "am" : "pm";
            case 'M' -> two(time.getMinute());
            case 'S' -> two(time.getSecond());
            case 'f' -> String.format("%06d", time.getNano() / 1000);
            case 'z' -> zone == null ? "" : zone.written("");
            case 'Z' -> zone == null ? "" : zone.label();
            case 'c' -> format(moment, zone, "%a %b %e %H:%M:%S %Y");
            case 'x', 'D' -> format(moment, zone, "%m/%d/%y");
            case 'X', 'T' -> format(moment, zone, "%H:%M:%S");
            case 'R' -> format(moment, zone, "%H:%M");
            case 'r' -> format(moment, zone, "%I:%M:%S %p");
            case 'F' -> format(moment, zone, "%Y-%m-%d");
            case 'n' -> "\n";
            case 't' -> "\t";
            case '%' -> "%";
            default -> "%" + letter;
        };
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }
}

package telos.plans.values;

import java.time.LocalDate;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/** The attributes of dates, ranges and patterns that are no methods. */
final class Parts {
    private static final Outline SMALL = Outline.whole(4);

    private Parts() {}

    static @Nullable Payload find(Payload of, String name) {
        return switch (of) {
            case Moment moment -> {
                Payload date = date(moment.local().toLocalDate(), name);
                yield date != null ? date : time(moment.local().toLocalTime(), moment.zone(), name);
            }
            case Day day -> date(day.date(), name);
            case ClockTime time -> time(time.local(), time.zone(), name);
            case Delta delta ->
                switch (name) {
                    case "days" -> Whole.of(delta.days());
                    case "seconds" -> Whole.of(delta.micros() / 1_000_000);
                    case "microseconds" -> Whole.of(delta.micros() % 1_000_000);
                    default -> null;
                };
            case Span span ->
                switch (name) {
                    case "start" -> span.start();
                    case "stop" -> span.stop();
                    case "step" -> span.step();
                    default -> null;
                };
            case Whole whole ->
                switch (name) {
                    case "real", "numerator" -> whole;
                    case "imag" -> Whole.of(0);
                    case "denominator" -> Whole.of(1);
                    default -> null;
                };
            case Pattern pattern -> name.equals("pattern") ? Text.of(pattern.source()) : null;
            default -> null;
        };
    }

    private static @Nullable Payload date(LocalDate date, String name) {
        return switch (name) {
            case "year" -> Whole.of(date.getYear());
            case "month" -> Whole.of(date.getMonthValue());
            case "day" -> Whole.of(date.getDayOfMonth());
            default -> null;
        };
    }

    private static @Nullable Payload time(LocalTime time, @Nullable Zone zone, String name) {
        return switch (name) {
            case "hour" -> Whole.of(time.getHour());
            case "minute" -> Whole.of(time.getMinute());
            case "second" -> Whole.of(time.getSecond());
            case "microsecond" -> Whole.of(time.getNano() / 1000);
            case "tzinfo" -> zone == null ? Nothing.NOTHING : zone;
            case "fold" -> Whole.of(0);
            default -> null;
        };
    }

    static @Nullable Outline outline(Kind kind, String name) {
        boolean dated = name.equals("year") || name.equals("month") || name.equals("day");
        boolean timed = switch (name) {
            case "hour", "minute", "second", "microsecond", "fold" -> true;
            default -> false;
        };
        boolean zoned = name.equals("tzinfo");
        Outline zone = Outline.NONE.union(Outline.of(Kind.TIMEZONE, 8));
        return switch (kind) {
            case DATETIME -> dated || timed ? SMALL : zoned ? zone : null;
            case DATE -> dated ? SMALL : null;
            case TIME -> timed ? SMALL : zoned ? zone : null;
            case TIMEDELTA ->
                name.equals("days") || name.equals("seconds") || name.equals("microseconds") ? Outline.whole(5) : null;
            case RANGE ->
                name.equals("start") || name.equals("stop") || name.equals("step")
                        ? Outline.whole(Outline.UNBOUNDED)
                        : null;
            case INT ->
                switch (name) {
                    case "real", "numerator", "imag", "denominator" -> Outline.whole(Outline.UNBOUNDED);
                    default -> null;
                };
            case PATTERN -> name.equals("pattern") ? Outline.text(Outline.UNBOUNDED) : null;
            default -> null;
        };
    }
}

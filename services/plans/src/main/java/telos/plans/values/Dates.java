package telos.plans.values;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Operators on dates, and dates as {@code str} and {@code repr} write them. */
final class Dates {
    private static final long NUMBERS = Kind.INT.bit() | Kind.BOOL.bit() | Kind.FLOAT.bit();

    private Dates() {}

    static @Nullable Payload compute(BinaryOperation operation, Payload a, Payload b) {
        return switch (operation) {
            case ADD -> added(a, b);
            case SUBTRACT -> subtracted(a, b);
            case MULTIPLY -> {
                if (a instanceof Delta delta && Numbers.isNumber(b)) {
                    yield multiplied(delta, b);
                }
                yield b instanceof Delta delta && Numbers.isNumber(a) ? multiplied(delta, a) : null;
            }
            case DIVIDE, FLOOR_DIVIDE, MODULO -> a instanceof Delta delta ? divided(operation, delta, b) : null;
            case POWER, LEFT_SHIFT, RIGHT_SHIFT, AND, OR, XOR -> null;
        };
    }

    private static @Nullable Payload added(Payload a, Payload b) {
        return switch (a) {
            case Delta x when b instanceof Delta y -> Delta.of(x.total().add(y.total()));
            case Delta x when b instanceof Moment || b instanceof Day -> added(b, x);
            case Moment moment when b instanceof Delta delta -> moved(moment, delta);
            case Day day
            when b instanceof Delta delta -> new Day(inRange(day.date().plusDays(delta.days())));
            default -> null;
        };
    }

    private static @Nullable Payload subtracted(Payload a, Payload b) {
        return switch (a) {
            case Delta x when b instanceof Delta y -> Delta.of(x.total().subtract(y.total()));
            case Moment x
            when b instanceof Moment y -> {
                if (x.isAware() != y.isAware()) {
                    throw Fault.type("can't subtract offset-naive and offset-aware datetimes");
                }
                yield between(y.utc(), x.utc());
            }
            case Moment moment when b instanceof Delta delta -> moved(moment, delta.negated());
            case Day x when b instanceof Day y -> new Delta(ChronoUnit.DAYS.between(y.date(), x.date()), 0);
            case Day day
            when b instanceof Delta delta -> new Day(inRange(day.date().minusDays(delta.days())));
            default -> null;
        };
    }

    static Delta between(LocalDateTime from, LocalDateTime to) {
        Duration duration = Duration.between(from, to);
        return Delta.of(BigInteger.valueOf(duration.getSeconds())
                .multiply(BigInteger.valueOf(1_000_000))
                .add(BigInteger.valueOf(duration.getNano() / 1000)));
    }

    static Moment moved(Moment moment, Delta delta) {
        return new Moment(
                inRange(moment.local().plusDays(delta.days()).plus(delta.micros(), ChronoUnit.MICROS)), moment.zone());
    }

    static LocalDate inRange(LocalDate date) {
        if (date.getYear() < 1 || date.getYear() > 9999) {
            throw Fault.overflow("date value out of range");
        }
        return date;
    }

    static LocalDateTime inRange(LocalDateTime moment) {
        inRange(moment.toLocalDate());
        return moment;
    }

    private static Delta multiplied(Delta delta, Payload by) {
        if (by instanceof Real real) {
            return Delta.of(new BigDecimal(delta.total()).multiply(exact(real.value())));
        }
        return Delta.of(delta.total().multiply(Numbers.whole(by).big()));
    }

    private static BigDecimal exact(double value) {
        if (Double.isNaN(value)) {
            throw Fault.value("cannot convert NaN to integer ratio");
        }
        if (Double.isInfinite(value)) {
            throw Fault.overflow("cannot convert Infinity to integer ratio");
        }
        return new BigDecimal(value);
    }

    private static @Nullable Payload divided(BinaryOperation operation, Delta delta, Payload by) {
        BigInteger total = delta.total();
        if (by instanceof Delta other) {
            if (other.isZero()) {
                throw Fault.zero(
                        operation == BinaryOperation.DIVIDE
                                ? "division by zero"
                                : "integer division or modulo by zero");
            }
            Whole over = Whole.of(total);
            Whole under = Whole.of(other.total());
            return switch (operation) {
                case DIVIDE -> new Real(Numbers.ratio(over, under));
                case FLOOR_DIVIDE -> Arithmetic.floor(over, under)[0];
                default -> Delta.of(Arithmetic.floor(over, under)[1].big());
            };
        }
        if (operation == BinaryOperation.MODULO || !Numbers.isNumber(by)) {
            return null;
        }
        if (by instanceof Real real) {
            if (operation == BinaryOperation.FLOOR_DIVIDE) {
                return null;
            }
            if (real.value() == 0) {
                throw Fault.zero("division by zero");
            }
            BigDecimal exact = exact(real.value());
            return Delta.of(new BigDecimal(total).divide(exact, new MathContext(60, RoundingMode.HALF_EVEN)));
        }
        Whole whole = Numbers.whole(by);
        if (whole.sign() == 0) {
            throw Fault.zero("integer division or modulo by zero");
        }
        if (operation == BinaryOperation.FLOOR_DIVIDE) {
            return Delta.of(Arithmetic.floor(Whole.of(total), whole)[0].big());
        }
        return Delta.of(new BigDecimal(total).divide(new BigDecimal(whole.big()), 0, RoundingMode.HALF_EVEN));
    }

    /** How two dates lie, or null where these are not two of a kind. */
    static @Nullable Integer order(Payload a, Payload b) {
        return switch (a) {
            case Moment x
            when b instanceof Moment y -> {
                if (x.isAware() != y.isAware()) {
                    throw Fault.type("can't compare offset-naive and offset-aware datetimes");
                }
                yield x.utc().compareTo(y.utc());
            }
            case Moment _ when b instanceof Day -> throw Fault.type("can't compare datetime.datetime to datetime.date");
            case Day _ when b instanceof Moment -> throw Fault.type("can't compare datetime.datetime to datetime.date");
            case Day x when b instanceof Day y -> x.date().compareTo(y.date());
            case ClockTime x
            when b instanceof ClockTime y -> {
                if (x.isAware() != y.isAware()) {
                    throw Fault.type("can't compare offset-naive and offset-aware times");
                }
                yield Long.compare(x.micros(), y.micros());
            }
            case Delta x when b instanceof Delta y -> x.compareTo(y);
            default -> null;
        };
    }

    /** What an operator on dates may come to, or null where these are none. */
    static @Nullable Prospect outline(BinaryOperation operation, Kind a, Kind b) {
        boolean first = a == Kind.DATETIME || a == Kind.DATE || a == Kind.TIMEDELTA;
        boolean second = b == Kind.DATETIME || b == Kind.DATE || b == Kind.TIMEDELTA;
        if (!first && !second) {
            return null;
        }
        Errors errors = Errors.of(ErrorKind.TYPE, ErrorKind.OVERFLOW);
        boolean spans = a == Kind.TIMEDELTA && b == Kind.TIMEDELTA;
        return switch (operation) {
            case ADD -> {
                if (spans || (first && b == Kind.TIMEDELTA)) {
                    yield Prospect.of(Outline.of(a, 8), Errors.OVERFLOW);
                }
                yield a == Kind.TIMEDELTA && second ? Prospect.of(Outline.of(b, 8), Errors.OVERFLOW) : null;
            }
            case SUBTRACT -> {
                if (spans || (first && b == Kind.TIMEDELTA)) {
                    yield Prospect.of(Outline.of(a, 8), Errors.OVERFLOW);
                }
                yield a == b
                        ? Prospect.of(Outline.of(Kind.TIMEDELTA, 8), a == Kind.DATE ? Errors.NONE : Errors.TYPE)
                        : null;
            }
            case MULTIPLY ->
                (a == Kind.TIMEDELTA && (b.bit() & NUMBERS) != 0) || (b == Kind.TIMEDELTA && (a.bit() & NUMBERS) != 0)
                        ? Prospect.of(Outline.of(Kind.TIMEDELTA, 8), Errors.OVERFLOW.and(Errors.VALUE))
                        : null;
            case DIVIDE, FLOOR_DIVIDE, MODULO -> {
                if (a != Kind.TIMEDELTA) {
                    yield null;
                }
                Outline result =
                        Outline.of(Kind.TIMEDELTA, 8).union(Outline.FLOAT).union(Outline.whole(12));
                yield Prospect.of(result, errors.and(Errors.ZERO_DIVISION).and(Errors.VALUE));
            }
            case POWER, LEFT_SHIFT, RIGHT_SHIFT, AND, OR, XOR -> null;
        };
    }

    static String iso(LocalDate date) {
        return String.format("%04d-%02d-%02d", date.getYear(), date.getMonthValue(), date.getDayOfMonth());
    }

    /** How fine a time is written: 0 as fine as it is, else hours 1, minutes 2, seconds 3, milliseconds 4, microseconds 5. */
    static String iso(LocalTime time, int spec) {
        int micros = time.getNano() / 1000;
        String hour = String.format("%02d", time.getHour());
        String minute = hour + String.format(":%02d", time.getMinute());
        String second = minute + String.format(":%02d", time.getSecond());
        return switch (spec) {
            case 1 -> hour;
            case 2 -> minute;
            case 3 -> second;
            case 4 -> second + String.format(".%03d", micros / 1000);
            case 5 -> second + String.format(".%06d", micros);
            default -> micros == 0 ? second : second + String.format(".%06d", micros);
        };
    }

    static String iso(Moment moment, int separator, int spec) {
        return iso(moment.local().toLocalDate())
                + Character.toString(separator)
                + iso(moment.local().toLocalTime(), spec)
                + offset(moment.zone());
    }

    static String iso(ClockTime time, int spec) {
        return iso(time.local(), spec) + offset(time.zone());
    }

    private static String offset(@Nullable Zone zone) {
        return zone == null ? "" : zone.written(":");
    }

    static String repr(Day day) {
        LocalDate date = day.date();
        return "datetime.date(" + date.getYear() + ", " + date.getMonthValue() + ", " + date.getDayOfMonth() + ")";
    }

    static String repr(Moment moment) {
        LocalDate date = moment.local().toLocalDate();
        return "datetime.datetime(" + date.getYear() + ", " + date.getMonthValue() + ", " + date.getDayOfMonth() + ", "
                + parts(moment.local().toLocalTime()) + zone(moment.zone()) + ")";
    }

    static String repr(ClockTime time) {
        return "datetime.time(" + parts(time.local()) + zone(time.zone()) + ")";
    }

    private static String parts(LocalTime time) {
        String text = time.getHour() + ", " + time.getMinute();
        if (time.getSecond() != 0 || time.getNano() != 0) {
            text += ", " + time.getSecond();
        }
        return time.getNano() == 0 ? text : text + ", " + time.getNano() / 1000;
    }

    private static String zone(@Nullable Zone zone) {
        return zone == null ? "" : ", tzinfo=" + zone.repr();
    }
}

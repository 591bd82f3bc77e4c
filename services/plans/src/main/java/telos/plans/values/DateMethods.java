package telos.plans.values;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.IsoFields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The methods of dates, times and time differences. */
final class DateMethods {
    static final Map<String, Builtin> MOMENTS = new LinkedHashMap<>();
    static final Map<String, Builtin> DAYS = new LinkedHashMap<>();
    static final Map<String, Builtin> TIMES = new LinkedHashMap<>();
    static final Map<String, Builtin> DELTAS = new LinkedHashMap<>();
    static final Map<String, Builtin> ZONES = new LinkedHashMap<>();

    private static final Outline SMALL = Outline.whole(4);
    private static final Outline WRITTEN = Outline.text(64);
    private static final Outline DELTA = Outline.of(Kind.TIMEDELTA, 8);
    private static final long WHOLES = Outlines.WHOLES;

    private DateMethods() {}

    private static void add(
            Map<String, Builtin> table, String name, String signature, Builtin.Act act, Builtin.Tell tell) {
        table.put(name, Builtin.method(name, signature, act, tell));
    }

    private static LocalDate date(Slots s) {
        return switch (s.payload(0)) {
            case Moment moment -> moment.local().toLocalDate();
            case Day day -> day.date();
            default -> throw Fault.type("a date is needed, not " + s.typeName(0));
        };
    }

    private static Moment moment(Slots s) {
        if (s.payload(0) instanceof Moment moment) {
            return moment;
        }
        throw Fault.type("a datetime is needed, not " + s.typeName(0));
    }

    private static @Nullable Zone zone(Payload payload) {
        return switch (payload) {
            case Zone zone -> zone;
            case Nothing _ -> null;
            default ->
                throw Fault.type("tzinfo argument must be None or of a tzinfo subclass, not type '"
                        + payload.type().name() + "'");
        };
    }

    static {
        for (Map<String, Builtin> table : List.of(MOMENTS, DAYS)) {
            add(table, "weekday", "", s -> Value.of(date(s).getDayOfWeek().getValue() - 1), o -> Prospect.sure(SMALL));
            add(table, "isoweekday", "", s -> Value.of(date(s).getDayOfWeek().getValue()), o -> Prospect.sure(SMALL));
            add(table, "toordinal", "", s -> Value.of(date(s).toEpochDay() + 719_163), o -> Prospect.sure(SMALL));
            add(
                    table,
                    "isocalendar",
                    "",
                    s -> new Value(Tuple.of(
                            Value.of(date(s).get(IsoFields.WEEK_BASED_YEAR)),
                            Value.of(date(s).get(IsoFields.WEEK_OF_WEEK_BASED_YEAR)),
                            Value.of(date(s).getDayOfWeek().getValue()))),
                    o -> Prospect.sure(Outline.tuple(List.of(SMALL, SMALL, SMALL))));
            add(
                    table,
                    "ctime",
                    "",
                    s -> Value.of(DateFormat.format(s.context(), s.payload(0), "%a %b %e %H:%M:%S %Y")),
                    o -> Prospect.sure(WRITTEN));
        }
        for (Map<String, Builtin> table : List.of(MOMENTS, DAYS, TIMES)) {
            add(
                    table,
                    "strftime",
                    ":format",
                    s -> Value.of(DateFormat.format(s.context(), s.payload(0), s.string(1))),
                    o -> Prospect.of(Outline.text(Outline.times(o.extent(1), 64)), o.unless(1, Kind.STR)));
        }
        add(DAYS, "isoformat", "", s -> Value.of(Dates.iso(date(s))), o -> Prospect.sure(WRITTEN));
        add(
                DAYS,
                "replace",
                ":year? :month? :day?",
                s -> new Value(new Day(replaced(s, date(s)))),
                o -> replacing(o, Kind.DATE, 3));
        add(
                MOMENTS,
                "isoformat",
                ":sep? :timespec?",
                s -> {
                    Text separator = s.has(1) ? s.text(1) : Text.of("T");
                    if (separator.length() != 1) {
                        throw Fault.type("isoformat() argument 1 must be a unicode character, not str");
                    }
                    return Value.of(Dates.iso(moment(s), separator.pointAt(0), fineness(s, 2)));
                },
                o -> Prospect.of(WRITTEN, o.has(1) || o.has(2) ? Errors.TYPE.and(Errors.VALUE) : Errors.NONE));
        add(
                TIMES,
                "isoformat",
                ":timespec?",
                s -> Value.of(Dates.iso((ClockTime) s.payload(0), fineness(s, 1))),
                o -> Prospect.of(WRITTEN, o.has(1) ? Errors.TYPE.and(Errors.VALUE) : Errors.NONE));
        add(MOMENTS, "date", "", s -> new Value(new Day(date(s))), o -> Prospect.sure(Outline.of(Kind.DATE, 8)));
        add(
                MOMENTS,
                "time",
                "",
                s -> new Value(new ClockTime(moment(s).local().toLocalTime(), null)),
                o -> Prospect.sure(Outline.of(Kind.TIME, 8)));
        add(
                MOMENTS,
                "timetz",
                "",
                s -> new Value(
                        new ClockTime(moment(s).local().toLocalTime(), moment(s).zone())),
                o -> Prospect.sure(Outline.of(Kind.TIME, 8)));
        add(
                MOMENTS,
                "replace",
                ":year? :month? :day? :hour? :minute? :second? :microsecond? :tzinfo? !fold?",
                s -> new Value(new Moment(
                        replaced(s, date(s))
                                .atTime(replaced(s, 4, moment(s).local().toLocalTime())),
                        s.has(8) ? zone(s.payload(8)) : moment(s).zone())),
                o -> replacing(o, Kind.DATETIME, 7));
        add(
                TIMES,
                "replace",
                ":hour? :minute? :second? :microsecond? :tzinfo? !fold?",
                s -> {
                    ClockTime time = (ClockTime) s.payload(0);
                    return new Value(
                            new ClockTime(replaced(s, 1, time.local()), s.has(5) ? zone(s.payload(5)) : time.zone()));
                },
                o -> replacing(o, Kind.TIME, 4));
        add(MOMENTS, "timestamp", "", DateMethods::timestamp, o -> Prospect.of(Outline.FLOAT, Errors.VALUE));
        add(
                MOMENTS,
                "astimezone",
                ":tz?",
                DateMethods::inZone,
                o -> Prospect.of(
                        Outline.of(Kind.DATETIME, 8),
                        Errors.VALUE.and(Errors.OVERFLOW).and(Errors.TYPE)));
        for (Map<String, Builtin> table : List.of(MOMENTS, TIMES)) {
            add(
                    table,
                    "utcoffset",
                    "",
                    s -> {
                        Zone zone = s.payload(0) instanceof Moment moment
                                ? moment.zone()
                                : ((ClockTime) s.payload(0)).zone();
                        return zone == null ? Value.NOTHING : new Value(Delta.ofMicros(zone.offset()));
                    },
                    o -> Prospect.sure(Outline.NONE.union(DELTA)));
            add(
                    table,
                    "tzname",
                    "",
                    s -> {
                        Zone zone = s.payload(0) instanceof Moment moment
                                ? moment.zone()
                                : ((ClockTime) s.payload(0)).zone();
                        return zone == null ? Value.NOTHING : Value.of(zone.label());
                    },
                    o -> Prospect.sure(Outline.NONE.union(Outline.text(1 << 16))));
            add(table, "dst", "", s -> Value.NOTHING, o -> Prospect.sure(Outline.NONE));
        }
        add(
                DELTAS,
                "total_seconds",
                "",
                s -> new Value(new Real(Numbers.ratio(Whole.of(((Delta) s.payload(0)).total()), Whole.of(1_000_000)))),
                o -> Prospect.sure(Outline.FLOAT));
        add(
                ZONES,
                "utcoffset",
                "dt",
                s -> new Value(Delta.ofMicros(((Zone) s.payload(0)).offset())),
                o -> Prospect.sure(DELTA));
        add(
                ZONES,
                "tzname",
                "dt",
                s -> Value.of(((Zone) s.payload(0)).label()),
                o -> Prospect.sure(Outline.text(1 << 16)));
    }

    private static LocalDate replaced(Slots s, LocalDate date) {
        return Constructors.date(
                s.whole(1, date.getYear()), s.whole(2, date.getMonthValue()), s.whole(3, date.getDayOfMonth()));
    }

    private static LocalTime replaced(Slots s, int from, LocalTime time) {
        return Constructors.time(
                s.whole(from, time.getHour()),
                s.whole(from + 1, time.getMinute()),
                s.whole(from + 2, time.getSecond()),
                s.whole(from + 3, time.getNano() / 1000));
    }

    private static Prospect replacing(Outlines o, Kind kind, int fields) {
        Errors errors = Errors.NONE;
        for (int i = 1; i <= fields; i++) {
            errors = errors.and(o.unless(i, WHOLES))
                    .andIf(o.has(i), Errors.VALUE)
                    .andIf(o.has(i), Errors.OVERFLOW);
        }
        return Prospect.of(Outline.of(kind, 8), errors.and(Errors.TYPE));
    }

    private static int fineness(Slots s, int place) {
        if (!s.has(place)) {
            return 0;
        }
        return switch (s.string(place)) {
            case "auto" -> 0;
            case "hours" -> 1;
            case "minutes" -> 2;
            case "seconds" -> 3;
            case "milliseconds" -> 4;
            case "microseconds" -> 5;
            default -> throw Fault.value("Unknown timespec value");
        };
    }

    private static Value timestamp(Slots s) {
        Moment moment = moment(s);
        if (!moment.isAware()) {
            throw Fault.value("a datetime without tzinfo has no timestamp here: give it one with replace(tzinfo=...)");
        }
        Delta since = Dates.between(LocalDateTime.of(1970, 1, 1, 0, 0), moment.utc());
        return new Value(new Real(Numbers.ratio(Whole.of(since.total()), Whole.of(1_000_000))));
    }

    private static Value inZone(Slots s) {
        Moment moment = moment(s);
        Zone to = s.has(1) ? zone(s.payload(1)) : null;
        if (to == null || !moment.isAware()) {
            throw Fault.value("astimezone() wants a tz, and a datetime with tzinfo: a plan knows no local time");
        }
        Delta offset = Delta.ofMicros(to.offset());
        return new Value(new Moment(
                Dates.moved(new Moment(moment.utc(), null), offset).local(), to));
    }

    /** {@code datetime.fromtimestamp}. */
    static Value fromTimestamp(Slots s, @Nullable Zone zone) {
        if (!Numbers.isNumber(s.payload(0))) {
            throw Fault.type("'" + s.typeName(0) + "' object cannot be interpreted as an integer");
        }
        BigDecimal seconds = s.payload(0) instanceof Real real
                ? real(real.value())
                : new BigDecimal(Numbers.whole(s.payload(0)).big());
        BigInteger micros = seconds.movePointRight(6)
                .setScale(0, java.math.RoundingMode.HALF_EVEN)
                .toBigInteger();
        if (micros.bitLength() > 60) {
            throw Fault.value("year is out of range");
        }
        Zone to = zone == null ? Zone.UTC : zone;
        Moment utc = new Moment(LocalDateTime.of(1970, 1, 1, 0, 0), null);
        try {
            Moment local = Dates.moved(utc, Delta.of(micros.add(BigInteger.valueOf(to.offset()))));
            return new Value(new Moment(local.local(), zone));
        } catch (Fault _) {
            throw Fault.value("year is out of range");
        }
    }

    private static BigDecimal real(double value) {
        if (Double.isNaN(value)) {
            throw Fault.value("cannot convert float NaN to integer");
        }
        if (Double.isInfinite(value)) {
            throw Fault.overflow("cannot convert float infinity to integer");
        }
        return new BigDecimal(value);
    }
}

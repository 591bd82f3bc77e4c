package telos.plans.values;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;

/** What calling a built-in type makes. This file is long because it is one table. */
final class Constructors {
    private static final Map<Kind, Builtin> TABLE = new EnumMap<>(Kind.class);
    private static final BigDecimal SECOND = BigDecimal.valueOf(1_000_000);
    private static final Map<String, BigDecimal> UNITS = Map.of(
            "days", SECOND.multiply(BigDecimal.valueOf(86_400)),
            "seconds", SECOND,
            "microseconds", BigDecimal.ONE,
            "milliseconds", BigDecimal.valueOf(1000),
            "minutes", SECOND.multiply(BigDecimal.valueOf(60)),
            "hours", SECOND.multiply(BigDecimal.valueOf(3600)),
            "weeks", SECOND.multiply(BigDecimal.valueOf(604_800)));
    private static final List<String> ORDER =
            List.of("days", "seconds", "microseconds", "milliseconds", "minutes", "hours", "weeks");

    private Constructors() {}

    static @Nullable Builtin of(Kind kind) {
        return TABLE.get(kind);
    }

    private static void add(Kind kind, String signature, Builtin.Act act, Builtin.Tell tell) {
        TABLE.put(kind, Builtin.function(kind.type().simpleName(), signature, act, tell));
    }

    static {
        add(Kind.BOOL, "x?", s -> s.has(0) ? Truths.of(s.at(0)) : Value.FALSE, o -> Prospect.sure(Outline.BOOL));
        add(Kind.INT, "x? :base?", Constructors::integer, Constructors::integers);
        add(
                Kind.FLOAT,
                "x?",
                Constructors::real,
                o -> Prospect.of(
                        Outline.FLOAT,
                        o.unless(0, Outlines.NUMBERS | Kind.STR.bit())
                                .andIf(o.at(0).may(Kind.STR), Errors.VALUE)
                                .andIf(
                                        o.has(0)
                                                && o.at(0).orNumber().may(Kind.INT)
                                                && o.at(0).orNumber().extent() >= 128,
                                        Errors.OVERFLOW)));
        add(
                Kind.STR,
                ":object?",
                s -> {
                    if (!s.has(0)) {
                        return Value.of("");
                    }
                    s.deep(0);
                    return s.payload(0) instanceof Text text
                            ? new Value(text)
                            : Value.of(Texts.str(s.context(), s.payload(0)));
                },
                o -> o.has(0) ? Formats.written(o.at(0), 1) : Prospect.sure(Outline.text(0)));
        add(
                Kind.LIST,
                "iterable?",
                s -> {
                    if (!s.has(0)) {
                        return new Value(new ListBox());
                    }
                    Lists.Collected all = collect(s);
                    Label floor = s.payload(0) instanceof Box box ? box.floor() : Label.BOTTOM;
                    return new Value(ListBox.like(all.elements(), all.control(), floor));
                },
                o -> collected(o, Kind.LIST));
        add(
                Kind.TUPLE,
                "iterable?",
                s -> {
                    if (!s.has(0)) {
                        return new Value(Tuple.EMPTY);
                    }
                    if (s.payload(0) instanceof Tuple) {
                        return s.at(0);
                    }
                    Lists.Collected all = collect(s);
                    s.tell(all.control());
                    return new Value(new Tuple(all.elements()));
                },
                o -> collected(o, Kind.TUPLE));
        add(Kind.SET, "iterable?", s -> new Value(set(s, false)), o -> collected(o, Kind.SET));
        add(Kind.FROZENSET, "iterable?", s -> new Value(set(s, true)), o -> collected(o, Kind.FROZENSET));
        add(
                Kind.DICT,
                "from? **more",
                s -> {
                    DictBox dict = new DictBox();
                    if (s.has(0)) {
                        Dicts.update(s.context(), dict, s.at(0), Label.BOTTOM);
                    }
                    for (Map.Entry<String, Value> each : s.named().entrySet()) {
                        Dicts.put(s.context(), dict, Value.of(each.getKey()), each.getValue(), Label.BOTTOM);
                    }
                    return new Value(dict);
                },
                o -> {
                    Prospect from = o.has(0)
                            ? Dicts.outlineOfUpdate(Outline.dict(Map.of()), o.at(0))
                            : Prospect.sure(Outline.dict(o.named()));
                    if (!o.has(0)) {
                        return from;
                    }
                    if (o.named().isEmpty()) {
                        return o.at(0).isOnly(Kind.DICT) ? Prospect.of(o.at(0), from.errors()) : from;
                    }
                    Outline both = from.result().union(Outline.dict(o.named()));
                    return Prospect.of(
                            both.extent(Outline.plus(both.extent(), o.named().size())), from.errors());
                });
        add(Kind.RANGE, "start stop? step?", Constructors::range, Constructors::ranges);
        add(Kind.TYPE, "object", s -> new Value(s.payload(0).type()), o -> Prospect.sure(typeOf(o.at(0))));
        add(
                Kind.DATE,
                ":year :month :day",
                s -> new Value(new Day(date(s.whole(0), s.whole(1), s.whole(2)))),
                o -> Prospect.of(Outline.of(Kind.DATE, 8), day(o).and(wholes(o, 0, 3))));
        add(
                Kind.DATETIME,
                ":year :month :day :hour? :minute? :second? :microsecond? :tzinfo? !fold?",
                s -> new Value(
                        new Moment(date(s.whole(0), s.whole(1), s.whole(2)).atTime(clock(s, 3)), zone(s, 7))),
                o -> Prospect.of(
                        Outline.of(Kind.DATETIME, 8),
                        day(o).and(clock(o, 3))
                                .and(wholes(o, 0, 7))
                                .and(o.unless(7, Kind.NONE.bit() | Kind.TIMEZONE.bit()))));
        add(
                Kind.TIME,
                ":hour? :minute? :second? :microsecond? :tzinfo? !fold?",
                s -> new Value(new ClockTime(clock(s, 0), zone(s, 4))),
                o -> Prospect.of(
                        Outline.of(Kind.TIME, 8),
                        clock(o, 0).and(wholes(o, 0, 4)).and(o.unless(4, Kind.NONE.bit() | Kind.TIMEZONE.bit()))));
        add(
                Kind.TIMEDELTA,
                ":days? :seconds? :microseconds? :milliseconds? :minutes? :hours? :weeks?",
                Constructors::delta,
                Constructors::deltas);
        add(
                Kind.TIMEZONE,
                ":offset :name?",
                Constructors::timezone,
                o -> Prospect.of(Outline.of(Kind.TIMEZONE, 8), Errors.TYPE.and(Errors.VALUE)));
    }

    private static Outline typeOf(Outline of) {
        Outline all = Outline.NEVER;
        for (Kind each : of.kinds()) {
            boolean made = each == Kind.INSTANCE || each == Kind.MEMBER || each == Kind.EXCEPTION;
            all = all.union(made ? Outline.of(Kind.TYPE, 8) : Outline.known(Kind.TYPE, each.type()));
        }
        return all;
    }

    /** A day up to the 28th is one of every month. */
    private static Errors day(Outlines o) {
        boolean sure = liesWithin(o, 0, 1, 9999) && liesWithin(o, 1, 1, 12) && liesWithin(o, 2, 1, 28);
        return Errors.NONE.andIf(!sure, Errors.VALUE);
    }

    private static Errors clock(Outlines o, int from) {
        boolean sure = liesWithin(o, from, 0, 23)
                && liesWithin(o, from + 1, 0, 59)
                && liesWithin(o, from + 2, 0, 59)
                && liesWithin(o, from + 3, 0, 999_999);
        return Errors.NONE.andIf(!sure, Errors.VALUE);
    }

    private static boolean liesWithin(Outlines o, int place, long low, long high) {
        return !o.has(place)
                || (o.at(place).isOnly(Outlines.WHOLES)
                        && o.at(place).low() >= low
                        && o.at(place).high() <= high);
    }

    private static Errors wholes(Outlines o, int from, int to) {
        Errors errors = Errors.NONE;
        for (int i = from; i < to; i++) {
            errors = errors.and(o.unless(i, Outlines.WHOLES)).andIf(o.has(i) && o.extent(i) > 4, Errors.OVERFLOW);
        }
        return errors;
    }

    private static Lists.Collected collect(Slots s) {
        if (!Iterators.isIterable(s.payload(0))) {
            throw Fault.type("'" + s.typeName(0) + "' object is not iterable").by(Label.BOTTOM);
        }
        return Lists.collect(s.context(), s.at(0));
    }

    private static Prospect collected(Outlines o, Kind kind) {
        if (!o.has(0)) {
            return Prospect.sure(Outline.holding(kind, 0, Outline.NEVER, null));
        }
        Prospect inner = Iterators.all(o.at(0));
        Outline element = inner.result().elementOrNone();
        boolean keyed = kind == Kind.SET || kind == Kind.FROZENSET;
        Outline made = kind == Kind.TUPLE && o.at(0).isOnly(Kind.TUPLE)
                ? o.at(0)
                : Outline.holding(kind, inner.result().extent(), element, null);
        return Prospect.of(made, keyed ? inner.errors().and(Outlines.unhashable(element)) : inner.errors());
    }

    private static SetBox set(Slots s, boolean frozen) {
        if (!s.has(0)) {
            return new SetBox(frozen);
        }
        if (!Iterators.isIterable(s.payload(0))) {
            throw Fault.type("'" + s.typeName(0) + "' object is not iterable").by(Label.BOTTOM);
        }
        return Sets.copy(s.context(), Sets.collected(s.context(), s.at(0)), frozen);
    }

    private static Value integer(Slots s) {
        if (!s.has(0)) {
            return Value.of(0);
        }
        if (s.has(1)) {
            if (!(s.payload(0) instanceof Text text)) {
                throw Fault.type("int() can't convert non-string with explicit base");
            }
            long base = s.whole(1);
            if (base != 0 && (base < 2 || base > 36)) {
                throw Fault.value("int() base must be >= 2 and <= 36, or 0");
            }
            return new Value(WholeReader.read(s.context(), text.string(), (int) base));
        }
        return switch (s.payload(0)) {
            case Text text -> new Value(WholeReader.read(s.context(), text.string(), 10));
            case Real real -> new Value(whole(real.value()));
            case Whole whole -> new Value(whole);
            case Truth truth -> Value.of(truth.count());
            default ->
                throw Fault.type("int() argument must be a string, a bytes-like object or a real number, not '"
                        + s.typeName(0) + "'");
        };
    }

    private static Prospect integers(Outlines o) {
        if (!o.has(0)) {
            return Prospect.sure(Outline.whole(1));
        }
        long extent = o.at(0).may(Kind.STR) ? o.extent(0) / 2 + 1 : 0;
        extent = Math.max(extent, o.at(0).may(Kind.INT) ? o.extent(0) : 1);
        extent = Math.max(extent, o.at(0).may(Kind.FLOAT) ? 129 : 1);
        Errors errors = o.unless(0, Outlines.NUMBERS | Kind.STR.bit())
                .andIf(o.at(0).may(Kind.STR), Errors.VALUE)
                .andIf(o.at(0).may(Kind.FLOAT), Errors.VALUE.and(Errors.OVERFLOW))
                .andIf(o.has(1), Errors.TYPE.and(Errors.VALUE));
        Outline result = Outline.whole(extent);
        return Prospect.of(
                o.at(0).isOnly(Outlines.WHOLES)
                        ? result.between(o.at(0).low(), o.at(0).high())
                        : result,
                errors);
    }

    /** A float cut to an int, or the error that it is none. */
    static Whole whole(double value) {
        if (Double.isNaN(value)) {
            throw Fault.value("cannot convert float NaN to integer");
        }
        if (Double.isInfinite(value)) {
            throw Fault.overflow("cannot convert float infinity to integer");
        }
        return Numbers.cut(value);
    }

    private static Value real(Slots s) {
        if (!s.has(0)) {
            return Value.of(0.0);
        }
        return switch (s.payload(0)) {
            case Text text -> {
                Reals.Read read = Reals.read(text.string());
                if (!read.ok()) {
                    throw Fault.value("could not convert string to float: " + Texts.quoted(text.string()));
                }
                yield Value.of(read.value());
            }
            case Real _, Whole _, Truth _ -> Value.of(Numbers.real(s.payload(0)));
            default ->
                throw Fault.type("float() argument must be a string or a real number, not '" + s.typeName(0) + "'");
        };
    }

    private static Value range(Slots s) {
        Whole first = Slots.index(s.payload(0));
        Whole stop = s.has(1) ? Slots.index(s.payload(1)) : first;
        Whole start = s.has(1) ? first : Whole.of(0);
        Whole step = s.has(2) ? Slots.index(s.payload(2)) : Whole.of(1);
        if (step.sign() == 0) {
            throw Fault.value("range() arg 3 must not be zero");
        }
        return new Value(new Span(start, stop, step));
    }

    private static Prospect ranges(Outlines o) {
        Outline first = o.at(0).orNumber();
        Outline stop = o.has(1) ? o.at(1).orNumber() : first;
        Long step = o.at(2).constantWhole();
        Errors errors = o.unless(0, Outlines.WHOLES)
                .and(o.unless(1, Outlines.WHOLES))
                .and(o.unless(2, Outlines.WHOLES))
                .andIf(o.has(2) && (step == null || step == 0), Errors.VALUE);
        long wide = Math.max(first.extent(), o.has(1) ? stop.extent() : 1);
        Outline element = Outline.whole(Outline.plus(wide, o.has(2) ? 1 : 0));
        long extent = stop.greatest();
        if (o.has(1)) {
            Long start = first.constantWhole();
            long below = start != null ? Math.max(0, -start) : first.low() >= 0 ? 0 : first.farthest();
            extent = Outline.plus(extent, below);
        }
        if (o.has(2) && (step == null || step < 0)) {
            extent = Outline.plus(extent, Outline.plus(first.greatest(), stop.farthest()));
        }
        return Prospect.of(Outline.holding(Kind.RANGE, extent, element, null), errors);
    }

    /** A date, or the ValueError that there is none such. */
    static LocalDate date(long year, long month, long day) {
        if (year < 1 || year > 9999) {
            throw Fault.value("year " + year + " is out of range");
        }
        if (month < 1 || month > 12) {
            throw Fault.value("month must be in 1..12");
        }
        if (day < 1 || day > java.time.YearMonth.of((int) year, (int) month).lengthOfMonth()) {
            throw Fault.value("day is out of range for month");
        }
        return LocalDate.of((int) year, (int) month, (int) day);
    }

    static LocalTime time(long hour, long minute, long second, long micros) {
        if (hour < 0 || hour > 23) {
            throw Fault.value("hour must be in 0..23");
        }
        if (minute < 0 || minute > 59) {
            throw Fault.value("minute must be in 0..59");
        }
        if (second < 0 || second > 59) {
            throw Fault.value("second must be in 0..59");
        }
        if (micros < 0 || micros > 999_999) {
            throw Fault.value("microsecond must be in 0..999999");
        }
        return LocalTime.of((int) hour, (int) minute, (int) second, (int) micros * 1000);
    }

    private static LocalTime clock(Slots s, int from) {
        return time(s.whole(from, 0), s.whole(from + 1, 0), s.whole(from + 2, 0), s.whole(from + 3, 0));
    }

    private static @Nullable Zone zone(Slots s, int place) {
        if (!s.has(place) || s.payload(place) == Nothing.NOTHING) {
            return null;
        }
        if (s.payload(place) instanceof Zone zone) {
            return zone;
        }
        throw Fault.type("tzinfo argument must be None or of a tzinfo subclass, not type '" + s.typeName(place) + "'");
    }

    private static Value delta(Slots s) {
        BigDecimal total = BigDecimal.ZERO;
        for (int i = 0; i < ORDER.size(); i++) {
            if (s.has(i)) {
                BigDecimal count = switch (s.payload(i)) {
                    case Whole whole -> new BigDecimal(whole.big());
                    case Truth truth -> BigDecimal.valueOf(truth.count());
                    case Real real -> {
                        whole(real.value());
                        yield new BigDecimal(real.value());
                    }
                    default ->
                        throw Fault.type(
                                "unsupported type for timedelta " + ORDER.get(i) + " component: " + s.typeName(i));
                };
                total = total.add(count.multiply(UNITS.getOrDefault(ORDER.get(i), BigDecimal.ONE)));
            }
        }
        return new Value(Delta.of(total));
    }

    private static Prospect deltas(Outlines o) {
        Errors errors = Errors.NONE;
        for (int i = 0; i < ORDER.size(); i++) {
            boolean small = o.at(i).constantWhole() != null && o.at(i).farthest() < 100_000_000;
            errors = errors.and(o.unless(i, Outlines.NUMBERS))
                    .andIf(o.has(i) && !small, Errors.OVERFLOW)
                    .andIf(o.at(i).may(Kind.FLOAT), Errors.VALUE);
        }
        return Prospect.of(Outline.of(Kind.TIMEDELTA, 8), errors);
    }

    private static Value timezone(Slots s) {
        if (!(s.payload(0) instanceof Delta delta)) {
            throw Fault.type("timezone() argument 1 must be datetime.timedelta, not " + s.typeName(0));
        }
        if (delta.days() < -1 || delta.days() > 0 || (delta.days() == -1 && delta.micros() == 0)) {
            throw Fault.value(
                    "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not "
                            + delta.repr() + ".");
        }
        String name = s.has(1) ? s.string(1) : null;
        return new Value(new Zone(delta.total().longValue(), name));
    }
}

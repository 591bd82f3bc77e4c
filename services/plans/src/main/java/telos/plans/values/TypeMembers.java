package telos.plans.values;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What types have: static methods, constants, the members of an enumeration, and the methods of their instances. */
final class TypeMembers {
    private static final Map<Kind, Map<String, Value>> STATIC = new LinkedHashMap<>();

    private TypeMembers() {}

    private static void add(Kind kind, String name, String signature, Builtin.Act act, Builtin.Tell tell) {
        add(kind, name, new Value(Builtin.function(name, signature, act, tell)));
    }

    private static void add(Kind kind, String name, Value value) {
        STATIC.computeIfAbsent(kind, _ -> new LinkedHashMap<>()).put(name, value);
    }

    static {
        add(
                Kind.STR,
                "maketrans",
                "x y? z?",
                StrMethods::maketrans,
                o -> Prospect.of(
                        Outline.holding(Kind.DICT, Outline.UNBOUNDED, Outline.ANY, Outline.ANY),
                        Errors.TYPE.and(Errors.VALUE)));
        add(Kind.DICT, "fromkeys", "iterable value?", DictMethods::fromKeys, DictMethods::outlineOfFromKeys);
        Errors bad = Errors.VALUE.and(Errors.TYPE);
        add(
                Kind.DATETIME,
                "strptime",
                "text format",
                s -> new Value(DateReader.read(s.context(), s.string(0), s.string(1))),
                o -> Prospect.of(Outline.of(Kind.DATETIME, 8), bad));
        add(
                Kind.DATETIME,
                "fromisoformat",
                "text",
                s -> new Value(IsoReader.moment(s.string(0))),
                o -> Prospect.of(Outline.of(Kind.DATETIME, 8), bad));
        add(
                Kind.DATE,
                "fromisoformat",
                "text",
                s -> new Value(IsoReader.day(s.string(0))),
                o -> Prospect.of(Outline.of(Kind.DATE, 8), bad));
        add(
                Kind.TIME,
                "fromisoformat",
                "text",
                s -> new Value(IsoReader.time(s.string(0))),
                o -> Prospect.of(Outline.of(Kind.TIME, 8), bad));
        for (Kind kind : new Kind[] {Kind.DATE, Kind.DATETIME}) {
            add(
                    kind,
                    "fromordinal",
                    "n",
                    s -> {
                        long days = s.whole(0);
                        if (days < 1 || days > 3_652_059) {
                            throw Fault.value(days < 1 ? "ordinal must be >= 1" : "year is out of range");
                        }
                        LocalDate date = LocalDate.ofEpochDay(days - 719_163);
                        return new Value(kind == Kind.DATE ? new Day(date) : new Moment(date.atStartOfDay(), null));
                    },
                    o -> Prospect.of(Outline.of(kind, 8), bad));
        }
        add(
                Kind.DATETIME,
                "combine",
                ":date :time :tzinfo?",
                s -> {
                    LocalDate date = switch (s.payload(0)) {
                        case Day day -> day.date();
                        case Moment moment -> moment.local().toLocalDate();
                        default -> throw Fault.type("combine() argument 1 must be datetime.date, not " + s.typeName(0));
                    };
                    if (!(s.payload(1) instanceof ClockTime time)) {
                        throw Fault.type("combine() argument 2 must be datetime.time, not " + s.typeName(1));
                    }
                    Zone zone = s.has(2) ? (s.payload(2) instanceof Zone given ? given : null) : time.zone();
                    return new Value(new Moment(date.atTime(time.local()), zone));
                },
                o -> Prospect.of(Outline.of(Kind.DATETIME, 8), Errors.TYPE));
        add(
                Kind.DATETIME,
                "utcfromtimestamp",
                "timestamp",
                s -> DateMethods.fromTimestamp(s, null),
                o -> Prospect.of(Outline.of(Kind.DATETIME, 8), bad.and(Errors.OVERFLOW)));
        add(
                Kind.DATETIME,
                "fromtimestamp",
                ":timestamp :tz?",
                s -> {
                    if (!s.has(1) || !(s.payload(1) instanceof Zone zone)) {
                        throw Fault.value("fromtimestamp() wants a tz: a plan knows no local time");
                    }
                    return DateMethods.fromTimestamp(s, zone);
                },
                o -> Prospect.of(Outline.of(Kind.DATETIME, 8), bad.and(Errors.OVERFLOW)));
        add(Kind.TIMEZONE, "utc", new Value(Zone.UTC));
        add(Kind.DATETIME, "min", new Value(new Moment(LocalDateTime.of(1, 1, 1, 0, 0), null)));
        add(Kind.DATETIME, "max", new Value(new Moment(LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000), null)));
        add(Kind.DATE, "min", new Value(new Day(LocalDate.of(1, 1, 1))));
        add(Kind.DATE, "max", new Value(new Day(LocalDate.of(9999, 12, 31))));
        add(Kind.TIME, "min", new Value(new ClockTime(LocalTime.MIN, null)));
        add(Kind.TIME, "max", new Value(new ClockTime(LocalTime.of(23, 59, 59, 999_999_000), null)));
        add(Kind.TIMEDELTA, "min", new Value(new Delta(-Delta.MOST_DAYS, 0)));
        add(Kind.TIMEDELTA, "max", new Value(new Delta(Delta.MOST_DAYS, Delta.DAY - 1)));
    }

    static @Nullable Value find(Type type, String name) {
        if (name.equals("__name__")) {
            return Value.of(type.simpleName());
        }
        if (type.isMadeByPlan()) {
            return type.instances() == Kind.MEMBER ? type.members().get(name) : null;
        }
        Map<String, Value> table = STATIC.get(type.instances());
        Value found = table == null ? null : table.get(name);
        if (found != null) {
            return found;
        }
        Builtin method = Methods.of(type.instances()).get(name);
        return method == null ? null : new Value(method);
    }
}

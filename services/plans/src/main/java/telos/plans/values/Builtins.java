package telos.plans.values;

import java.util.LinkedHashMap;
import java.util.Map;

/** The names that every plan knows without saying so, and the modules that it may name. */
public final class Builtins {
    private static final Map<String, Value> GLOBALS = new LinkedHashMap<>();
    private static final Map<String, Module> MODULES = new LinkedHashMap<>();

    private Builtins() {}

    static {
        Functions.TABLE.forEach((name, function) -> GLOBALS.put(name, new Value(function)));
        for (Kind each : new Kind[] {
            Kind.BOOL,
            Kind.INT,
            Kind.FLOAT,
            Kind.STR,
            Kind.TUPLE,
            Kind.LIST,
            Kind.DICT,
            Kind.SET,
            Kind.FROZENSET,
            Kind.RANGE,
            Kind.TYPE,
            Kind.DATETIME,
            Kind.DATE,
            Kind.TIME,
            Kind.TIMEDELTA,
            Kind.TIMEZONE
        }) {
            GLOBALS.put(each.type().simpleName(), new Value(each.type()));
        }
        GLOBALS.put("object", new Value(Kind.INSTANCE.type()));
        for (ErrorKind each : ErrorKind.values()) {
            GLOBALS.put(each.type().name(), new Value(each.type()));
        }
        Map<String, Value> dates = new LinkedHashMap<>();
        for (Kind each : new Kind[] {Kind.DATETIME, Kind.DATE, Kind.TIME, Kind.TIMEDELTA, Kind.TIMEZONE}) {
            dates.put(each.type().simpleName(), new Value(each.type()));
        }
        dates.put("UTC", new Value(Zone.UTC));
        MODULES.put("datetime", new Module("datetime", dates));
        MODULES.put("re", new Module("re", RegexMethods.functions()));
    }

    /** Functions, types and exceptions. What reaches outside, as {@code print}, is none of them. */
    public static Map<String, Value> globals() {
        return Map.copyOf(GLOBALS);
    }

    /** {@code datetime} and {@code re}. */
    public static Map<String, Module> modules() {
        return Map.copyOf(MODULES);
    }
}

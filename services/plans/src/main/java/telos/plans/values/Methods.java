package telos.plans.values;

import java.util.Map;

/** The built-in methods of each kind. */
final class Methods {
    private Methods() {}

    static Map<String, Builtin> of(Kind kind) {
        return switch (kind) {
            case STR -> StrMethods.TABLE;
            case LIST -> ListMethods.TABLE;
            case TUPLE -> ListMethods.OF_TUPLES;
            case DICT -> DictMethods.TABLE;
            case SET -> SetMethods.TABLE;
            case FROZENSET -> SetMethods.OF_FROZEN;
            case INT, BOOL -> NumberMethods.WHOLES;
            case FLOAT -> NumberMethods.REALS;
            case DATETIME -> DateMethods.MOMENTS;
            case DATE -> DateMethods.DAYS;
            case TIME -> DateMethods.TIMES;
            case TIMEDELTA -> DateMethods.DELTAS;
            case TIMEZONE -> DateMethods.ZONES;
            case INSTANCE -> InstanceMethods.TABLE;
            case PATTERN -> RegexMethods.PATTERNS;
            case MATCH -> RegexMethods.MATCHES;
            case NONE, RANGE, EXCEPTION, MEMBER, FUNCTION, TYPE, ITERATOR, VIEW, MODULE -> Map.of();
        };
    }
}

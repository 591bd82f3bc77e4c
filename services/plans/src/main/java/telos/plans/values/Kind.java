package telos.plans.values;

/** The built-in types, and what all of a sort that plans can make are counted as (instances, functions, types). */
// sets of kinds are bit masks, made and read within one run; types of kinds never change
@SuppressWarnings({"EnumOrdinal", "ImmutableEnumChecker"})
public enum Kind {
    NONE("NoneType"),
    BOOL("bool"),
    INT("int"),
    FLOAT("float"),
    STR("str"),
    TUPLE("tuple"),
    LIST("list"),
    DICT("dict"),
    SET("set"),
    FROZENSET("frozenset"),
    RANGE("range"),
    DATETIME("datetime.datetime"),
    DATE("datetime.date"),
    TIME("datetime.time"),
    TIMEDELTA("datetime.timedelta"),
    TIMEZONE("datetime.timezone"),
    EXCEPTION("Exception"),
    INSTANCE("object"),
    MEMBER("Enum"),
    FUNCTION("function"),
    TYPE("type"),
    ITERATOR("iterator"),
    VIEW("dict_view"),
    MODULE("module"),
    PATTERN("re.Pattern"),
    MATCH("re.Match");

    private final String label;
    private final Type type;

    Kind(String label) {
        this.label = label;
        this.type = Type.builtIn(label, this);
    }

    /** As messages name it. */
    public String label() {
        return label;
    }

    public Type type() {
        return type;
    }

    long bit() {
        return 1L << ordinal();
    }
}

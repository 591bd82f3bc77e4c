package telos.plans.values;

import java.util.List;
import telos.kernel.security.Label;

/** {@code format(value, spec)} and the fields of f-strings. */
@SuppressWarnings("ReferenceEquality") // the same object is meant
public final class Formats {
    private static final long DATES = Kind.DATETIME.bit() | Kind.DATE.bit() | Kind.TIME.bit();

    private Formats() {}

    /**
     * A value written, or the {@link PlanFailure} that Python raises.
     *
     * @param conversion {@code s}, {@code r}, {@code a}, or 0 for none
     */
    public static Value field(Context context, Value value, char conversion, Value spec) {
        Label label = value.label().join(spec.label());
        if (Labels.holds(value.payload())) {
            label = label.join(Labels.deep(value));
        }
        try {
            return new Value(Text.of(write(context, value.payload(), conversion, spec.payload())), label);
        } catch (Fault fault) {
            throw fault.raised(label, Label.BOTTOM);
        }
    }

    private static String write(Context context, Payload value, char conversion, Payload spec) {
        if (!(spec instanceof Text text)) {
            throw Fault.type(
                    "format() argument 2 must be str, not " + spec.type().name());
        }
        Payload converted = switch (conversion) {
            case 's' -> Text.of(Texts.str(context, value));
            case 'r' -> Text.of(Texts.repr(context, value));
            case 'a' -> Text.of(Texts.ascii(Texts.repr(context, value)));
            default -> value;
        };
        return format(context, converted, text.string());
    }

    static String format(Context context, Payload value, String spec) {
        if (spec.isEmpty()) {
            return Texts.str(context, value);
        }
        return switch (value) {
            case Text text -> text(context, text, FormatSpec.of(spec, "str"));
            case Truth truth ->
                NumberFormat.whole(context, Whole.of(truth.count()), FormatSpec.of(spec, "bool"), "bool");
            case Whole whole -> NumberFormat.whole(context, whole, FormatSpec.of(spec, "int"), "int");
            case Real real -> NumberFormat.real(context, real.value(), FormatSpec.of(spec, "float"), "float");
            case Member member -> text(context, Text.of(Texts.str(context, member)), FormatSpec.of(spec, "str"));
            case Moment _, Day _, ClockTime _ -> DateFormat.format(context, value, spec);
            default ->
                throw Fault.type(
                        "unsupported format string passed to " + value.type().simpleName() + ".__format__");
        };
    }

    private static String text(Context context, Text text, FormatSpec spec) {
        if (spec.type() != 0 && spec.type() != 's') {
            throw spec.unknown("str");
        }
        if (spec.sign() != 0) {
            throw Fault.value(
                    spec.sign() == ' '
                            ? "Space not allowed in string format specifier"
                            : "Sign not allowed in string format specifier");
        }
        if (spec.noNegativeZero()) {
            throw Fault.value("Negative zero coercion (z) not allowed in string format specifier");
        }
        if (spec.alternate()) {
            throw Fault.value("Alternate form (#) not allowed in string format specifier");
        }
        if (spec.grouping() != 0) {
            throw Fault.value("Cannot specify '" + spec.grouping() + "' with 's'.");
        }
        if (spec.align() == '=') {
            throw Fault.value("'=' alignment not allowed in string format specifier");
        }
        Text cut = spec.precision() >= 0 && spec.precision() < text.length()
                ? text.slice(0, (int) spec.precision())
                : text;
        return spec.padded(context, "", cut.string(), '<');
    }

    /** The parts of an f-string as one. */
    public static Value join(Context context, List<Value> parts) {
        Label label = Label.BOTTOM;
        StringBuilder out = new StringBuilder();
        for (Value each : parts) {
            label = label.join(each.label());
            String part = ((Text) each.payload()).string();
            context.bytes(part.length());
            out.append(part);
        }
        return new Value(Text.of(out.toString()), label);
    }

    /**
     * What the parts of an f-string come to.
     *
     * @param extent of all parts together
     */
    public static Prospect outlineOfJoin(long extent) {
        return Prospect.sure(Outline.text(extent));
    }

    /** What writing a field may come to; a spec that is public text tells best. */
    public static Prospect outlineOfField(Outline value, char conversion, Outline spec) {
        Text text = spec.constantText();
        if (text != null && text.length() == 0) {
            return written(value, conversion == 0 || conversion == 's' ? 1 : 10);
        }
        Outline converted = value;
        Errors errors = Errors.NONE.andIf(!spec.isOnly(Kind.STR), Errors.TYPE);
        if (conversion != 0) {
            Prospect written = written(value, conversion == 's' ? 1 : 10);
            converted = written.result();
            errors = errors.and(written.errors());
        }
        FormatSpec parsed = text == null ? null : FormatSpec.parsed(text.string());
        if (value.may(Kind.BOOL)) {
            converted = converted.union(Outline.whole(1));
        }
        if (text == null || (parsed == null && converted.mayAny(~DATES))) {
            Errors all = errors.and(Errors.VALUE)
                    .and(Errors.TYPE)
                    .and(Errors.OVERFLOW)
                    .and(Errors.RECURSION);
            return new Prospect(Outline.text(Outline.UNBOUNDED), all, null, text == null);
        }
        long extent = written(converted, 1).result().extent();
        if (parsed != null) {
            errors = errors.and(errors(parsed, converted));
            extent = Outline.plus(
                    Outline.times(2, extent),
                    Outline.plus(Math.max(0, parsed.width()), 400 + Math.max(0, parsed.precision())));
        }
        if (converted.mayAny(DATES)) {
            errors = errors.and(Errors.VALUE);
            extent = Outline.plus(extent, 64L * text.length());
        }
        return new Prospect(Outline.text(extent), errors, null, false);
    }

    private static Errors errors(FormatSpec spec, Outline value) {
        Errors errors = Errors.NONE;
        char type = spec.type();
        boolean odd = spec.noNegativeZero() || spec.precision() > FormatSpec.MOST;
        for (Kind each : value.kinds()) {
            boolean good = switch (each) {
                case INT ->
                    !odd
                            && type != 'c'
                            && ((type == 0 || "bdnoxX".indexOf(type) >= 0)
                                    ? spec.precision() < 0
                                    : "eEfFgG%".indexOf(type) >= 0);
                case FLOAT -> spec.precision() <= FormatSpec.MOST && (type == 0 || "eEfFgGn%".indexOf(type) >= 0);
                case STR, MEMBER ->
                    !odd
                            && (type == 0 || type == 's')
                            && spec.sign() == 0
                            && !spec.alternate()
                            && spec.grouping() == 0
                            && spec.align() != '=';
                case BOOL, DATETIME, DATE, TIME -> true;
                default -> false;
            };
            boolean formats = each == Kind.INT || each == Kind.FLOAT || each == Kind.STR || each == Kind.MEMBER;
            errors = errors.andIf(!good, formats ? Errors.VALUE : Errors.TYPE)
                    .andIf(
                            each == Kind.INT
                                    && (type == 'c' || ("eEfFgG%".indexOf(type) >= 0 && value.extent() >= 128)),
                            Errors.OVERFLOW)
                    .andIf(each == Kind.INT && value.extent() >= LONG_INT, Errors.VALUE);
        }
        return errors;
    }

    /** An int of so many bytes may have more digits than Python writes. */
    private static final long LONG_INT = 1784;

    /** What {@code str()} of it may come to; with a factor of ten, {@code repr()} or {@code ascii()}. */
    static Prospect written(Outline value, int factor) {
        Errors errors = Errors.NONE.andIf(value.isDeep(), Errors.RECURSION).andIf(mayBeLong(value), Errors.VALUE);
        return Prospect.of(Outline.text(length(value, factor)), errors);
    }

    private static boolean mayBeLong(Outline value) {
        if (value == Outline.ANY) {
            return true;
        }
        boolean mine = value.may(Kind.INT)
                && value.extent() >= LONG_INT
                && value.constant() == null
                && value.isOnly(Kind.INT)
                && value.farthest() == Outline.UNBOUNDED;
        boolean mixed = value.may(Kind.INT) && !value.isOnly(Kind.INT) && value.extent() >= LONG_INT;
        Outline element = value.element();
        Outline key = value.keyOrNone();
        return mine || mixed || (element != null && mayBeLong(element)) || (!key.isNever() && mayBeLong(key));
    }

    private static long length(Outline value, int factor) {
        if (value == Outline.ANY) {
            return Outline.UNBOUNDED;
        }
        long most = 0;
        for (Kind each : value.kinds()) {
            most = Math.max(
                    most,
                    switch (each) {
                        case NONE, BOOL -> 5;
                        case INT ->
                            value.isOnly(Kind.INT) && value.farthest() != Outline.UNBOUNDED
                                    ? 20
                                    : Outline.plus(Outline.times(value.extent(), 3), 1);
                        case FLOAT -> 26;
                        case STR -> Outline.plus(Outline.times(value.extent(), factor), factor == 1 ? 0 : 2);
                        case DATETIME, DATE, TIME, TIMEDELTA, TIMEZONE -> 200;
                        case LIST, TUPLE, SET, FROZENSET, VIEW, DICT, EXCEPTION, INSTANCE -> {
                            long element = length(value.elementOrNone(), 10);
                            long key = value.keyOrNone().isNever() ? 0 : length(value.keyOrNone(), 10);
                            long name = each == Kind.INSTANCE ? 4096 : 4;
                            yield Outline.plus(
                                    300,
                                    Outline.times(
                                            Outline.plus(value.extent(), 1),
                                            Outline.plus(Outline.plus(element, key), name)));
                        }
                        case MEMBER, FUNCTION, TYPE, MODULE, ITERATOR, RANGE -> 1 << 14;
                        case PATTERN, MATCH -> Outline.UNBOUNDED;
                    });
        }
        return most;
    }
}

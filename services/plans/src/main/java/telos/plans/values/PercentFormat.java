package telos.plans.values;

import java.math.BigDecimal;
import java.util.List;

/** {@code template % values}. */
final class PercentFormat {
    private final Context context;
    private final String template;
    private final Payload given;
    private final List<Value> values;
    private final StringBuilder out = new StringBuilder();
    private int at;
    private int used;
    private boolean keyed;

    private PercentFormat(Context context, String template, Payload given) {
        this.context = context;
        this.template = template;
        this.given = given;
        this.values = given instanceof Tuple tuple ? tuple.elements() : List.of(new Value(given));
    }

    static Text format(Context context, Text template, Value values) {
        return Text.of(new PercentFormat(context, template.string(), values.payload()).run());
    }

    static Prospect outline(Outline template, Outline values) {
        Errors errors =
                Errors.of(ErrorKind.TYPE, ErrorKind.VALUE, ErrorKind.OVERFLOW, ErrorKind.KEY, ErrorKind.RECURSION);
        Text text = template.constantText();
        if (text == null) {
            return new Prospect(Outline.text(Outline.UNBOUNDED), errors, null, true);
        }
        Plain plain = Plain.of(text.string());
        if (plain == null) {
            return new Prospect(
                    Outline.text(Outline.UNBOUNDED), errors, null, text.string().indexOf('*') >= 0);
        }
        var fields = values.isOnly(Kind.TUPLE) ? values.fields() : null;
        boolean single = !values.may(Kind.TUPLE) && !values.may(Kind.DICT);
        long length = text.length();
        boolean sure = single
                ? plain.types().length() == 1
                : fields != null && fields.size() == plain.types().length();
        for (int i = 0; sure && i < plain.types().length(); i++) {
            Outline each = single
                    ? values
                    : fields == null ? Outline.ANY : fields.getOrDefault(Integer.toString(i), Outline.ANY);
            char type = plain.types().charAt(i);
            Prospect written = Formats.written(each, type == 's' ? 1 : 10);
            boolean fits = type == 's'
                    || type == 'r'
                    || each.isOnly(type == 'd' ? Outlines.NUMBERS & ~Kind.FLOAT.bit() : Outlines.NUMBERS);
            sure = fits && written.errors().isEmpty() && (each.extent() < 128 || type != 'f');
            length = Outline.plus(length, Outline.plus(written.result().extent(), 400));
        }
        return sure
                ? Prospect.sure(Outline.text(Outline.plus(length, plain.room())))
                : Prospect.of(Outline.text(Outline.UNBOUNDED), errors);
    }

    /** The types of a template whose fields have neither names nor stars, and the room that its widths ask for. */
    private record Plain(String types, long room) {
        static @org.jspecify.annotations.Nullable Plain of(String template) {
            StringBuilder types = new StringBuilder();
            long room = 0;
            for (int at = template.indexOf('%'); at >= 0; at = template.indexOf('%', at)) {
                at++;
                int begin = at;
                long number = 0;
                while (at < template.length() && "0123456789.-+ #".indexOf(template.charAt(at)) >= 0) {
                    char each = template.charAt(at++);
                    number = each >= '0' && each <= '9' ? Math.min(number * 10 + each - '0', 1 << 20) : 0;
                    room += number;
                }
                if (at >= template.length() || room > 1 << 20) {
                    return null;
                }
                char type = template.charAt(at++);
                if (type == '%' && at == begin + 1) {
                    continue;
                }
                switch (type) {
                    case 's', 'r', 'd', 'f', 'g', 'e' ->
                        types.append(type == 'd' || type == 's' || type == 'r' ? type : 'f');
                    default -> {
                        return null;
                    }
                }
            }
            return new Plain(types.toString(), room);
        }
    }

    private String run() {
        while (at < template.length()) {
            char each = template.charAt(at++);
            if (each != '%') {
                out.append(each);
            } else {
                field();
            }
        }
        boolean mapping = given instanceof DictBox || given instanceof ListBox || given instanceof Span;
        if (!keyed && used < values.size() && !mapping) {
            throw Fault.type("not all arguments converted during string formatting");
        }
        context.bytes(out.length());
        return out.toString();
    }

    private char next() {
        if (at >= template.length()) {
            throw Fault.value("incomplete format");
        }
        return template.charAt(at++);
    }

    private void field() {
        Payload named = null;
        char each = next();
        if (each == '%') {
            out.append('%');
            return;
        }
        if (each == '(') {
            named = key();
            each = next();
        }
        boolean left = false;
        boolean zero = false;
        boolean alternate = false;
        char sign = 0;
        while ("#0- +".indexOf(each) >= 0) {
            switch (each) {
                case '#' -> alternate = true;
                case '0' -> zero = true;
                case '-' -> left = true;
                case '+' -> sign = '+';
                default -> sign = sign == 0 ? ' ' : sign;
            }
            each = next();
        }
        long width = -1;
        if (each == '*') {
            width = star();
            left |= width < 0;
            width = Math.abs(width);
            each = next();
        } else {
            while (each >= '0' && each <= '9') {
                width = Math.max(0, width) * 10 + each - '0';
                if (width > FormatSpec.MOST) {
                    throw Fault.value("width too big");
                }
                each = next();
            }
        }
        long precision = -1;
        if (each == '.') {
            precision = 0;
            each = next();
            if (each == '*') {
                precision = Math.max(0, star());
                each = next();
            } else {
                while (each >= '0' && each <= '9') {
                    precision = precision * 10 + each - '0';
                    if (precision > FormatSpec.MOST) {
                        throw Fault.value("precision too big");
                    }
                    each = next();
                }
            }
        }
        while (each == 'l' || each == 'h' || each == 'L') {
            each = next();
        }
        context.bytes(Math.max(0, width) + Math.max(0, precision));
        FormatSpec spec = new FormatSpec(
                zero && !left ? '0' : ' ',
                left ? '<' : '>',
                sign,
                alternate,
                zero,
                false,
                width,
                (char) 0,
                precision,
                each);
        write(each, named == null ? argument() : named, spec);
    }

    private Payload key() {
        if (!(given instanceof DictBox dict)) {
            throw Fault.type("format requires a mapping");
        }
        int depth = 1;
        int from = at;
        while (depth > 0) {
            if (at >= template.length()) {
                throw Fault.value("incomplete format key");
            }
            char each = template.charAt(at++);
            depth += each == '(' ? 1 : each == ')' ? -1 : 0;
        }
        keyed = true;
        Text name = Text.of(template.substring(from, at - 1));
        Table.Entry entry = dict.table().find(name.key());
        if (entry == null) {
            throw Fault.key(new Value(name));
        }
        return entry.value.payload();
    }

    private Payload argument() {
        if (used >= values.size() || (keyed && !(given instanceof Tuple) && used > 0)) {
            throw Fault.type("not enough arguments for format string");
        }
        return values.get(used++).payload();
    }

    private long star() {
        Payload payload = argument();
        if (!Numbers.isWhole(payload)) {
            throw Fault.type("* wants int");
        }
        long value = Numbers.whole(payload).clamped();
        if (Math.abs(value) > FormatSpec.MOST) {
            throw new BudgetSpent("a width of " + value);
        }
        return value;
    }

    private void write(char type, Payload value, FormatSpec spec) {
        switch (type) {
            case 's', 'r', 'a' -> {
                String text = switch (type) {
                    case 's' -> Texts.str(context, value);
                    case 'r' -> Texts.repr(context, value);
                    default -> Texts.ascii(Texts.repr(context, value));
                };
                Text cut = Text.of(text);
                cut = spec.precision() >= 0 && spec.precision() < cut.length()
                        ? cut.slice(0, (int) spec.precision())
                        : cut;
                FormatSpec plain = new FormatSpec(
                        ' ', spec.align(), (char) 0, false, false, false, spec.width(), (char) 0, -1, type);
                out.append(plain.padded(context, "", cut.string(), '>'));
            }
            case 'c' -> {
                if (value instanceof Text text && text.length() == 1) {
                    out.append(new FormatSpec(
                                    ' ', spec.align(), (char) 0, false, false, false, spec.width(), (char) 0, -1, type)
                            .padded(context, "", text.string(), '>'));
                } else if (Numbers.isWhole(value)) {
                    long code = Numbers.whole(value).clamped();
                    if (code < 0 || code > Character.MAX_CODE_POINT) {
                        throw Fault.overflow("%c arg not in range(0x110000)");
                    }
                    out.append(new FormatSpec(
                                    ' ', spec.align(), (char) 0, false, false, false, spec.width(), (char) 0, -1, type)
                            .padded(context, "", Character.toString((int) code), '>'));
                } else {
                    throw Fault.type("%c requires int or char");
                }
            }
            case 'd', 'i', 'u', 'o', 'x', 'X' -> whole(type, value, spec);
            case 'e', 'E', 'f', 'F', 'g', 'G' -> real(type, value, spec);
            default ->
                throw Fault.value("unsupported format character '" + type + "' (0x" + Integer.toHexString(type)
                        + ") at index " + (at - 1));
        }
    }

    private void whole(char type, Payload value, FormatSpec spec) {
        boolean decimal = "diu".indexOf(type) >= 0;
        Whole whole;
        if (value instanceof Real real && decimal) {
            whole = Constructors.whole(real.value());
        } else if (Numbers.isWhole(value)) {
            whole = Numbers.whole(value);
        } else {
            throw Fault.type("%" + type + " format: " + (decimal ? "a real number" : "an integer")
                    + " is required, not " + value.type().name());
        }
        int base = type == 'o' ? 8 : decimal ? 10 : 16;
        String digits = decimal
                ? Texts.digits(context, whole.sign() < 0 ? Whole.of(whole.big().negate()) : whole)
                : whole.big().abs().toString(base);
        digits = type == 'X' ? LetterCase.upper(digits) : digits;
        if (spec.precision() > digits.length()) {
            digits = "0".repeat((int) spec.precision() - digits.length()) + digits;
        }
        String prefix = spec.alternate() && !decimal ? "0" + type : "";
        out.append(aligned(spec, spec.sign(whole.sign() < 0) + prefix, digits));
    }

    private String aligned(FormatSpec spec, String sign, String digits) {
        FormatSpec how = new FormatSpec(
                spec.fill(),
                spec.fill() == '0' ? '=' : spec.align(),
                (char) 0,
                false,
                false,
                false,
                spec.width(),
                (char) 0,
                -1,
                'd');
        return how.padded(context, sign, digits, '>');
    }

    private void real(char type, Payload value, FormatSpec spec) {
        if (!Numbers.isNumber(value)) {
            throw Fault.type("must be real number, not " + value.type().name());
        }
        double real = Numbers.real(value);
        if (Double.isNaN(real) || Double.isInfinite(real)) {
            String word = Double.isNaN(real) ? "nan" : "inf";
            word = Character.isUpperCase(type) ? LetterCase.upper(word) : word;
            out.append(aligned(spec, spec.sign(real < 0), word));
            return;
        }
        int precision = spec.precision() < 0 ? 6 : (int) spec.precision();
        double magnitude = Math.abs(real);
        String digits = switch (type) {
            case 'f', 'F' -> NumberFormat.fixed(new BigDecimal(magnitude), precision, spec.alternate());
            case 'e', 'E' -> NumberFormat.exponential(magnitude, precision, type, spec.alternate());
            default ->
                NumberFormat.general(magnitude, Math.max(1, precision), type == 'G' ? 'E' : 'e', spec.alternate());
        };
        out.append(aligned(spec, spec.sign(Math.copySign(1, real) < 0), digits));
    }
}

package telos.inference.template;

import java.math.BigDecimal;

/** Values as Python prints them: {@code str} of a text is itself, inside a container it is quoted. */
final class Display {
    private Display() {}

    static Text text(Run run, Value value) {
        if (value instanceof Text text) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        write(run, value, out);
        return Text.untrusted(out.toString());
    }

    private static void write(Run run, Value value, StringBuilder out) {
        run.step();
        run.check(out.length());
        switch (value) {
            case Value.None _ -> out.append("None");
            case Value.Undefined _ -> {}
            case Value.Bool bool -> out.append(bool.value() ? "True" : "False");
            case Value.Int number -> out.append(number.value());
            case Value.Real number -> out.append(real(number.value()));
            case Text text -> quote(run, text.value(), out);
            case Value.Sequence list -> {
                run.enter();
                out.append('[');
                String gap = "";
                for (Value item : list.items()) {
                    out.append(gap);
                    write(run, item, out);
                    gap = ", ";
                }
                out.append(']');
                run.leave();
            }
            case Value.Mapping map -> {
                run.enter();
                out.append('{');
                String gap = "";
                for (var entry : map.entries().entrySet()) {
                    out.append(gap);
                    write(run, entry.getKey(), out);
                    out.append(": ");
                    write(run, entry.getValue(), out);
                    gap = ", ";
                }
                out.append('}');
                run.leave();
            }
            case Value.Namespace _ -> out.append("<namespace>");
            case Value.Function _ -> out.append("<function>");
        }
    }

    private static void quote(Run run, String text, StringBuilder out) {
        run.charge(text.length());
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        out.append(quote);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c == quote) {
                        out.append('\\').append(c);
                    } else if (c < 32 || c == 127) {
                        out.append("\\x%02x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append(quote);
    }

    /** The shortest digits that read back, as Python's {@code repr} lays them out. */
    static String real(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        BigDecimal shortest = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        int exponent = shortest.precision() - shortest.scale() - 1;
        if (exponent >= -4 && exponent < 16) {
            String plain = shortest.toPlainString();
            return plain.contains(".") ? plain : plain + ".0";
        }
        String digits = shortest.unscaledValue().abs().toString();
        return (value < 0 ? "-" : "")
                + digits.charAt(0)
                + (digits.length() > 1 ? "." + digits.substring(1) : "")
                + (exponent < 0 ? "e-" : "e+")
                + (Math.abs(exponent) < 10 ? "0" : "")
                + Math.abs(exponent);
    }
}

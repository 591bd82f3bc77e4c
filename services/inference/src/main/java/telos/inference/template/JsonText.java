package telos.inference.template;

import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.function.Consumer;

/** Values as JSON, laid out as Python's {@code json.dumps} does, which is what models were trained on. */
final class JsonText {
    private final Run run;
    /** Spaces per level, or -1 for one line. */
    private final int indent;

    private final String itemSeparator;
    private final String keySeparator;
    private final boolean ascii;
    private final boolean sorted;
    private final StringBuilder out = new StringBuilder();
    private int level;

    JsonText(Run run, int indent, String itemSeparator, String keySeparator, boolean ascii, boolean sorted) {
        this.run = run;
        this.indent = indent;
        this.itemSeparator = itemSeparator;
        this.keySeparator = keySeparator;
        this.ascii = ascii;
        this.sorted = sorted;
    }

    String of(Value value) {
        write(value);
        return out.toString();
    }

    private void write(Value value) {
        run.step();
        run.check(out.length());
        switch (value) {
            case Value.None _ -> out.append("null");
            case Value.Bool bool -> out.append(bool.value());
            case Value.Int number -> out.append(number.value());
            case Value.Real number -> out.append(real(number.value()));
            case Text text -> quote(text.value());
            case Value.Sequence list -> container('[', ']', list.items(), this::write);
            case Value.Mapping map ->
                container('{', '}', entries(map), entry -> {
                    quote(key(entry.getKey()));
                    out.append(keySeparator);
                    write(entry.getValue());
                });
            case Value.Undefined _, Value.Namespace _, Value.Function _ ->
                throw run.fail("tojson cannot write " + value.sort());
        }
    }

    private Collection<Map.Entry<Value, Value>> entries(Value.Mapping map) {
        if (!sorted) {
            return map.entries().entrySet();
        }
        return map.entries().entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<Value, Value> entry) -> key(entry.getKey())))
                .toList();
    }

    private String key(Value key) {
        return switch (key) {
            case Value.None _ -> "null";
            case Value.Bool bool -> String.valueOf(bool.value());
            default -> Display.text(run, key).value();
        };
    }

    private <T> void container(char open, char close, Collection<T> items, Consumer<T> each) {
        run.enter();
        out.append(open);
        level++;
        boolean first = true;
        for (T item : items) {
            if (!first) {
                out.append(itemSeparator);
            }
            newline();
            each.accept(item);
            first = false;
        }
        level--;
        if (!first) {
            newline();
        }
        out.append(close);
        run.leave();
    }

    private void newline() {
        if (indent >= 0) {
            run.check((long) out.length() + (long) indent * level);
            out.append('\n').repeat(' ', indent * level);
        }
    }

    private static String real(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "Infinity" : "-Infinity";
        }
        return Display.real(value);
    }

    private void quote(String text) {
        run.charge(text.length());
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (c < 32 || (ascii && c > 126)) {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}

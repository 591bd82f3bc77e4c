package telos.inference.template;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What stands behind {@code |}. */
final class Filters {
    private Filters() {}

    static Value apply(Run run, String name, Value value, Arguments given) {
        run.step();
        String callee = "the filter '" + name + "'";
        return switch (name) {
            case "safe", "string", "e", "escape" -> {
                given.bind(run, callee);
                yield Display.text(run, value);
            }
            case "trim" -> Words.strip(run, text(run, value), or(given.bind(run, callee, "chars")[0]), true, true);
            case "upper" -> Words.upper(run, plain(run, callee, value, given));
            case "lower" -> Words.lower(run, plain(run, callee, value, given));
            case "title" -> Words.title(run, plain(run, callee, value, given));
            case "capitalize" -> Words.capitalize(run, plain(run, callee, value, given));
            case "replace" -> {
                @Nullable Value[] all = given.bind(run, callee, "old", "new", "count");
                yield Words.replace(
                        run, text(run, value), text(run, or(all[0])), text(run, or(all[1])), number(run, all[2], -1));
            }
            case "indent" -> indent(run, callee, value, given);
            case "tojson" -> json(run, callee, value, given);
            case "default", "d" -> {
                @Nullable Value[] all = given.bind(run, callee, "default_value", "boolean");
                boolean absent = value instanceof Value.Undefined || (flag(all[1]) && !Operations.truth(value));
                yield absent ? (all[0] == null ? Text.EMPTY : or(all[0])) : value;
            }
            case "length", "count" -> Value.of(length(run, callee, value, given));
            case "join" -> {
                @Nullable Value[] all = given.bind(run, callee, "d", "attribute");
                List<Value> items = new ArrayList<>(Operations.items(run, value));
                Value attribute = all[1];
                if (attribute != null) {
                    items.replaceAll(item -> Sequences.attribute(run, item, attribute));
                }
                yield Sequences.join(run, items, all[0] == null ? Text.EMPTY : text(run, or(all[0])));
            }
            case "first", "last" -> {
                List<Value> items = items(run, callee, value, given);
                yield items.isEmpty()
                        ? new Value.Undefined("the " + name + " item of nothing")
                        : name.equals("first") ? items.getFirst() : items.getLast();
            }
            case "list" -> new Value.Sequence(new ArrayList<>(items(run, callee, value, given)));
            case "reverse" -> reverse(run, callee, value, given);
            case "items" -> {
                given.bind(run, callee);
                yield value instanceof Value.Undefined
                        ? Operations.sequence()
                        : Sequences.pairs(run, map(run, callee, value));
            }
            case "dictsort" -> {
                @Nullable Value[] all = given.bind(run, callee, "case_sensitive", "by", "reverse");
                boolean byValue = all[1] instanceof Text by && by.value().equals("value");
                yield Sequences.sortedPairs(run, map(run, callee, value), flag(all[0]), byValue, flag(all[2]));
            }
            case "sort" -> {
                @Nullable Value[] all = given.bind(run, callee, "reverse", "case_sensitive", "attribute");
                yield Sequences.sort(run, Operations.items(run, value), flag(all[0]), flag(all[1]), all[2]);
            }
            case "unique" -> {
                @Nullable Value[] all = given.bind(run, callee, "case_sensitive", "attribute");
                yield Sequences.unique(run, Operations.items(run, value), flag(all[0]), all[1]);
            }
            case "map" -> Sequences.map(run, Operations.items(run, value), given);
            case "select" -> Sequences.select(run, Operations.items(run, value), given, true);
            case "reject" -> Sequences.select(run, Operations.items(run, value), given, false);
            case "selectattr" -> Sequences.selectAttribute(run, Operations.items(run, value), given, true);
            case "rejectattr" -> Sequences.selectAttribute(run, Operations.items(run, value), given, false);
            case "int" -> {
                @Nullable Value[] all = given.bind(run, callee, "default", "base");
                yield integer(value, all[0] == null ? Value.of(0) : or(all[0]), (int) number(run, all[1], 10));
            }
            case "float" -> {
                Value fallback = given.bind(run, callee, "default")[0];
                yield floating(value, fallback == null ? new Value.Real(0) : fallback);
            }
            case "abs" -> {
                given.bind(run, callee);
                yield value instanceof Value.Int whole
                        ? Value.of(Math.abs(whole.value()))
                        : new Value.Real(Math.abs(real(run, callee, value)));
            }
            case "round" -> round(run, callee, value, given);
            default -> throw run.fail(callee + " is not known to Telos");
        };
    }

    private static Value or(@Nullable Value given) {
        return given == null ? Value.None.NONE : given;
    }

    private static boolean flag(@Nullable Value given) {
        return given != null && Operations.truth(given);
    }

    private static long number(Run run, @Nullable Value given, long fallback) {
        return given == null || given instanceof Value.None ? fallback : Operations.whole(run, given, "the argument");
    }

    private static Text text(Run run, Value value) {
        return Display.text(run, value);
    }

    private static Text plain(Run run, String callee, Value value, Arguments given) {
        given.bind(run, callee);
        return text(run, value);
    }

    private static List<Value> items(Run run, String callee, Value value, Arguments given) {
        given.bind(run, callee);
        return Operations.items(run, value);
    }

    private static Value.Mapping map(Run run, String callee, Value value) {
        if (value instanceof Value.Mapping map) {
            return map;
        }
        throw run.fail(callee + " takes a mapping, not " + value.sort());
    }

    private static double real(Run run, String callee, Value value) {
        if (Operations.isNumber(value)) {
            return Operations.real(value);
        }
        throw run.fail(callee + " takes a number, not " + value.sort());
    }

    private static long length(Run run, String callee, Value value, Arguments given) {
        given.bind(run, callee);
        return switch (value) {
            case Text text -> {
                run.charge(text.length());
                yield text.value().codePointCount(0, text.length());
            }
            case Value.Sequence list -> list.items().size();
            case Value.Mapping map -> map.entries().size();
            case Value.Undefined _ -> 0;
            case Value.None _, Value.Bool _, Value.Int _, Value.Real _, Value.Namespace _, Value.Function _ ->
                throw run.fail(callee + " cannot measure " + value.sort());
        };
    }

    private static Value reverse(Run run, String callee, Value value, Arguments given) {
        List<Value> items = new ArrayList<>(items(run, callee, value, given));
        Collections.reverse(items);
        return value instanceof Text ? Sequences.join(run, items, Text.EMPTY) : new Value.Sequence(items);
    }

    private static Value indent(Run run, String callee, Value value, Arguments given) {
        @Nullable Value[] all = given.bind(run, callee, "width", "first", "blank");
        Text margin;
        if (all[0] instanceof Text own) {
            margin = own;
        } else {
            long width = Math.max(0, number(run, all[0], 4));
            run.check(width);
            margin = Text.trusted(" ".repeat((int) width));
        }
        return Words.indent(run, text(run, value), margin, flag(all[1]), flag(all[2]));
    }

    private static Value json(Run run, String callee, Value value, Arguments given) {
        @Nullable Value[] all = given.bind(run, callee, "indent", "ensure_ascii", "separators", "sort_keys");
        long indent = number(run, all[0], -1);
        run.check(indent);
        String item = indent >= 0 ? "," : ", ";
        String key = ": ";
        if (all[2] instanceof Value.Sequence two && two.items().size() == 2) {
            item = text(run, two.items().get(0)).value();
            key = text(run, two.items().get(1)).value();
        }
        JsonText json = new JsonText(run, (int) Math.max(-1, indent), item, key, flag(all[1]), flag(all[3]));
        return Text.untrusted(json.of(value));
    }

    private static Value integer(Value value, Value fallback, int base) {
        return switch (value) {
            case Value.Int whole -> whole;
            case Value.Bool bool -> Value.of(bool.value() ? 1 : 0);
            case Value.Real real -> Value.of((long) real.value());
            case Text text -> {
                String digits = text.value().strip().replace("_", "").toLowerCase(Locale.ROOT);
                try {
                    yield Value.of(
                            Long.parseLong(base == 16 && digits.startsWith("0x") ? digits.substring(2) : digits, base));
                } catch (NumberFormatException e) {
                    yield floating(value, Value.None.NONE) instanceof Value.Real real && base == 10
                            ? Value.of((long) real.value())
                            : fallback;
                }
            }
            case Value.None _,
                    Value.Undefined _,
                    Value.Sequence _,
                    Value.Mapping _,
                    Value.Namespace _,
                    Value.Function _ -> fallback;
        };
    }

    private static Value floating(Value value, Value fallback) {
        if (Operations.isNumber(value)) {
            return new Value.Real(Operations.real(value));
        }
        String digits = value instanceof Text text ? text.value().strip() : "";
        boolean plain = digits.length() < 400 && digits.matches("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");
        return plain ? new Value.Real(Double.parseDouble(digits)) : fallback;
    }

    private static Value round(Run run, String callee, Value value, Arguments given) {
        @Nullable Value[] all = given.bind(run, callee, "precision", "method");
        int precision = Math.clamp(number(run, all[0], 0), -300, 300);
        String method = all[1] == null ? "common" : text(run, or(all[1])).value();
        RoundingMode mode = switch (method) {
            case "common" -> RoundingMode.HALF_EVEN;
            case "ceil" -> RoundingMode.CEILING;
            case "floor" -> RoundingMode.FLOOR;
            default -> throw run.fail(callee + " knows the methods common, ceil and floor, not '" + method + "'");
        };
        double number = real(run, callee, value);
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return new Value.Real(number);
        }
        return new Value.Real(new BigDecimal(number).setScale(precision, mode).doubleValue());
    }
}

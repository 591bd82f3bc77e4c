package telos.inference.template;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What operators and control statements do with values, as Python does it. */
final class Operations {
    private Operations() {}

    static boolean truth(Value value) {
        return switch (value) {
            case Value.None _, Value.Undefined _ -> false;
            case Value.Bool bool -> bool.value();
            case Value.Int number -> number.value() != 0;
            case Value.Real number -> number.value() != 0;
            case Text text -> !text.isEmpty();
            case Value.Sequence list -> !list.items().isEmpty();
            case Value.Mapping map -> !map.entries().isEmpty();
            case Value.Namespace _, Value.Function _ -> true;
        };
    }

    static boolean equal(Run run, Value a, Value b) {
        run.step();
        if (isNumber(a) && isNumber(b)) {
            return compareNumbers(a, b) == 0;
        }
        return switch (a) {
            case Value.None _ -> b instanceof Value.None;
            case Value.Undefined _ -> b instanceof Value.Undefined;
            case Text text -> {
                run.charge(text.length());
                yield text.equals(b);
            }
            case Value.Sequence list ->
                b instanceof Value.Sequence other && equalItems(run, list.items(), other.items());
            case Value.Mapping map -> b instanceof Value.Mapping other && equalEntries(run, map, other);
            case Value.Bool _, Value.Int _, Value.Real _ -> false;
            case Value.Namespace _, Value.Function _ -> a.equals(b);
        };
    }

    private static boolean equalItems(Run run, List<Value> a, List<Value> b) {
        run.enter();
        boolean same = a.size() == b.size();
        for (int i = 0; same && i < a.size(); i++) {
            same = equal(run, a.get(i), b.get(i));
        }
        run.leave();
        return same;
    }

    private static boolean equalEntries(Run run, Value.Mapping a, Value.Mapping b) {
        run.enter();
        boolean same = a.entries().size() == b.entries().size();
        for (Map.Entry<Value, Value> entry : a.entries().entrySet()) {
            Value other = b.entries().get(entry.getKey());
            same = same && other != null && equal(run, entry.getValue(), other);
        }
        run.leave();
        return same;
    }

    static boolean isNumber(Value value) {
        return value instanceof Value.Int || value instanceof Value.Real || value instanceof Value.Bool;
    }

    private static boolean isWhole(Value value) {
        return value instanceof Value.Int || value instanceof Value.Bool;
    }

    static long whole(Run run, Value value, String what) {
        return switch (value) {
            case Value.Int number -> number.value();
            case Value.Bool bool -> bool.value() ? 1 : 0;
            default -> throw run.fail(what + " must be a whole number, not " + value.sort());
        };
    }

    /** A whole number that fits the use of an int; larger ones are cut to its range. */
    static int small(Run run, Value value, String what) {
        return Math.clamp(whole(run, value, what), Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    static double real(Value value) {
        return switch (value) {
            case Value.Int number -> number.value();
            case Value.Real number -> number.value();
            case Value.Bool bool -> bool.value() ? 1 : 0;
            default -> Double.NaN;
        };
    }

    private static int compareNumbers(Value a, Value b) {
        if (a instanceof Value.Int x && b instanceof Value.Int y) {
            return Long.compare(x.value(), y.value());
        }
        return Double.compare(real(a) + 0.0, real(b) + 0.0);
    }

    static int compare(Run run, Value a, Value b) {
        run.step();
        if (isNumber(a) && isNumber(b)) {
            return compareNumbers(a, b);
        }
        if (a instanceof Text x && b instanceof Text y) {
            run.charge(Math.min(x.length(), y.length()));
            return x.value().compareTo(y.value());
        }
        if (a instanceof Value.Sequence x && b instanceof Value.Sequence y) {
            run.enter();
            int order = 0;
            for (int i = 0;
                    order == 0 && i < Math.min(x.items().size(), y.items().size());
                    i++) {
                order = compare(run, x.items().get(i), y.items().get(i));
            }
            run.leave();
            return order != 0 ? order : x.items().size() - y.items().size();
        }
        throw run.fail("cannot order " + a.sort() + " and " + b.sort());
    }

    static boolean contains(Run run, Value container, Value item) {
        return switch (container) {
            case Text text -> {
                if (!(item instanceof Text part)) {
                    throw run.fail("'in' a text looks for a text, not for " + item.sort());
                }
                run.charge(text.length());
                yield text.value().contains(part.value());
            }
            case Value.Sequence list -> {
                for (Value one : list.items()) {
                    if (equal(run, one, item)) {
                        yield true;
                    }
                }
                yield false;
            }
            case Value.Mapping map -> map.entries().containsKey(item);
            case Value.Undefined _ -> false;
            case Value.None _, Value.Bool _, Value.Int _, Value.Real _, Value.Namespace _, Value.Function _ ->
                throw run.fail("cannot look for something in " + container.sort());
        };
    }

    /** The items that a loop goes over: a copy, so that a list may grow meanwhile. */
    static List<Value> items(Run run, Value value) {
        return switch (value) {
            case Value.Sequence list -> {
                run.charge(list.items().size());
                yield List.copyOf(list.items());
            }
            case Value.Mapping map -> {
                run.charge(map.entries().size());
                yield List.copyOf(map.entries().keySet());
            }
            case Text text -> {
                run.charge(text.length() * 4L);
                List<Value> points = new ArrayList<>();
                for (int i = 0; i < text.length(); ) {
                    int end = i + Character.charCount(text.value().codePointAt(i));
                    points.add(text.substring(i, end));
                    i = end;
                }
                yield points;
            }
            case Value.Undefined _ -> List.of();
            case Value.None _, Value.Bool _, Value.Int _, Value.Real _, Value.Namespace _, Value.Function _ ->
                throw run.fail("cannot go over " + value.sort());
        };
    }

    static Text join(Run run, Text a, Text b) {
        run.text((long) a.length() + b.length());
        return a.plus(b);
    }

    static Value binary(Run run, String operator, Value a, Value b) {
        if (operator.equals("~")) {
            return join(run, Display.text(run, a), Display.text(run, b));
        }
        if (operator.equals("+")) {
            if (a instanceof Text x && b instanceof Text y) {
                return join(run, x, y);
            }
            if (a instanceof Value.Sequence x && b instanceof Value.Sequence y) {
                run.text((long) x.items().size() + y.items().size());
                List<Value> items = new ArrayList<>(x.items());
                items.addAll(y.items());
                return new Value.Sequence(items);
            }
        }
        if (operator.equals("*") && isWhole(b) && (a instanceof Text || a instanceof Value.Sequence)) {
            return repeated(run, a, Math.max(0, whole(run, b, "the factor")));
        }
        if (!isNumber(a) || !isNumber(b)) {
            throw run.fail("'" + operator + "' cannot take " + a.sort() + " and " + b.sort());
        }
        return arithmetic(run, operator, a, b);
    }

    private static Value repeated(Run run, Value value, long times) {
        if (value instanceof Text text) {
            run.text(Math.multiplyHigh(text.length(), times) != 0 ? Long.MAX_VALUE : text.length() * times);
            Text.Builder out = new Text.Builder();
            for (long n = text.isEmpty() ? 0 : times; n > 0; n--) {
                out.append(text);
            }
            return out.build();
        }
        List<Value> items = items(run, value);
        run.check(times);
        run.text(items.size() * times);
        List<Value> out = new ArrayList<>();
        for (long n = items.isEmpty() ? 0 : times; n > 0; n--) {
            out.addAll(items);
        }
        return new Value.Sequence(out);
    }

    private static Value arithmetic(Run run, String operator, Value a, Value b) {
        boolean divides = "//%".contains(operator);
        if (divides && real(b) == 0) {
            throw run.fail("'" + operator + "' by zero");
        }
        if (isWhole(a) && isWhole(b) && !operator.equals("/")) {
            long x = whole(run, a, "");
            long y = whole(run, b, "");
            try {
                return switch (operator) {
                    case "+" -> Value.of(Math.addExact(x, y));
                    case "-" -> Value.of(Math.subtractExact(x, y));
                    case "*" -> Value.of(Math.multiplyExact(x, y));
                    case "//" -> Value.of(Math.floorDivExact(x, y));
                    case "%" -> Value.of(Math.floorMod(x, y));
                    case "**" -> y < 0 ? new Value.Real(Math.pow((double) x, (double) y)) : power(x, y);
                    default -> throw run.fail("the operator '" + operator + "' is not known");
                };
            } catch (ArithmeticException e) {
                throw run.fail("'" + operator + "' gives a number that is too large");
            }
        }
        double x = real(a);
        double y = real(b);
        return new Value.Real(
                switch (operator) {
                    case "+" -> x + y;
                    case "-" -> x - y;
                    case "*" -> x * y;
                    case "/" -> x / y;
                    case "//" -> Math.floor(x / y);
                    case "%" -> x - Math.floor(x / y) * y;
                    case "**" -> Math.pow(x, y);
                    default -> throw run.fail("the operator '" + operator + "' is not known");
                });
    }

    private static Value power(long base, long exponent) {
        if (exponent > 64 && Math.abs(base) > 1) {
            throw new ArithmeticException("overflow");
        }
        long result = 1;
        // beyond 64 only the parity matters: the base is -1, 0 or 1
        for (long n = exponent > 64 ? 64 + exponent % 2 : exponent; n > 0; n--) {
            result = Math.multiplyExact(result, base);
        }
        return Value.of(result);
    }

    /** {@code value[start:stop:step]} with Python's rules; absent bounds are null there and {@code none} here. */
    static Value slice(Run run, Value value, Value start, Value stop, Value step) {
        long stride = step instanceof Value.None ? 1 : whole(run, step, "the step of a slice");
        if (stride == 0) {
            throw run.fail("the step of a slice must not be 0");
        }
        List<Value> items =
                value instanceof Value.Mapping || value instanceof Value.Undefined ? List.of() : items(run, value);
        if (value instanceof Value.Mapping || value instanceof Value.Undefined) {
            throw run.fail("cannot take a slice of " + value.sort());
        }
        int size = items.size();
        long from = bound(run, start, size, stride > 0 ? 0 : size - 1, stride);
        long to = bound(run, stop, size, stride > 0 ? size : -1, stride);
        List<Value> picked = new ArrayList<>();
        for (long i = from; stride > 0 ? i < to : i > to; i += stride) {
            picked.add(items.get((int) i));
        }
        if (!(value instanceof Text)) {
            return new Value.Sequence(picked);
        }
        Text.Builder out = new Text.Builder();
        picked.forEach(item -> out.append((Text) item));
        return out.build();
    }

    private static long bound(Run run, Value given, int size, long absent, long stride) {
        if (given instanceof Value.None) {
            return absent;
        }
        long at = whole(run, given, "the bound of a slice");
        long counted = at < 0 ? at + size : at;
        return stride > 0 ? Math.clamp(counted, 0L, size) : Math.clamp(counted, -1L, size - 1L);
    }

    /** {@code target[index]}; undefined where nothing is. */
    static Value item(Run run, Value target, Value index) {
        return switch (target) {
            case Value.Sequence list when isWhole(index) -> at(list.items(), whole(run, index, "an index"));
            case Text text when isWhole(index) -> at(items(run, text), whole(run, index, "an index"));
            case Value.Mapping map -> map.entries().getOrDefault(index, missing(index));
            case Value.Namespace space
            when index instanceof Text name -> space.fields().getOrDefault(name.value(), missing(index));
            case Value.Undefined undefined -> throw run.fail("'" + undefined.name() + "' is undefined");
            case Text _,
                    Value.Sequence _,
                    Value.Namespace _,
                    Value.None _,
                    Value.Bool _,
                    Value.Int _,
                    Value.Real _,
                    Value.Function _ -> missing(index);
        };
    }

    private static Value missing(Value index) {
        return new Value.Undefined(index instanceof Text name ? name.value() : "an item");
    }

    private static Value at(List<Value> items, long index) {
        long at = index < 0 ? index + items.size() : index;
        return at >= 0 && at < items.size() ? items.get((int) at) : new Value.Undefined("item " + index);
    }

    static Value.Sequence sequence(Value... items) {
        return new Value.Sequence(new ArrayList<>(Arrays.asList(items)));
    }
}

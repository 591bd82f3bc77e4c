package telos.inference.template;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What filters do with lists and mappings. */
final class Sequences {
    private Sequences() {}

    static Text join(Run run, List<Value> items, Text separator) {
        Text.Builder out = new Text.Builder();
        boolean first = true;
        for (Value item : items) {
            if (!first) {
                out.append(separator);
            }
            out.append(Display.text(run, item));
            run.step();
            run.check(out.length());
            first = false;
        }
        run.charge(out.length());
        return out.build();
    }

    /** The entries as lists of key and value. */
    static Value pairs(Run run, Value.Mapping map) {
        run.charge(map.entries().size() * 2L);
        List<Value> pairs = new ArrayList<>();
        map.entries().forEach((key, value) -> pairs.add(Operations.sequence(key, value)));
        return new Value.Sequence(pairs);
    }

    /** {@code a.b.0} of a value. */
    static Value attribute(Run run, Value value, Value path) {
        if (!(path instanceof Text text)) {
            return Operations.item(run, value, path);
        }
        Value at = value;
        for (String name : text.value().split("\\.", -1)) {
            boolean index = !name.isEmpty() && name.length() < 9 && name.chars().allMatch(c -> c >= '0' && c <= '9');
            at = Operations.item(run, at, index ? Value.of(Integer.parseInt(name)) : Text.trusted(name));
        }
        return at;
    }

    static Value sort(Run run, List<Value> items, boolean reverse, boolean caseSensitive, @Nullable Value attribute) {
        List<Value> sorted = new ArrayList<>(items);
        Comparator<Value> order = (a, b) -> Operations.compare(
                run, sortKey(run, a, caseSensitive, attribute), sortKey(run, b, caseSensitive, attribute));
        sorted.sort(reverse ? order.reversed() : order);
        return new Value.Sequence(sorted);
    }

    private static Value sortKey(Run run, Value item, boolean caseSensitive, @Nullable Value attribute) {
        Value key = attribute == null ? item : attribute(run, item, attribute);
        return key instanceof Text text && !caseSensitive ? Words.lower(run, text) : key;
    }

    static Value unique(Run run, List<Value> items, boolean caseSensitive, @Nullable Value attribute) {
        List<Value> kept = new ArrayList<>();
        List<Value> keys = new ArrayList<>();
        for (Value item : items) {
            Value key = sortKey(run, item, caseSensitive, attribute);
            if (keys.stream().noneMatch(seen -> Operations.equal(run, seen, key))) {
                keys.add(key);
                kept.add(item);
            }
        }
        return new Value.Sequence(kept);
    }

    /** {@code map('filter', …)} or {@code map(attribute='name', default=…)}. */
    static Value map(Run run, List<Value> items, Arguments given) {
        List<Value> out = new ArrayList<>();
        Value attribute = given.named().get("attribute");
        for (Value item : items) {
            if (attribute != null) {
                Value found = attribute(run, item, attribute);
                Value fallback = given.named().get("default");
                out.add(found instanceof Value.Undefined && fallback != null ? fallback : found);
            } else {
                out.add(Filters.apply(run, name(run, "map", given), item, given.skip(1)));
            }
        }
        return new Value.Sequence(out);
    }

    /** {@code select('test', …)} and, with {@code wanted} false, {@code reject}. */
    static Value select(Run run, List<Value> items, Arguments given, boolean wanted) {
        List<Value> out = new ArrayList<>();
        for (Value item : items) {
            boolean holds = given.positional().isEmpty()
                    ? Operations.truth(item)
                    : Checks.holds(run, name(run, "select", given), item, given.skip(1));
            if (holds == wanted) {
                out.add(item);
            }
        }
        return new Value.Sequence(out);
    }

    /** {@code selectattr('name', 'test', …)} and, with {@code wanted} false, {@code rejectattr}. */
    static Value selectAttribute(Run run, List<Value> items, Arguments given, boolean wanted) {
        Text path = Text.trusted(name(run, "selectattr", given));
        List<Value> out = new ArrayList<>();
        for (Value item : items) {
            Value value = attribute(run, item, path);
            boolean holds = given.positional().size() == 1
                    ? Operations.truth(value)
                    : Checks.holds(run, name(run, "selectattr", given.skip(1)), value, given.skip(2));
            if (holds == wanted) {
                out.add(item);
            }
        }
        return new Value.Sequence(out);
    }

    private static String name(Run run, String filter, Arguments given) {
        if (!given.positional().isEmpty() && given.positional().getFirst() instanceof Text text) {
            return text.value();
        }
        throw run.fail("the filter '" + filter + "' needs a name as its first argument");
    }

    /** The entries in the order of their keys or values, as {@code dictsort} has it. */
    static Value sortedPairs(Run run, Value.Mapping map, boolean caseSensitive, boolean byValue, boolean reverse) {
        List<Value> pairs = Operations.items(run, pairs(run, map));
        return sort(run, pairs, reverse, caseSensitive, Value.of(byValue ? 1 : 0));
    }
}

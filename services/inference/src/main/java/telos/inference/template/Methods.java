package telos.inference.template;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What {@code value.name(…)} can call. */
final class Methods {
    private static final Text NO_TEXT = Text.EMPTY;

    private Methods() {}

    /** The method of this value, bound to it, or null. */
    static Value.@Nullable Function find(Value target, String name) {
        return switch (target) {
            case Text text -> text(text, name);
            case Value.Sequence list -> list(list, name);
            case Value.Mapping map -> mapping(map, name);
            case Value.None _,
                    Value.Undefined _,
                    Value.Bool _,
                    Value.Int _,
                    Value.Real _,
                    Value.Namespace _,
                    Value.Function _ -> null;
        };
    }

    private static Value.@Nullable Function text(Text text, String name) {
        return switch (name) {
            case "startswith" ->
                (run, given) ->
                        Value.of(any(run, name, given, part -> text.value().startsWith(part)));
            case "endswith" ->
                (run, given) ->
                        Value.of(any(run, name, given, part -> text.value().endsWith(part)));
            case "strip" -> (run, given) -> Words.strip(run, text, optional(run, name, given, "chars"), true, true);
            case "lstrip" -> (run, given) -> Words.strip(run, text, optional(run, name, given, "chars"), true, false);
            case "rstrip" -> (run, given) -> Words.strip(run, text, optional(run, name, given, "chars"), false, true);
            case "upper" ->
                (run, given) -> {
                    given.bind(run, name);
                    return Words.upper(run, text);
                };
            case "lower" ->
                (run, given) -> {
                    given.bind(run, name);
                    return Words.lower(run, text);
                };
            case "title" ->
                (run, given) -> {
                    given.bind(run, name);
                    return Words.title(run, text);
                };
            case "capitalize" ->
                (run, given) -> {
                    given.bind(run, name);
                    return Words.capitalize(run, text);
                };
            case "split" ->
                (run, given) -> {
                    @Nullable Value[] all = given.bind(run, name, "sep", "maxsplit");
                    Value most = all[1];
                    return Words.split(
                            run, text, or(all[0]), most == null ? -1 : Operations.whole(run, most, "maxsplit"));
                };
            case "splitlines" ->
                (run, given) -> {
                    given.bind(run, name);
                    List<Value> lines = new ArrayList<>(Words.lines(run, text));
                    if (lines.getLast().equals(NO_TEXT)) {
                        lines.removeLast();
                    }
                    return new Value.Sequence(lines);
                };
            case "replace" ->
                (run, given) -> {
                    @Nullable Value[] all = given.bind(run, name, "old", "new", "count");
                    Value most = all[2];
                    return Words.replace(
                            run,
                            text,
                            needText(run, name, all[0]),
                            needText(run, name, all[1]),
                            most == null ? -1 : Operations.whole(run, most, "count"));
                };
            case "find" -> (run, given) -> Value.of(Words.find(run, text, oneText(run, name, given)));
            case "count" -> (run, given) -> Value.of(Words.count(run, text, oneText(run, name, given)));
            case "join" ->
                (run, given) ->
                        Sequences.join(run, Operations.items(run, given.require(run, name, "iterable")[0]), text);
            case "removeprefix" ->
                (run, given) -> {
                    Text part = oneText(run, name, given);
                    return text.value().startsWith(part.value()) ? text.substring(part.length(), text.length()) : text;
                };
            case "removesuffix" ->
                (run, given) -> {
                    Text part = oneText(run, name, given);
                    return text.value().endsWith(part.value())
                            ? text.substring(0, text.length() - part.length())
                            : text;
                };
            case "isdigit" -> (run, _) -> all(run, text, Character::isDigit);
            case "isalpha" -> (run, _) -> all(run, text, Character::isLetter);
            case "isspace" -> (run, _) -> all(run, text, Words::space);
            default -> null;
        };
    }

    private static Value.@Nullable Function list(Value.Sequence list, String name) {
        return switch (name) {
            case "append" ->
                (run, given) -> {
                    Value item = given.require(run, name, "object")[0];
                    run.check(list.items().size() + 1L);
                    list.items().add(item);
                    return Value.None.NONE;
                };
            case "count" ->
                (run, given) -> {
                    Value item = given.require(run, name, "value")[0];
                    return Value.of(list.items().stream()
                            .filter(one -> Operations.equal(run, one, item))
                            .count());
                };
            case "index" ->
                (run, given) -> {
                    Value item = given.require(run, name, "value")[0];
                    for (int i = 0; i < list.items().size(); i++) {
                        if (Operations.equal(run, list.items().get(i), item)) {
                            return Value.of(i);
                        }
                    }
                    throw run.fail("index: the value is not in the list");
                };
            default -> null;
        };
    }

    private static Value.@Nullable Function mapping(Value.Mapping map, String name) {
        return switch (name) {
            case "items" ->
                (run, given) -> {
                    given.bind(run, name);
                    return Sequences.pairs(run, map);
                };
            case "keys" ->
                (run, given) -> {
                    given.bind(run, name);
                    return new Value.Sequence(new ArrayList<>(Operations.items(run, map)));
                };
            case "values" ->
                (run, given) -> {
                    given.bind(run, name);
                    run.charge(map.entries().size());
                    return new Value.Sequence(new ArrayList<>(map.entries().values()));
                };
            case "get" ->
                (run, given) -> {
                    @Nullable Value[] all = given.bind(run, name, "key", "default");
                    Value key = all[0];
                    if (key == null) {
                        throw run.fail("get needs its argument 'key'");
                    }
                    return map.entries().getOrDefault(key, or(all[1]));
                };
            default -> null;
        };
    }

    private static Value or(@Nullable Value given) {
        return given == null ? Value.None.NONE : given;
    }

    private static Value optional(Run run, String method, Arguments given, String parameter) {
        return or(given.bind(run, method, parameter)[0]);
    }

    private static Text needText(Run run, String method, @Nullable Value value) {
        if (value instanceof Text text) {
            return text;
        }
        throw run.fail(method + " needs a text" + (value == null ? "" : ", not " + value.sort()));
    }

    private static Text oneText(Run run, String method, Arguments given) {
        return needText(run, method, given.require(run, method, "text")[0]);
    }

    /** Whether the test holds for the text given, or for one of the texts in the list given. */
    private static boolean any(Run run, String method, Arguments given, Predicate<String> test) {
        Value part = given.require(run, method, "text")[0];
        if (part instanceof Value.Sequence several) {
            return several.items().stream()
                    .anyMatch(one -> test.test(needText(run, method, one).value()));
        }
        return test.test(needText(run, method, part).value());
    }

    private static Value all(Run run, Text text, IntPredicate test) {
        run.charge(text.length());
        return Value.of(!text.isEmpty() && text.value().codePoints().allMatch(test));
    }
}

package telos.plans.values;

import com.google.re2j.Matcher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import telos.kernel.security.Label;

/** The module {@code re}, and the methods of its patterns and matches. */
final class RegexMethods {
    static final Map<String, Builtin> PATTERNS = new LinkedHashMap<>();
    static final Map<String, Builtin> MATCHES = new LinkedHashMap<>();
    private static final Map<String, Value> FUNCTIONS = new LinkedHashMap<>();

    private static final Errors BAD = Errors.TYPE.and(Errors.VALUE);

    private RegexMethods() {}

    /** What is done with a pattern and the arguments from a place on. */
    private interface Use {
        Value use(Slots s, Pattern pattern, int from);
    }

    /** As a function, whose flags come last, and as a method of a compiled pattern. */
    private static void add(String name, String signature, int parameters, Use use, Builtin.Tell tell) {
        PATTERNS.put(name, Builtin.method(name, signature, s -> use.use(s, (Pattern) s.payload(0), 1), tell));
        FUNCTIONS.put(
                name,
                new Value(Builtin.function(
                        name,
                        ":pattern " + signature + " :flags?",
                        s -> use.use(s, pattern(s, s.whole(parameters + 1, 0)), 1),
                        o -> tell.tell(o).taking(compiling(o)))));
    }

    /** The bytes that it takes to compile the first argument, where it is a text and no compiled pattern. */
    private static long compiling(Outlines o) {
        return o.at(0).may(Kind.STR) ? Pattern.BYTES * Math.min(o.extent(0), Pattern.LONGEST) : 0;
    }

    private static Pattern pattern(Slots s, long flags) {
        return switch (s.payload(0)) {
            case Pattern pattern -> pattern;
            case Text text -> Pattern.of(s.context(), text.string(), flags);
            default -> throw Fault.type("first argument must be string or compiled pattern");
        };
    }

    private static Matcher matcher(Slots s, Pattern pattern, int place) {
        if (!(s.payload(place) instanceof Text text)) {
            throw Fault.type("expected string or bytes-like object, got '" + s.typeName(place) + "'");
        }
        s.context().steps(Outline.times(text.length(), pattern.source().length()) / 64 + 1);
        return pattern.compiled().matcher(text.string());
    }

    private static Prospect mayBeMatch(Outlines o) {
        return Prospect.of(Outline.NONE.union(Outline.of(Kind.MATCH, o.extent(1))), bad(o));
    }

    /** What a pattern and one text to look through may raise. */
    private static Errors bad(Outlines o) {
        Text pattern = o.at(0).constantText();
        boolean good =
                o.at(0).isOnly(Kind.PATTERN) || (pattern != null && !o.has(2) && Pattern.isGood(pattern.string()));
        return good ? o.unless(1, Kind.STR) : BAD;
    }

    /** @param times how many elements each match gives at most */
    private static Prospect list(Outlines o, int place, int times) {
        Outline part = Outline.text(o.extent(place));
        Outline element = part.union(Outline.NONE).union(Outline.holding(Kind.TUPLE, 1000, part, null));
        return Prospect.of(
                Outline.holding(Kind.LIST, Outline.times(Outline.plus(o.extent(place), 2), times), element, null),
                times == 1 ? bad(o) : BAD);
    }

    static {
        add(
                "search",
                ":string",
                1,
                (s, pattern, at) -> {
                    Matcher matcher = matcher(s, pattern, at);
                    return found(s, pattern, at, matcher, matcher.find());
                },
                RegexMethods::mayBeMatch);
        add(
                "match",
                ":string",
                1,
                (s, pattern, at) -> {
                    Matcher matcher = matcher(s, pattern, at);
                    return found(s, pattern, at, matcher, matcher.lookingAt());
                },
                RegexMethods::mayBeMatch);
        add(
                "fullmatch",
                ":string",
                1,
                (s, pattern, at) -> {
                    Matcher matcher = matcher(s, pattern, at);
                    return found(s, pattern, at, matcher, matcher.matches());
                },
                RegexMethods::mayBeMatch);
        add(
                "findall",
                ":string",
                1,
                (s, pattern, at) -> {
                    Matcher matcher = matcher(s, pattern, at);
                    List<Value> all = new ArrayList<>();
                    while (matcher.find()) {
                        all.add(new Value(listed(Match.of(pattern, s.string(at), matcher))));
                        s.context().bytes(64);
                    }
                    return fresh(s, all, at);
                },
                o -> list(o, 1, 1));
        add(
                "finditer",
                ":string",
                1,
                (s, pattern, at) -> {
                    Matcher matcher = matcher(s, pattern, at);
                    List<Value> all = new ArrayList<>();
                    while (matcher.find()) {
                        all.add(new Value(Match.of(pattern, s.string(at), matcher)));
                        s.context().bytes(64L + 8L * matcher.groupCount());
                    }
                    return new Value(Iterators.of(s.context(), fresh(s, all, at).raised(s.label())));
                },
                o -> {
                    long matches = Outline.plus(o.extent(1), 1);
                    long groups = Math.min(o.extent(0), Pattern.LONGEST) / 2;
                    return Prospect.of(
                                    Outline.holding(Kind.ITERATOR, matches, Outline.of(Kind.MATCH, o.extent(1)), null),
                                    BAD)
                            .taking(Outline.times(matches, 8 * groups));
                });
        add(
                "split",
                ":string :maxsplit?",
                2,
                (s, pattern, at) -> {
                    Matcher matcher = matcher(s, pattern, at);
                    String text = s.string(at);
                    long most = s.whole(at + 1, 0);
                    List<Value> all = new ArrayList<>();
                    int from = 0;
                    for (long i = 0; (most == 0 || i < most) && matcher.find(); i++) {
                        all.add(Value.of(text.substring(from, matcher.start())));
                        Match match = Match.of(pattern, text, matcher);
                        for (int group = 1; group <= match.groups(); group++) {
                            all.add(new Value(match.group(group)));
                        }
                        from = matcher.end();
                        s.context().bytes(64);
                    }
                    all.add(Value.of(text.substring(from)));
                    return fresh(s, all, at);
                },
                o -> list(o, 1, 1000));
        add("sub", ":repl :string :count?", 3, RegexMethods::substitute, o -> {
            long matches = Outline.plus(o.extent(2), 1);
            long each = Outline.plus(Outline.times(o.extent(1), matches), 1);
            return Prospect.of(Outline.text(Outline.times(matches, each)), BAD.and(Errors.INDEX))
                    .taking(Outline.times(matches, 16));
        });
        FUNCTIONS.put(
                "compile",
                new Value(Builtin.function(
                        "compile",
                        ":pattern :flags?",
                        s -> new Value(pattern(s, s.whole(1, 0))),
                        o -> Prospect.of(Outline.of(Kind.PATTERN, o.extent(0)), BAD)
                                .taking(compiling(o)))));
        FUNCTIONS.put(
                "escape",
                new Value(Builtin.function(
                        "escape",
                        ":pattern",
                        RegexMethods::escape,
                        o -> Prospect.of(Outline.text(Outline.times(o.extent(0), 2)), o.unless(0, Kind.STR)))));
        FUNCTIONS.put("I", Value.of(Pattern.IGNORE_CASE));
        FUNCTIONS.put("IGNORECASE", Value.of(Pattern.IGNORE_CASE));
        FUNCTIONS.put("M", Value.of(Pattern.MULTILINE));
        FUNCTIONS.put("MULTILINE", Value.of(Pattern.MULTILINE));
        FUNCTIONS.put("S", Value.of(Pattern.DOT_ALL));
        FUNCTIONS.put("DOTALL", Value.of(Pattern.DOT_ALL));
        matches();
    }

    static Map<String, Value> functions() {
        return FUNCTIONS;
    }

    private static void matches() {
        Outline part = Outline.text(Outline.UNBOUNDED).union(Outline.NONE);
        MATCHES.put(
                "group",
                Builtin.method(
                        "group",
                        "*groups",
                        s -> {
                            Match match = (Match) s.payload(0);
                            List<Value> all = new ArrayList<>();
                            for (Value each : s.rest()) {
                                all.add(new Value(match.group(each.payload())));
                            }
                            return all.isEmpty()
                                    ? Value.of(match.whole())
                                    : all.size() == 1 ? all.getFirst() : new Value(new Tuple(all));
                        },
                        o -> Prospect.of(
                                o.rest().isEmpty()
                                        ? Outline.text(o.extent(0))
                                        : o.rest().size() == 1
                                                ? part
                                                : Outline.holding(
                                                        Kind.TUPLE, o.rest().size(), part, null),
                                o.rest().isEmpty() ? Errors.NONE : Errors.INDEX)));
        MATCHES.put(
                "groups",
                Builtin.method(
                        "groups",
                        "default?",
                        s -> {
                            Match match = (Match) s.payload(0);
                            List<Value> all = new ArrayList<>();
                            for (int i = 1; i <= match.groups(); i++) {
                                Payload group = match.group(i);
                                all.add(group == Nothing.NOTHING ? s.or(1, Value.NOTHING) : new Value(group));
                            }
                            return new Value(new Tuple(all));
                        },
                        o -> Prospect.sure(Outline.holding(Kind.TUPLE, 1000, part.union(o.at(1)), null))));
        MATCHES.put(
                "groupdict",
                Builtin.method(
                        "groupdict",
                        "",
                        s -> {
                            Match match = (Match) s.payload(0);
                            DictBox dict = new DictBox();
                            match.names()
                                    .forEach(
                                            (name, number) -> dict.put(Value.of(name), new Value(match.group(number))));
                            dict.raise(s.label());
                            return new Value(dict);
                        },
                        o -> Prospect.sure(Outline.holding(Kind.DICT, 1000, part, Outline.text(1000)))));
        for (String each : List.of("start", "end", "span")) {
            MATCHES.put(
                    each,
                    Builtin.method(
                            each,
                            "group?",
                            s -> {
                                Match match = (Match) s.payload(0);
                                int group = s.has(1) ? match.number(s.payload(1)) : 0;
                                return switch (each) {
                                    case "start" -> Value.of(match.start(group));
                                    case "end" -> Value.of(match.end(group));
                                    default ->
                                        new Value(Tuple.of(Value.of(match.start(group)), Value.of(match.end(group))));
                                };
                            },
                            o -> Prospect.of(
                                    each.equals("span")
                                            ? Outline.tuple(List.of(Outline.whole(5), Outline.whole(5)))
                                            : Outline.whole(5),
                                    o.has(1) ? Errors.INDEX : Errors.NONE)));
        }
    }

    private static Value found(Slots s, Pattern pattern, int at, Matcher matcher, boolean found) {
        return found ? new Value(Match.of(pattern, s.string(at), matcher)) : Value.NOTHING;
    }

    private static Payload listed(Match match) {
        if (match.groups() <= 1) {
            Payload only = match.groups() == 0 ? Text.of(match.whole()) : match.group(1);
            return only == Nothing.NOTHING ? Text.EMPTY : only;
        }
        List<Value> parts = new ArrayList<>();
        for (int i = 1; i <= match.groups(); i++) {
            Payload group = match.group(i);
            parts.add(new Value(group == Nothing.NOTHING ? Text.EMPTY : group));
        }
        return new Tuple(parts);
    }

    /** A new list that is as secret as what it was made from. */
    private static Value fresh(Slots s, List<Value> elements, int text) {
        Label label = s.label();
        if (label.isBottom()) {
            return new Value(new ListBox(elements));
        }
        Outline part = Outline.text(s.text(text).length());
        Outline known = part.union(Outline.NONE)
                .union(Outline.of(Kind.MATCH, s.text(text).length()))
                .union(Outline.holding(Kind.TUPLE, 1000, part, null));
        List<Value> raised = new ArrayList<>(elements.size());
        for (Value each : elements) {
            raised.add(new Value(each.payload(), label, known));
        }
        return new Value(ListBox.like(raised, label, Label.BOTTOM));
    }

    private static Value substitute(Slots s, Pattern pattern, int at) {
        if (!(s.payload(at) instanceof Text by)) {
            throw Fault.type("the replacement must be a string, not " + s.typeName(at));
        }
        Matcher matcher = matcher(s, pattern, at + 1);
        String text = s.string(at + 1);
        long most = s.whole(at + 2, 0);
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (long i = 0; (most == 0 || i < most) && matcher.find(); i++) {
            out.append(text, from, matcher.start());
            int before = out.length();
            expand(out, by.string(), Match.of(pattern, text, matcher));
            s.context().bytes(out.length() - before + 16L);
            from = matcher.end();
        }
        s.context().bytes(text.length() - from);
        return Value.of(out.append(text, from, text.length()).toString());
    }

    private static void expand(StringBuilder out, String by, Match match) {
        for (int at = 0; at < by.length(); at++) {
            char each = by.charAt(at);
            if (each != '\\' || at + 1 == by.length()) {
                out.append(each);
                continue;
            }
            char next = by.charAt(++at);
            if (next >= '0' && next <= '9') {
                group(out, match, Whole.of(next - '0'));
            } else if (next == 'g' && at + 1 < by.length() && by.charAt(at + 1) == '<' && by.indexOf('>', at) > 0) {
                int end = by.indexOf('>', at);
                String name = by.substring(at + 2, end);
                boolean number =
                        !name.isEmpty() && name.length() < 4 && name.chars().allMatch(c -> c >= '0' && c <= '9');
                group(out, match, number ? Whole.of(Integer.parseInt(name)) : Text.of(name));
                at = end;
            } else {
                out.append(
                        switch (next) {
                            case 'n' -> "\n";
                            case 't' -> "\t";
                            case 'r' -> "\r";
                            case '\\' -> "\\";
                            default -> throw Fault.value("bad escape \\" + next);
                        });
            }
        }
    }

    private static void group(StringBuilder out, Match match, Payload name) {
        Payload group;
        try {
            group = match.group(name);
        } catch (Fault _) {
            throw Fault.value("invalid group reference " + name);
        }
        if (group instanceof Text text) {
            out.append(text.string());
        }
    }

    private static Value escape(Slots s) {
        StringBuilder out = new StringBuilder();
        s.context().bytes(2L * s.string(0).length());
        s.string(0).codePoints().forEach(point -> {
            if (point < 0x80 && "()[]{}?*+-|^$\\.&~# \t\n\r\u000b\f".indexOf(point) >= 0) {
                out.append('\\');
            }
            out.appendCodePoint(point);
        });
        return Value.of(out.toString());
    }
}

package telos.plans.values;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import telos.kernel.security.Label;

/** The methods of strings. This file is long because it is one table. */
final class StrMethods {
    private static final long STR = Kind.STR.bit();
    private static final long NONE = Kind.NONE.bit();
    private static final Outline POSITION = Outline.whole(5);

    static final Map<String, Builtin> TABLE = new LinkedHashMap<>();

    private StrMethods() {}

    private static void add(String name, String signature, Builtin.Act act, Builtin.Tell tell) {
        TABLE.put(name, Builtin.method(name, signature, act, tell));
    }

    /** A change that makes a string at most so many times as long. */
    private static void change(String name, int factor, UnaryOperator<String> change) {
        add(
                name,
                "",
                s -> {
                    s.context().bytes(s.string(0).length());
                    return new Value(Text.of(change.apply(s.string(0))));
                },
                o -> Prospect.sure(Outline.text(Outline.times(o.extent(0), factor))));
    }

    /** Whether all code points are so, and there are some. */
    private static void test(String name, IntPredicate test) {
        add(
                name,
                "",
                s -> Value.of(!s.string(0).isEmpty() && s.string(0).codePoints().allMatch(test)),
                o -> Prospect.sure(Outline.BOOL));
    }

    static {
        change("capitalize", 3, LetterCase::capitalize);
        change("casefold", 3, LetterCase::fold);
        change("lower", 3, LetterCase::lower);
        change("upper", 3, LetterCase::upper);
        change("title", 3, LetterCase::titled);
        change("swapcase", 3, LetterCase::swapped);
        test("isalnum", Strings::isAlphanumeric);
        test("isalpha", Strings::isLetter);
        test("isdecimal", Strings::isDecimal);
        test("isdigit", Strings::isDigit);
        test("isnumeric", Strings::isNumeric);
        test("isspace", Strings::isSpace);
        add(
                "isascii",
                "",
                s -> Value.of(s.string(0).chars().allMatch(c -> c < 0x80)),
                o -> Prospect.sure(Outline.BOOL));
        add(
                "isprintable",
                "",
                s -> Value.of(s.string(0).codePoints().allMatch(Texts::isPrintable)),
                o -> Prospect.sure(Outline.BOOL));
        add("isidentifier", "", s -> Value.of(isIdentifier(s.string(0))), o -> Prospect.sure(Outline.BOOL));
        add(
                "islower",
                "",
                s -> Value.of(isCased(s.string(0), Character::isLowerCase)),
                o -> Prospect.sure(Outline.BOOL));
        add(
                "isupper",
                "",
                s -> Value.of(isCased(s.string(0), Character::isUpperCase)),
                o -> Prospect.sure(Outline.BOOL));
        add("istitle", "", s -> Value.of(isTitle(s.string(0))), o -> Prospect.sure(Outline.BOOL));
        strip("strip", true, true);
        strip("lstrip", true, false);
        strip("rstrip", false, true);
        pad("center");
        pad("ljust");
        pad("rjust");
        add("zfill", "width", StrMethods::zfill, o -> widened(o, o.unless(1, Outlines.WHOLES)));
        search("find", false, false);
        search("rfind", true, false);
        search("index", false, true);
        search("rindex", true, true);
        add(
                "count",
                "sub start? end?",
                StrMethods::count,
                o -> Prospect.of(POSITION, bounds(o).and(o.unless(1, STR))));
        affix("startswith", true);
        affix("endswith", false);
        add(
                "removeprefix",
                "prefix",
                s -> s.string(0).startsWith(s.string(1))
                        ? new Value(Text.of(s.string(0).substring(s.string(1).length())))
                        : new Value(s.text(0)),
                o -> Prospect.of(Outline.text(o.extent(0)), o.unless(1, STR)));
        add(
                "removesuffix",
                "suffix",
                s -> s.string(0).endsWith(s.string(1))
                        ? new Value(Text.of(s.string(0)
                                .substring(0, s.string(0).length() - s.string(1).length())))
                        : new Value(s.text(0)),
                o -> Prospect.of(Outline.text(o.extent(0)), o.unless(1, STR)));
        split("split", false);
        split("rsplit", true);
        add(
                "splitlines",
                ":keepends?",
                s -> texts(s, Strings.lines(s.string(0), s.flag(1))),
                o -> Prospect.sure(Outline.holding(Kind.LIST, o.extent(0), Outline.text(o.extent(0)), null)));
        partition("partition", false);
        partition("rpartition", true);
        add("join", "iterable", StrMethods::join, StrMethods::joining);
        add(
                "replace",
                "old new count?",
                s -> {
                    long most = s.whole(3, -1);
                    s.context().steps(s.string(0).length() / 32);
                    return new Value(
                            Text.of(Strings.replaced(s.context(), s.string(0), named(s, 1), named(s, 2), most)));
                },
                o -> Prospect.of(
                        Outline.text(
                                Outline.plus(o.extent(0), Outline.times(Outline.plus(o.extent(0), 1), o.extent(2)))),
                        o.unless(1, STR).and(o.unless(2, STR)).and(o.unless(3, Outlines.WHOLES))));
        add(
                "expandtabs",
                ":tabsize?",
                s -> new Value(Text.of(Strings.expanded(s.context(), s.string(0), s.whole(1, 8)))),
                o -> {
                    long tab = o.has(1) ? o.at(1).greatest() : 8;
                    long extent = Outline.times(o.extent(0), Math.max(1, tab));
                    return Prospect.of(Outline.text(extent), o.unless(1, Outlines.WHOLES))
                            .unboundedIf(extent == Outline.UNBOUNDED);
                });
        add(
                "translate",
                "table",
                StrMethods::translate,
                o -> Prospect.of(Outline.text(Outline.UNBOUNDED), Errors.TYPE.and(Errors.VALUE))
                        .unboundedIf(true));
        add("format", "*args **kwargs", StrFormat::format, StrFormat::outline);
        add(
                "format_map",
                "mapping",
                StrFormat::formatMap,
                o -> new Prospect(Outline.text(Outline.UNBOUNDED), Errors.ANY, null, true));
    }

    private static String named(Slots s, int place) {
        if (s.payload(place) instanceof Text text) {
            return text.string();
        }
        throw Fault.type(s.function() + "() argument " + place + " must be str, not " + s.typeName(place));
    }

    static Value texts(Slots s, List<String> strings) {
        List<Value> all = new ArrayList<>(strings.size());
        for (String each : strings) {
            s.context().bytes(32 + each.length());
            all.add(new Value(Text.of(each)));
        }
        s.context().steps(strings.size() / 4 + s.string(0).length() / 32);
        return secret(s, all);
    }

    /** A new list whose elements carry the labels of the arguments, for its reference may be lost. */
    private static Value secret(Slots s, List<Value> elements) {
        Label label = s.label();
        if (label.isBottom()) {
            return new Value(new ListBox(elements));
        }
        long longest = s.text(0).length();
        List<Value> raised = new ArrayList<>(elements.size());
        for (Value each : elements) {
            raised.add(new Value(each.payload(), label, Outline.text(longest)));
        }
        return new Value(ListBox.like(raised, label, Label.BOTTOM));
    }

    private static boolean isIdentifier(String string) {
        if (string.isEmpty()) {
            return false;
        }
        int first = string.codePointAt(0);
        return (first == '_' || Character.isUnicodeIdentifierStart(first))
                && string.codePoints()
                        .skip(1)
                        .allMatch(point ->
                                Character.isUnicodeIdentifierPart(point) && !Character.isIdentifierIgnorable(point));
    }

    private static boolean isCased(String string, IntPredicate so) {
        return string.codePoints().anyMatch(so)
                && string.codePoints().allMatch(point -> so.test(point) || !LetterCase.isCased(point));
    }

    private static boolean isTitle(String string) {
        boolean any = false;
        boolean inside = false;
        for (int point : string.codePoints().toArray()) {
            boolean upper = Character.isUpperCase(point) || Character.isTitleCase(point);
            boolean lower = Character.isLowerCase(point);
            if ((upper && inside) || (lower && !inside)) {
                return false;
            }
            inside = upper || lower;
            any |= inside;
        }
        return any;
    }

    private static void strip(String name, boolean left, boolean right) {
        add(
                name,
                "chars?",
                s -> {
                    boolean some = s.has(1) && s.payload(1) != Nothing.NOTHING;
                    if (some && !(s.payload(1) instanceof Text)) {
                        throw Fault.type(name + " arg must be None or str");
                    }
                    return new Value(Text.of(Strings.strip(s.string(0), some ? s.string(1) : null, left, right)));
                },
                o -> Prospect.of(Outline.text(o.extent(0)), o.unless(1, STR | NONE)));
    }

    private static void pad(String name) {
        add(
                name,
                "width fillchar?",
                s -> {
                    long width = s.whole(1);
                    Text text = s.text(0);
                    int fill = ' ';
                    if (s.has(2)) {
                        if (!(s.payload(2) instanceof Text given) || given.length() != 1) {
                            throw Fault.type(
                                    s.payload(2) instanceof Text
                                            ? "The fill character must be exactly one character long"
                                            : "The fill character must be a unicode character, not " + s.typeName(2));
                        }
                        fill = given.pointAt(0);
                    }
                    long more = width - text.length();
                    if (more <= 0) {
                        return new Value(text);
                    }
                    s.context().bytes(width);
                    long left = switch (name) {
                        case "ljust" -> 0;
                        case "rjust" -> more;
                        default -> more / 2 + (more & width & 1);
                    };
                    return new Value(Text.of(new StringBuilder()
                            .repeat(fill, (int) left)
                            .append(text.string())
                            .repeat(fill, (int) (more - left))
                            .toString()));
                },
                o -> {
                    Text fill = o.at(2).constantText();
                    boolean bad = o.has(2) && (fill == null || fill.length() != 1);
                    return widened(o, o.unless(1, Outlines.WHOLES).andIf(bad, Errors.TYPE));
                });
    }

    private static Prospect widened(Outlines o, Errors errors) {
        long width = o.at(1).greatest();
        return Prospect.of(Outline.text(Math.max(o.extent(0), width)), errors).unboundedIf(width == Outline.UNBOUNDED);
    }

    private static Value zfill(Slots s) {
        Text text = s.text(0);
        long more = s.whole(1) - text.length();
        if (more <= 0) {
            return new Value(text);
        }
        s.context().bytes(s.whole(1));
        String string = text.string();
        int sign = string.startsWith("+") || string.startsWith("-") ? 1 : 0;
        return new Value(Text.of(new StringBuilder()
                .append(string, 0, sign)
                .repeat('0', (int) more)
                .append(string, sign, string.length())
                .toString()));
    }

    /** The part of a string that optional start and end name, and where in code points it begins. */
    private record Part(String string, int from, boolean exists) {
        static Part of(Slots s, int start, int end) {
            Text text = s.text(0);
            long from = position(s, start, 0, text.length());
            long to = position(s, end, text.length(), text.length());
            if (from > text.length() || to < from) {
                return new Part("", 0, false);
            }
            return new Part(
                    text.slice((int) from, (int) Math.min(to, text.length())).string(), (int) from, true);
        }

        private static long position(Slots s, int place, long otherwise, int length) {
            if (!s.has(place) || s.payload(place) == Nothing.NOTHING) {
                return otherwise;
            }
            if (!Numbers.isWhole(s.payload(place))) {
                throw Fault.type("slice indices must be integers or None or have an __index__ method");
            }
            long at = s.whole(place);
            long from = at < 0 ? Math.max(0, at + length) : at;
            return place == 3 ? Math.min(from, length) : from;
        }
    }

    private static Errors bounds(Outlines o) {
        return o.unless(2, Outlines.WHOLES | NONE).and(o.unless(3, Outlines.WHOLES | NONE));
    }

    private static void search(String name, boolean last, boolean must) {
        add(
                name,
                "sub start? end?",
                s -> {
                    String sub = must(s, 1);
                    Part part = Part.of(s, 2, 3);
                    s.context().steps(part.string().length() / 32);
                    int at = !part.exists()
                            ? -1
                            : last
                                    ? Search.lastIndexOf(
                                            part.string(), sub, part.string().length())
                                    : Search.indexOf(part.string(), sub, 0);
                    if (at < 0 && must) {
                        throw Fault.value("substring not found");
                    }
                    return Value.of(at < 0 ? -1 : part.from() + part.string().codePointCount(0, at));
                },
                o -> Prospect.of(POSITION, bounds(o).and(o.unless(1, STR)).andIf(must, Errors.VALUE)));
    }

    private static String must(Slots s, int place) {
        if (s.payload(place) instanceof Text text) {
            return text.string();
        }
        throw Fault.type("must be str, not " + s.typeName(place));
    }

    private static Value count(Slots s) {
        String sub = must(s, 1);
        Part part = Part.of(s, 2, 3);
        s.context().steps(part.string().length() / 32);
        if (!part.exists()) {
            return Value.of(0);
        }
        return Value.of(
                sub.isEmpty()
                        ? part.string().codePointCount(0, part.string().length()) + 1L
                        : Strings.count(part.string(), sub));
    }

    private static void affix(String name, boolean first) {
        add(
                name,
                "affix start? end?",
                s -> {
                    List<Value> all = s.payload(1) instanceof Tuple tuple ? tuple.elements() : List.of(s.at(1));
                    s.deep(1);
                    Part part = Part.of(s, 2, 3);
                    boolean holds = false;
                    for (Value each : all) {
                        if (!(each.payload() instanceof Text affix)) {
                            throw Fault.type(
                                    s.payload(1) instanceof Tuple
                                            ? "tuple for " + name + " must only contain str, not "
                                                    + each.payload().type().name()
                                            : name + " first arg must be str or a tuple of str, not "
                                                    + each.payload().type().name());
                        }
                        holds = holds
                                || (part.exists()
                                        && (first
                                                ? part.string().startsWith(affix.string())
                                                : part.string().endsWith(affix.string())));
                        if (holds) {
                            break;
                        }
                    }
                    return Value.of(holds);
                },
                o -> Prospect.of(
                        Outline.BOOL,
                        bounds(o)
                                .and(o.unless(1, STR | Kind.TUPLE.bit()))
                                .andIf(
                                        o.at(1).may(Kind.TUPLE)
                                                && !o.at(1)
                                                        .only(Kind.TUPLE)
                                                        .elementOrNone()
                                                        .isOnly(Kind.STR),
                                        Errors.TYPE)));
    }

    private static void split(String name, boolean fromRight) {
        add(
                name,
                ":sep? :maxsplit?",
                s -> {
                    long most = s.whole(2, -1);
                    if (!s.has(1) || s.payload(1) == Nothing.NOTHING) {
                        return texts(s, Strings.words(s.string(0), most, fromRight));
                    }
                    String by = must(s, 1);
                    if (by.isEmpty()) {
                        throw Fault.value("empty separator");
                    }
                    return texts(s, Strings.split(s.string(0), by, most, fromRight));
                },
                o -> {
                    Text by = o.at(1).constantText();
                    boolean empty = o.at(1).may(Kind.STR) && (by == null || by.length() == 0);
                    return Prospect.of(
                            Outline.holding(Kind.LIST, Outline.plus(o.extent(0), 1), Outline.text(o.extent(0)), null),
                            o.unless(1, STR | NONE)
                                    .and(o.unless(2, Outlines.WHOLES))
                                    .andIf(empty, Errors.VALUE));
                });
    }

    private static void partition(String name, boolean last) {
        add(
                name,
                "sep",
                s -> {
                    String string = s.string(0);
                    String by = must(s, 1);
                    if (by.isEmpty()) {
                        throw Fault.value("empty separator");
                    }
                    int at = last ? Search.lastIndexOf(string, by, string.length()) : Search.indexOf(string, by, 0);
                    String[] parts = at < 0
                            ? (last ? new String[] {"", "", string} : new String[] {string, "", ""})
                            : new String[] {string.substring(0, at), by, string.substring(at + by.length())};
                    return new Value(Tuple.of(Value.of(parts[0]), Value.of(parts[1]), Value.of(parts[2])));
                },
                o -> {
                    Text by = o.at(1).constantText();
                    Outline part = Outline.text(Math.max(o.extent(0), o.extent(1)));
                    return Prospect.of(
                            Outline.tuple(List.of(part, part, part)),
                            o.unless(1, STR).andIf(by == null || by.length() == 0, Errors.VALUE));
                });
    }

    private static Value join(Slots s) {
        if (!Iterators.isIterable(s.payload(1))) {
            throw Fault.type("can only join an iterable");
        }
        Lists.Collected all = Lists.collect(s.context(), s.at(1));
        s.tell(all.control());
        StringBuilder out = new StringBuilder();
        String between = s.string(0);
        int at = 0;
        for (Value each : all.elements()) {
            s.tell(each.label());
            if (!(each.payload() instanceof Text text)) {
                throw Fault.type("sequence item " + at + ": expected str instance, "
                        + each.payload().type().name() + " found");
            }
            s.context().bytes((long) between.length() + text.string().length());
            out.append(at == 0 ? "" : between).append(text.string());
            at++;
        }
        return new Value(Text.of(out.toString()));
    }

    private static Prospect joining(Outlines o) {
        Prospect iterated = Iterators.all(o.at(1));
        Outline each = iterated.result().elementOrNone();
        long extent = Outline.times(iterated.result().extent(), Outline.plus(o.extent(0), each.extent()));
        return Prospect.of(Outline.text(extent), iterated.errors().andIf(!each.isOnly(Kind.STR), Errors.TYPE))
                .taking(Outline.times(iterated.result().extent(), 8));
    }

    private static Value translate(Slots s) {
        Value table = s.deep(1);
        StringBuilder out = new StringBuilder();
        for (int point : s.string(0).codePoints().toArray()) {
            Payload to = null;
            if (table.payload() instanceof DictBox dict) {
                Table.Entry entry = dict.table().find(Key.of(Whole.of(point)));
                to = entry == null ? null : entry.value.payload();
            } else {
                throw Fault.type("'" + s.typeName(1) + "' object is not subscriptable");
            }
            s.context().bytes(to instanceof Text text ? text.string().length() : 2);
            switch (to) {
                case null -> out.appendCodePoint(point);
                case Nothing _ -> {}
                case Text text -> out.append(text.string());
                case Whole whole
                when whole.sign() >= 0 && whole.clamped() <= Character.MAX_CODE_POINT ->
                    out.appendCodePoint((int) whole.clamped());
                case Whole _ -> throw Fault.value("character mapping must be in range(0x110000)");
                default -> throw Fault.type("character mapping must return integer, None or str");
            }
        }
        return new Value(Text.of(out.toString()));
    }

    /** {@code str.maketrans}. */
    static Value maketrans(Slots s) {
        DictBox table = new DictBox();
        if (!s.has(1)) {
            if (!(s.payload(0) instanceof DictBox dict)) {
                throw Fault.type("if you give only one argument to maketrans it must be a dict");
            }
            s.deep(0);
            for (Table.Entry each : dict.table().entries()) {
                if (each.name.payload() instanceof Text text && text.length() != 1) {
                    throw Fault.value("string keys in translate table must be of length 1");
                }
                table.put(each.name.payload() instanceof Text text ? Value.of(text.pointAt(0)) : each.name, each.value);
            }
            return new Value(table);
        }
        Text from = s.text(0);
        Text to = s.text(1);
        if (from.length() != to.length()) {
            throw Fault.value("the first two maketrans arguments must have equal length");
        }
        s.context().bytes(64L * from.length());
        for (int i = 0; i < from.length(); i++) {
            table.put(Value.of(from.pointAt(i)), Value.of(to.pointAt(i)));
        }
        if (s.has(2)) {
            for (int point : s.string(2).codePoints().toArray()) {
                table.put(Value.of(point), Value.NOTHING);
            }
        }
        table.raise(s.label());
        return new Value(table);
    }
}

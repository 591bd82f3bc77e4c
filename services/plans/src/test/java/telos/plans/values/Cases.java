package telos.plans.values;

import java.util.List;
import java.util.Random;

/** Random straight-line code over every operation, builtin and method. */
final class Cases {
    private final Random random;

    Cases(long seed) {
        this.random = new Random(seed);
    }

    private String of(String... some) {
        return some[random.nextInt(some.length)];
    }

    String whole() {
        return switch (random.nextInt(8)) {
            case 0 -> of("0", "1", "-1", "True", "False");
            case 1 -> Long.toString(random.nextLong());
            case 2 -> of("2**63", "-2**63", "10**20", "-10**25", "2**100", "-(2**64)+1", "9007199254740993");
            default -> Integer.toString(random.nextInt(41) - 20);
        };
    }

    String small() {
        return Integer.toString(random.nextInt(13) - 4);
    }

    String real() {
        return switch (random.nextInt(6)) {
            case 0 ->
                of(
                        "0.0",
                        "-0.0",
                        "1.0",
                        "0.5",
                        "2.5",
                        "-1.5",
                        "1e16",
                        "1e22",
                        "1e-5",
                        "123456789.125",
                        "1e308",
                        "5e-324",
                        "2.675",
                        "0.1");
            case 1 -> of("float('inf')", "-float('inf')", "float('nan')");
            case 2 ->
                Double.toString(random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20))
                        .replace("E", "e");
            default ->
                Double.toString(Math.rint(random.nextGaussian() * 1000) / 8).replace("E", "e");
        };
    }

    String number() {
        return random.nextBoolean() ? whole() : real();
    }

    String text() {
        return switch (random.nextInt(6)) {
            case 0 ->
                of(
                        "''",
                        "' '",
                        "'a'",
                        "'Hello, World'",
                        "'  padded  '",
                        "'a,b,,c'",
                        "'one two  three'",
                        "'UPPER lower'");
            case 1 ->
                of(
                        "'12'",
                        "'-7'",
                        "' 42 '",
                        "'3.5'",
                        "'1_000'",
                        "'0x1f'",
                        "'abc123'",
                        "'1e5'",
                        "'nan'",
                        "'٣'",
                        "'½'",
                        "'²'");
            case 2 ->
                of(
                        "'äöüß'",
                        "'ﬁ'",
                        "'Ǆungla'",
                        "'😀a😀'",
                        "'ΑΣ'",
                        "'İ'",
                        "'日本語'",
                        "'\\n\\tx\\r\\n'",
                        "'it\\'s'",
                        "'\"q\"'",
                        "'\\x00\\x7f\\u200b'",
                        "'a\\u2028b'");
            default -> {
                StringBuilder out = new StringBuilder("'");
                for (int i = random.nextInt(7); i > 0; i--) {
                    out.append("abAB .,-xyz1_".charAt(random.nextInt(13)));
                }
                yield out.append("'").toString();
            }
        };
    }

    String scalar() {
        return switch (random.nextInt(8)) {
            case 0 -> "None";
            case 1, 2 -> whole();
            case 3, 4 -> real();
            default -> text();
        };
    }

    String listOf(int depth) {
        StringBuilder out = new StringBuilder("[");
        int kind = random.nextInt(4);
        for (int i = random.nextInt(5); i > 0; i--) {
            out.append(
                            switch (kind) {
                                case 0 -> small();
                                case 1 -> text();
                                case 2 -> number();
                                default -> any(depth - 1);
                            })
                    .append(", ");
        }
        return out.append("]").toString();
    }

    String tuple(int depth) {
        int size = random.nextInt(4);
        StringBuilder out = new StringBuilder("(");
        for (int i = 0; i < size; i++) {
            out.append(any(depth - 1)).append(", ");
        }
        return out.append(")").toString();
    }

    String dict(int depth) {
        StringBuilder out = new StringBuilder("{");
        for (int i = random.nextInt(4); i > 0; i--) {
            out.append(random.nextInt(3) == 0 ? scalar() : of("'a'", "'b'", "'c'", "1", "2"))
                    .append(": ")
                    .append(any(depth - 1))
                    .append(", ");
        }
        return out.append("}").toString();
    }

    String set() {
        StringBuilder out = new StringBuilder("set([");
        for (int i = random.nextInt(5); i > 0; i--) {
            out.append(random.nextInt(9)).append(", ");
        }
        return out.append("])").toString();
    }

    String any(int depth) {
        if (depth <= 0) {
            return scalar();
        }
        return switch (random.nextInt(9)) {
            case 0 -> listOf(depth);
            case 1 -> tuple(depth);
            case 2 -> dict(depth);
            case 3 -> "range(" + small() + ")";
            default -> scalar();
        };
    }

    String moment() {
        return switch (random.nextInt(4)) {
            case 0 ->
                "datetime(" + (1 + random.nextInt(9999)) + ", " + (1 + random.nextInt(12)) + ", "
                        + (1 + random.nextInt(28)) + ")";
            case 1 -> "datetime(2024, 2, 29, 23, 59, 59, 999999)";
            case 2 ->
                "datetime(20" + (10 + random.nextInt(80)) + ", 3, 4, " + random.nextInt(24) + ", " + random.nextInt(60)
                        + ", tzinfo=timezone.utc)";
            default ->
                "datetime(2021, 12, 31, " + random.nextInt(24) + ", 5, 6, " + random.nextInt(1_000_000)
                        + ", timezone(timedelta(hours=" + (random.nextInt(27) - 13) + ")))";
        };
    }

    String day() {
        return "date(" + (1990 + random.nextInt(60)) + ", " + (1 + random.nextInt(12)) + ", " + (1 + random.nextInt(28))
                + ")";
    }

    String delta() {
        return "timedelta("
                + of("", "days=", "hours=", "minutes=", "seconds=", "microseconds=", "weeks=", "milliseconds=")
                + of(
                        small(),
                        Integer.toString(random.nextInt(100_000)),
                        "1.5",
                        "-0.25",
                        "0.0000005",
                        "2.5",
                        Integer.toString(random.nextInt()))
                + ")";
    }

    String dated() {
        return of(
                moment(),
                day(),
                delta(),
                "time(" + random.nextInt(24) + ", " + random.nextInt(60) + ", " + random.nextInt(60) + ")");
    }

    String operation() {
        String operator = of("+", "-", "*", "/", "//", "%", "**", "<<", ">>", "&", "|", "^");
        String left = random.nextInt(3) == 0 ? any(2) : number();
        String right = random.nextInt(3) == 0 ? any(2) : number();
        if (operator.equals("**") || operator.equals("<<")) {
            right = of(small(), "0.5", "-1", "2.5", "True");
        }
        if (operator.equals("*") && random.nextBoolean()) {
            left = of(text(), listOf(1), tuple(1));
            right = small();
        }
        if (operator.equals("+") && random.nextBoolean()) {
            return of(text() + " + " + text(), listOf(1) + " + " + listOf(1), tuple(1) + " + " + tuple(1));
        }
        return "(" + left + ") " + operator + " (" + right + ")";
    }

    String comparison() {
        String operator = of("==", "!=", "<", "<=", ">", ">=", "in", "not in");
        return switch (random.nextInt(5)) {
            case 0 -> number() + " " + operator + " " + number();
            case 1 -> text() + " " + operator + " " + text();
            case 2 -> listOf(2) + " " + operator + " " + listOf(2);
            case 3 -> scalar() + " " + operator + " " + any(2);
            default -> any(2) + " " + operator + " " + any(2);
        };
    }

    String textMethod() {
        String on = text();
        return switch (random.nextInt(12)) {
            case 0, 1 ->
                on + "."
                        + of(
                                "capitalize",
                                "casefold",
                                "lower",
                                "upper",
                                "title",
                                "swapcase",
                                "strip",
                                "lstrip",
                                "rstrip",
                                "split",
                                "rsplit",
                                "splitlines",
                                "expandtabs")
                        + "()";
            case 2 ->
                on + "."
                        + of(
                                "isalnum",
                                "isalpha",
                                "isascii",
                                "isdecimal",
                                "isdigit",
                                "isidentifier",
                                "islower",
                                "isnumeric",
                                "isprintable",
                                "isspace",
                                "istitle",
                                "isupper")
                        + "()";
            case 3 ->
                on + "." + of("find", "rfind", "index", "rindex", "count", "startswith", "endswith") + "(" + text()
                        + of("", ", " + small(), ", " + small() + ", " + small()) + ")";
            case 4 ->
                on + "." + of("center", "ljust", "rjust") + "(" + random.nextInt(16)
                        + of("", ", '*'", ", 'é'", ", 'ab'", ", 1") + ")";
            case 5 ->
                on + "." + of("strip", "lstrip", "rstrip", "partition", "rpartition", "removeprefix", "removesuffix")
                        + "(" + of(text(), "'a'", "' '", "'ab'") + ")";
            case 6 ->
                on + "." + of("split", "rsplit") + "(" + of("' '", "','", "'a'", "None", "''", "1")
                        + of("", ", " + small(), ", maxsplit=" + small()) + ")";
            case 7 -> on + ".replace(" + of("'a'", "''", "' '", text()) + ", " + text() + of("", ", " + small()) + ")";
            case 8 ->
                text() + ".join(" + of("['a', 'b']", "[]", "('x',)", "'xyz'", "['a', 1]", "{'k': 1}", listOf(1)) + ")";
            case 9 -> on + ".zfill(" + small() + " + 6)";
            case 10 ->
                on + "."
                        + of(
                                "translate(str.maketrans('ab', 'xy'))",
                                "translate(str.maketrans('a', 'b', 'c'))",
                                "translate({97: 'zz', 98: None})",
                                "splitlines(True)",
                                "expandtabs(4)",
                                "startswith(('a', 'b'))",
                                "nothing()",
                                "upper(1)",
                                "split(sep=',')");
            default -> "len(" + on + ")";
        };
    }

    String slice() {
        String on = of(text(), listOf(2), tuple(1), "range(10)", "'abcdefgh'", "[1, 2, 3, 4, 5]");
        String bound = of("", small(), small(), "None");
        return on + "["
                + of(
                        small(),
                        bound + ":" + of("", small()),
                        bound + ":" + of("", small()) + ":" + of("", "1", "2", "-1", "-2", "0", small()))
                + "]";
    }

    String builtin() {
        return switch (random.nextInt(30)) {
            case 0 -> "abs(" + any(1) + ")";
            case 1 -> of("all", "any") + "(" + any(2) + ")";
            case 2 -> "bool(" + any(2) + ")";
            case 3 ->
                of("chr", "bin", "hex", "oct") + "(" + of(whole(), Integer.toString(random.nextInt(70000)), any(1))
                        + ")";
            case 4 -> "ord(" + of("'a'", text()) + ")";
            case 5 -> "divmod(" + number() + ", " + number() + ")";
            case 6 -> "list(enumerate(" + any(2) + of("", ", 3", ", start=10") + "))";
            case 7 ->
                "list(filter(" + of("None", "bool", "str.strip", "str.isdigit") + ", " + of(listOf(1), listOf(2))
                        + "))";
            case 8 -> "float(" + of(scalar(), text(), whole()) + ")";
            case 9 -> "int(" + of(scalar(), text(), real()) + ")";
            case 10 ->
                "int(" + of("'ff'", "'0b101'", "'777'", "'z'", text()) + ", " + of("16", "0", "8", "36", "2", "1")
                        + ")";
            case 11 ->
                "isinstance(" + any(2) + ", "
                        + of("int", "str", "(int, float)", "list", "bool", "dict", "object", "5", "(str, (int, list))")
                        + ")";
            case 12 -> "len(" + any(2) + ")";
            case 13 -> of("list", "tuple", "sorted", "len") + "(" + any(2) + ")";
            case 14 -> "list(map(" + of("str", "int", "len", "abs", "bool", "str.upper") + ", " + listOf(2) + "))";
            case 15 ->
                of("max", "min") + "(" + of(listOf(1), any(2), "[]", "'hello'")
                        + of("", ", default=0", ", key=str", ", key=len", ", key=abs") + ")";
            case 16 -> of("max", "min") + "(" + number() + ", " + number() + of("", ", " + number()) + ")";
            case 17 -> "pow(" + whole() + ", " + small() + of("", ", " + small(), ", 97") + ")";
            case 18 -> "list(range(" + small() + of("", ", " + small(), ", " + small() + ", " + small()) + "))";
            case 19 -> of("repr", "str", "ascii") + "(" + any(3) + ")";
            case 20 -> "list(reversed(" + of(any(2), "range(5)", "{'a': 1}") + "))";
            case 21 -> "round(" + number() + of("", ", " + small(), ", 2", ", None") + ")";
            case 22 ->
                "sorted(" + of(set(), listOf(1)) + of("", ", reverse=True", ", key=str", ", key=abs", ", reverse=1")
                        + ")";
            case 23 ->
                "sum(" + of(listOf(1), "[0.1, 0.2, 0.3]", "[[1], [2]]", listOf(2))
                        + of("", ", 10", ", 1.5", ", []", ", start=5") + ")";
            case 24 -> "list(zip(" + any(2) + ", " + any(2) + of("", ", 'abc'", ", strict=True") + "))";
            case 25 ->
                "dict("
                        + of(
                                "",
                                "a=1, b=2",
                                dict(1),
                                "[('a', 1), ('b', 2)]",
                                "['ab', 'cd']",
                                "zip('ab', [1, 2])",
                                any(2))
                        + ")";
            case 26 ->
                of(
                        "getattr(5, 'real')",
                        "getattr('a', 'nope', 7)",
                        "hasattr('a', 'upper')",
                        "hasattr(1, 'x')",
                        "callable(len)",
                        "callable(3)",
                        "type(" + scalar() + ").__name__");
            case 27 -> "hash(" + of(whole(), "2.0", "True", "1e20", "[]") + ")";
            case 28 -> "next(iter(" + any(2) + ")" + of("", ", 'none'") + ")";
            default -> "sorted(" + set() + " " + of("&", "|", "-", "^") + " " + set() + ")";
        };
    }

    String containerMethod() {
        return switch (random.nextInt(24)) {
            case 0 -> "x = " + listOf(1) + "\nx.append(" + any(2) + ")\nx";
            case 1 -> "x = " + listOf(1) + "\nx.extend(" + any(2) + ")\nx";
            case 2 -> "x = " + listOf(1) + "\nx.insert(" + small() + ", " + scalar() + ")\nx";
            case 3 -> "x = " + listOf(1) + "\ny = x.pop(" + of("", small()) + ")\n(x, y)";
            case 4 -> "x = [1, 2, 3, 2, 1.0, True]\nx.remove(" + of("1", "2", "9", "1.0") + ")\nx";
            case 5 -> of("[1, 2, 3, 2]", listOf(1)) + "." + of("index", "count") + "(" + of("2", "1.0", scalar()) + ")";
            case 6 -> "x = " + listOf(1) + "\nx.sort(" + of("", "reverse=True", "key=str", "key=abs") + ")\nx";
            case 7 -> "x = " + listOf(1) + "\nx.reverse()\ny = x.copy()\nx.clear()\n(x, y)";
            case 8 ->
                "x = [0, 1, 2, 3, 4, 5]\nx[" + of("1:3", "::2", "::-1", ":", "2:2", "-2:", "4:1") + "] = "
                        + of("[7]", "[7, 8, 9]", "'ab'", "()", "5") + "\nx";
            case 9 ->
                "x = [0, 1, 2, 3, 4, 5]\ndel x[" + of("1:3", "::2", "::-1", ":", small(), "-2:", "9", "'a'") + "]\nx";
            case 10 -> "x = " + listOf(1) + "\nx[" + of(small(), "0", "'a'") + "] = " + scalar() + "\nx";
            case 11 -> "d = " + dict(1) + "\nd[" + of("'a'", scalar(), "[]", "(1, 2)") + "] = " + any(1) + "\nd";
            case 12 -> dict(1) + ".get(" + of("'a'", scalar(), "[]") + of("", ", 'no'") + ")";
            case 13 ->
                "d = " + dict(1) + "\n("
                        + of(
                                "list(d.keys())",
                                "list(d.values())",
                                "list(d.items())",
                                "d.items()",
                                "d.keys()",
                                "len(d.values())",
                                "'a' in d.keys()")
                        + ", d)";
            case 14 -> "d = " + dict(1) + "\ny = d.pop(" + of("'a'", "1", scalar()) + of("", ", None") + ")\n(d, y)";
            case 15 ->
                "d = " + dict(1) + "\ny = d."
                        + of("popitem()", "setdefault('a', 5)", "setdefault('q')", "copy()", "clear()") + "\n(d, y)";
            case 16 ->
                "d = " + dict(1) + "\nd.update("
                        + of(dict(1), "a=1, z=2", "[(1, 2)]", "[1]", "['ab', 'c']", "{'a': 3}, b=4") + ")\nd";
            case 17 -> "d = " + dict(1) + "\ndel d[" + of("'a'", scalar()) + "]\nd";
            case 18 -> dict(1) + "[" + of("'a'", "1", "True", "2.0", scalar()) + "]";
            case 19 ->
                "s = " + set() + "\ny = s."
                        + of(
                                "add(3)",
                                "discard(2)",
                                "remove(4)",
                                "update([1, 99])",
                                "clear()",
                                "intersection_update([1, 2, 3])",
                                "difference_update({1, 2})",
                                "symmetric_difference_update([5, 6])",
                                "add([])")
                        + "\n(sorted(s), y)";
            case 20 ->
                "sorted(" + set() + "." + of("union", "intersection", "difference", "symmetric_difference") + "("
                        + of(set(), "[1, 2, 3]", "range(4)", "'12'") + "))";
            case 21 ->
                set() + "." + of("issubset", "issuperset", "isdisjoint") + "(" + of(set(), "[1, 2]", "range(9)") + ")";
            case 22 ->
                of("a, b = ", "a, *b = ", "*a, b = ", "a, b = b, a = ", "[a, b] = ")
                        + of(listOf(1), "(1, 2)", "'xy'", tuple(2), "5", "{'k': 1, 'l': 2}") + "\n(a, b)";
            default ->
                "x = " + of(listOf(1), "5", "'s'", set(), dict(1)) + "\nx " + of("+=", "*=", "|=", "-=", "&=") + " "
                        + of(listOf(1), "2", "'t'", "{3}", "{'a': 1}") + "\n"
                        + of("x == x", "len(x)", "type(x).__name__");
        };
    }

    String format() {
        String spec = of("", "*", "é", "0") + of("<", ">", "^", "=");
        String body = of("", spec, of("<", ">", "^", "="))
                + of("", "", "+", "-", " ")
                + of("", "", "#")
                + of("", "", "0")
                + of("", "", "5", "12", "1")
                + of("", "", ",", "_")
                + of("", "", ".0", ".1", ".2", ".3", ".6", ".15")
                + of("", "", "d", "f", "e", "g", "%", "s", "x", "X", "b", "o", "n", "c", "E", "G", "F", "q");
        return switch (random.nextInt(6)) {
            case 0, 1 -> "format(" + of(number(), number(), text(), "None", "[1]", "True") + ", '" + body + "')";
            case 2 -> "f'{" + of(whole(), "2.5", "[1, 2]", "(1).real") + of("", "!r", "!s", "!a") + ":" + body + "}'";
            case 3 ->
                "'%" + of("", "-", "0", "+", " ", "#", "-0") + of("", "5", "10") + of("", ".0", ".2", ".4")
                        + of("d", "i", "f", "e", "g", "s", "r", "a", "x", "X", "o", "c", "%", "G", "E", "q", "u")
                        + "' % " + of(number(), "(" + number() + ",)", text(), "()", "(1, 2)", "[1]", "{'a': 1}");
            case 4 ->
                "'"
                        + of(
                                "{}",
                                "{0}",
                                "{1} {0}",
                                "{} {}",
                                "{a}",
                                "{0[0]}",
                                "{0[k]}",
                                "{!r}",
                                "{:>8}",
                                "{0:{1}}",
                                "{{}}",
                                "{",
                                "}",
                                "{} {0}",
                                "{a!s:^7}",
                                "{:d}",
                                "{:.2f}",
                                "{!x}")
                        + "'.format(" + of("1, 2", "'a', 5", "[1, 2], 3", "{'k': 9}", "a=3", "2.5", "", "1.0, a='z'")
                        + ")";
            default -> "'%(a)s %(b)d' % {'a': " + scalar() + ", 'b': " + number() + "}";
        };
    }

    String datetime() {
        String format = of(
                "%Y-%m-%d",
                "%d/%m/%y %H:%M",
                "%A, %d %B %Y",
                "%a %b %d",
                "%j %U %W %w %u",
                "%G-W%V",
                "%I:%M:%S %p",
                "%f %z %Z",
                "%c",
                "%x %X",
                "%%",
                "%Y%m%dT%H%M%S",
                "plain");
        return switch (random.nextInt(16)) {
            case 0 -> dated() + " " + of("+", "-") + " " + dated();
            case 1 -> delta() + " " + of("*", "/", "//", "%") + " " + of(small(), "2.5", delta(), "3");
            case 2 -> dated() + " " + of("==", "!=", "<", ">=") + " " + dated();
            case 3 -> of("str", "repr") + "(" + dated() + ")";
            case 4 -> of(moment(), day()) + ".strftime('" + format + "')";
            case 5 -> "f'{" + of(moment(), day()) + ":" + format.replace("'", "") + "}'";
            case 6 ->
                moment() + "."
                        + of(
                                "isoformat()",
                                "isoformat(' ')",
                                "isoformat(timespec='minutes')",
                                "isoformat('T', 'milliseconds')",
                                "date()",
                                "time()",
                                "weekday()",
                                "isoweekday()",
                                "toordinal()",
                                "utcoffset()",
                                "tzname()",
                                "ctime()",
                                "timetz()");
            case 7 ->
                day() + "."
                        + of(
                                "isoformat()",
                                "weekday()",
                                "isoweekday()",
                                "year",
                                "month",
                                "day",
                                "toordinal()",
                                "ctime()",
                                "replace(day=1)",
                                "replace(year=2001, month=2)",
                                "replace(month=13)",
                                "hour");
            case 8 ->
                moment() + "."
                        + of(
                                "year",
                                "hour",
                                "minute",
                                "second",
                                "microsecond",
                                "tzinfo",
                                "replace(hour=5)",
                                "replace(year=0)",
                                "replace(tzinfo=None)",
                                "replace(minute=61)",
                                "replace(day=31)");
            case 9 -> delta() + "." + of("days", "seconds", "microseconds", "total_seconds()");
            case 10 -> "datetime.strptime(" + moment() + ".strftime('" + format + "'), '" + format + "')";
            case 11 ->
                "datetime.strptime('"
                        + of(
                                "2024-02-29",
                                "2023-02-29",
                                "2024-2-9",
                                "24-02-29",
                                "2024-02-29x",
                                "Monday",
                                "",
                                "2024-13-01")
                        + "', '%Y-%m-%d')";
            case 12 ->
                "datetime.strptime('" + of("12:30 PM", "12:30 am", "1:05 pm", "13:00 PM", "0:00 AM") + "', '"
                        + of("%I:%M %p", "%H:%M %p") + "')";
            case 13 ->
                "datetime.fromisoformat('"
                        + of(
                                "2024-01-02",
                                "2024-01-02T03:04",
                                "2024-01-02 03:04:05.678",
                                "20240102T030405Z",
                                "2024-W05-3",
                                "2024-01-02T03:04:05+05:30",
                                "2024-01-02T03:04:05.123456789",
                                "2024-1-2",
                                "x",
                                "2024-01-02T25:00",
                                "2024-01-02T03",
                                "2024-01-02T03:04:05-0800")
                        + "')";
            case 14 ->
                of(
                        "date.fromisoformat('2024-05-06')",
                        "date.fromisoformat('2024-5-6')",
                        "time.fromisoformat('04:05:06')",
                        "time.fromisoformat('T04:05')",
                        "date.fromordinal(738000)",
                        "datetime.combine(date(2020, 1, 2), time(3, 4))",
                        "datetime.utcfromtimestamp(1e9)",
                        "datetime.fromtimestamp(1700000000, timezone.utc)",
                        "datetime(2020, 1, 2, tzinfo=timezone.utc).timestamp()",
                        "datetime(2020, 1, 2, tzinfo=timezone.utc).astimezone(timezone(timedelta(hours=5, minutes=30)))",
                        "timezone(timedelta(hours=25))",
                        "timezone(timedelta(hours=2), 'X')",
                        "timezone.utc");
            default -> of("abs(", "-(", "+(", "bool(") + delta() + ")";
        };
    }

    String regex() {
        String pattern = of("[a-z]+", "(\\\\w+)@(\\\\w+)", "\\\\d+", "a|b", "(?P<k>x)(?P<l>y)?", "^\\\\s*", "b*");
        String on = of("'one two'", "'ann@home bob@work'", "'a1b22c333'", "'xy x'", "'  pad'", "'bbab'");
        return switch (random.nextInt(5)) {
            case 0 -> "re.findall('" + pattern + "', " + on + ")";
            case 1 ->
                "re.sub('" + pattern + "', " + of("'-'", "'<\\\\g<0>>'") + ", " + on + of("", ", 1", ", count=2") + ")";
            case 2 -> "re.split('" + pattern + "', " + on + ")";
            case 3 -> "m = re." + of("search", "match", "fullmatch") + "('" + pattern + "', " + on + ")\nm is None";
            default -> "re.compile('" + pattern + "').search(" + on + ").group()";
        };
    }

    List<String> all() {
        return List.of(operation(), comparison(), textMethod(), slice(), builtin(), containerMethod());
    }
}

package telos.bench.noninterference;

import java.util.List;

/**
 * Random expressions, each of a type that is known when it is written, so that most plans run.
 *
 * <p>This file is long because it has a case for each way to make a value.
 */
final class Terms {
    private final Draft draft;
    /** The functions that are there by now; each takes one whole number or two, and gives one. */
    private final List<String> functions;
    /** What a comprehension loops over assigns nothing. */
    private int assignsNothing;

    Terms(Draft draft, List<String> functions) {
        this.draft = draft;
        this.functions = functions;
    }

    String number(int deep) {
        if (deep <= 0) {
            return draft.oneIn(3) ? draft.digit(4) : draft.number();
        }
        int next = deep - 1;
        return switch (draft.below(51)) {
            case 0, 1, 2, 3, 4, 5 -> draft.number();
            case 6, 7 -> Integer.toString(draft.below(5) - 1);
            case 8, 9 -> "(" + number(next) + " " + draft.pick("+", "-", "*") + " " + number(next) + ")";
            case 10 ->
                "(" + number(next) + " " + draft.pick("//", "%") + " " + (draft.risky() ? number(next) : "2") + ")";
            case 11 -> "abs(" + number(next) + ")";
            case 12 -> "len(" + (draft.oneIn(2) ? list(next) : text(next)) + ")";
            case 13 -> "(" + number(next) + " if " + truth(next) + " else " + number(next) + ")";
            case 14 -> "sum(" + list(next) + ")";
            case 15 -> draft.risky() ? draft.list() + "[" + number(next) + "]" : "(" + draft.list() + " or [7])[0]";
            case 16 -> draft.risky() ? draft.dict() + "[" + draft.quoted() + "]" : draft.dict() + ".get(\"q\", 1)";
            case 17 ->
                draft.dict() + ".get(" + (draft.oneIn(2) ? draft.quoted() : text(next)) + ", " + number(next) + ")";
            case 18 -> draft.pick("max", "min") + "(" + number(next) + ", " + number(next) + ")";
            case 19 -> "int(" + truth(next) + ")";
            case 20 -> "note." + draft.pick("k", "v");
            case 21 -> assigned(draft.number(), number(next));
            case 22 -> "(" + number(next) + " " + draft.pick("and", "or") + " " + number(next) + ")";
            case 23, 24 -> call(next);
            case 25 -> "(lambda q, r=" + number(next) + ": q + r)(" + number(next) + ")";
            case 26 ->
                "next((i for i in " + source(next) + " if i " + draft.pick("==", ">") + " " + number(next) + "), "
                        + number(next) + ")";
            case 27 -> "len({i for i in " + source(next) + "})";
            case 28 ->
                "divmod(" + number(next) + ", " + (draft.risky() ? number(next) : "3") + ")[" + draft.below(2) + "]";
            case 29 -> draft.risky() ? "int(" + text(next) + ")" : "len(" + text(next) + ")";
            case 30 ->
                "(" + number(next) + ", " + number(next) + ")[" + (draft.risky() ? number(next) : draft.pick("0", "-1"))
                        + "]";
            case 31 -> "ask(\"how many?\", " + number(next) + ", \"int\")[\"ok\"] + 0";
            case 32 -> draft.risky() ? "lookup(" + number(next) + ")" : "lookup(" + draft.digit(3) + ")";
            case 33 -> list(next) + ".count(" + number(next) + ")";
            case 34 -> text(next) + "." + draft.pick("find", "count") + "(" + text(next) + ")";
            case 35 ->
                draft.pick("max", "min") + "(" + list(next) + draft.pick(", default=4", ", key=lambda k: -k, default=2")
                        + ")";
            case 36 ->
                "sum(i " + draft.pick("*", "+") + " j for i, j in zip(" + source(next) + ", " + source(next) + "))";
            case 37 -> "sum(" + dict(next) + ".values())";
            case 38 -> "len(" + dict(next) + ")";
            case 39 -> "(date(2024, 1, 1 + " + number(next) + " % 28) - date(2024, 1, 1)).days";
            case 40 -> "round(" + number(next) + " / 2)";
            case 41 -> "len(re.findall(\"[a-p]\", " + text(next) + "))";
            case 42 -> "int(Color.RED == (Color.RED if " + truth(next) + " else Color.BLUE))";
            case 43 -> "(" + number(next) + " " + draft.pick("&", "|", "^") + " " + number(next) + ")";
            case 44 -> "echo(" + number(next) + ")";
            case 45 -> "hook(" + number(next) + ")";
            case 46 ->
                "[" + number(next) + ", " + draft.digit(3) + ", " + number(next) + "].pop("
                        + draft.pick("", "0", "-1", "1") + ")";
            case 47 ->
                "({1: " + number(next) + ", 2: " + draft.digit(2) + "})." + draft.pick("pop", "setdefault") + "(1, "
                        + draft.digit(2) + ")";
            case 48, 49 -> draft.hasMail() ? mailNumber() : number(next);
            default -> "-" + number(next);
        };
    }

    private String mailNumber() {
        return switch (draft.below(5)) {
            case 0 -> "len(ms)";
            case 1 -> "sum(k[\"size\"] for k in ms)";
            case 2 -> "len([k for k in ms if \"body\" in k])";
            case 3 -> draft.risky() ? draft.pick("ms[0]", "ms[-1]") + "[\"size\"]" : "(ms[0][\"size\"] if ms else 1)";
            default -> "(ms[-1].get(\"size\", 1) if ms else 1)";
        };
    }

    private String mailText(int next) {
        return switch (draft.below(4)) {
            case 0 -> "(ms[0].get(\"body\", " + text(next) + ") if ms else \"x\")";
            case 1 -> "(ms[0][" + draft.pick("\"sender\"", "\"subject\"") + "] if ms else " + text(next) + ")";
            case 2 -> "\"+\".join(k[\"sender\"] for k in ms if k.get(\"size\") != " + number(next) + ")";
            default -> "str(sorted(k[\"subject\"] for k in ms)[:1])";
        };
    }

    private String assigned(String name, String value) {
        return assignsNothing > 0 ? value : "(" + name + " := " + value + ")";
    }

    /** A list for a comprehension to loop over. */
    String source(int deep) {
        assignsNothing++;
        String list = list(deep);
        assignsNothing--;
        return list;
    }

    private String keyed(int deep) {
        assignsNothing++;
        String dict = dict(deep);
        assignsNothing--;
        return dict;
    }

    private String call(int next) {
        if (functions.isEmpty()) {
            return draft.number();
        }
        String name = functions.get(draft.below(functions.size()));
        return switch (draft.below(4)) {
            case 0 -> name + "(" + number(next) + ", " + number(next) + ")";
            case 1 -> name + "(" + number(next) + ", k=" + number(next) + ")";
            case 2 -> name + "(*(" + number(next) + ", " + number(next) + "))";
            default -> name + "(" + number(next) + ")";
        };
    }

    String truth(int deep) {
        if (deep <= 0) {
            return draft.number() + draft.pick(" > ", " == ", " < ") + draft.digit(4);
        }
        int next = deep - 1;
        return switch (draft.below(17)) {
            case 0, 1, 2 -> number(next) + draft.pick(" == ", " > ", " <= ", " != ") + number(next);
            case 3 -> "(" + truth(next) + draft.pick(" and ", " or ") + truth(next) + ")";
            case 4 -> "(not " + truth(next) + ")";
            case 5 -> number(next) + draft.pick(" in ", " not in ") + list(next);
            case 6 -> number(next) + " < " + number(next) + " <= " + number(next);
            case 7 -> "any(i > " + number(next) + " for i in " + source(next) + ")";
            case 8 -> "all(i " + draft.pick("!=", "<") + " " + number(next) + " for i in " + source(next) + ")";
            case 9 ->
                draft.below(2) == 0
                        ? text(next) + draft.pick(" == ", " < ", " in ") + text(next)
                        : text(next) + draft.pick(" in ", " not in ") + "(" + text(next) + ", " + text(next) + ")";
            case 10 -> "bool(" + list(next) + ")";
            case 11 -> draft.quoted() + " in " + draft.dict();
            case 12 -> text(next) + "." + draft.pick("startswith", "endswith") + "(" + text(next) + ")";
            case 13 -> text(next) + "." + draft.pick("isdigit()", "isalpha()", "isupper()");
            case 14 -> list(next) + draft.pick(" == ", " < ") + list(next);
            case 15 -> draft.list() + draft.pick(" is ", " is not ") + draft.list();
            default -> "isinstance(" + number(next) + ", int)";
        };
    }

    String text(int deep) {
        if (deep <= 0) {
            return draft.oneIn(3) ? draft.quoted() : draft.text();
        }
        int next = deep - 1;
        return switch (draft.below(25)) {
            case 0, 1, 2, 3 -> draft.text();
            case 4 -> draft.quoted();
            case 5 -> "(" + text(next) + " + " + text(next) + ")";
            case 6, 7 -> "str(" + number(next) + ")";
            case 8 -> "f\"{" + single(number(next)) + "}-{" + draft.text() + "!r}\"";
            case 9 -> "f\"{" + single(number(next)) + ":" + draft.pick("03", ">4", "x", "+d") + "}\"";
            case 10 -> text(next) + "." + draft.pick("upper()", "strip()", "replace(\"x\", \"z\")", "title()");
            case 11 -> "\"-\".join(str(i) for i in " + source(next) + ")";
            case 12 -> text(next) + "[" + (draft.risky() ? "0" : draft.pick(":1", "1:", "::-1")) + "]";
            case 13 -> "(" + text(next) + " if " + truth(next) + " else " + text(next) + ")";
            case 14 -> "(" + text(next) + " * " + (draft.oneIn(2) ? "2" : number(next)) + ")";
            case 15 -> draft.pick("str", "repr") + "(" + (draft.oneIn(3) ? dict(next) : list(next)) + ")";
            case 16 -> "(" + text(next) + ".split(\"-\") or [\"\"])[" + draft.pick("0", "-1") + "]";
            case 17 ->
                text(next) + "." + draft.pick("ljust", "rjust", "zfill") + "(" + (draft.risky() ? number(next) : "3")
                        + ")";
            case 18 -> "\"{}:{}\".format(" + number(next) + ", " + text(next) + ")";
            case 19 -> "(\"%d %s\" % (" + number(next) + ", " + text(next) + "))";
            case 20, 21, 22 -> draft.hasMail() ? mailText(next) : text(next);
            case 23 -> "re.sub(\"[xp]\", \"o\", " + text(next) + ")";
            default -> "f\"{" + draft.text() + ":>{" + (draft.risky() ? draft.number() : "5") + "}}\"";
        };
    }

    /** A replacement field of a text in double quotes has none of them. */
    private static String single(String term) {
        return term.replace("\"", "'");
    }

    String list(int deep) {
        if (deep <= 0) {
            return draft.oneIn(3) ? "[" + draft.digit(3) + ", " + draft.number() + "]" : draft.list();
        }
        int next = deep - 1;
        return switch (draft.below(23)) {
            case 0, 1, 2, 3, 4 -> draft.list();
            case 5 -> "[" + number(next) + ", " + number(next) + "]";
            case 6, 7 ->
                "[i " + draft.pick("+ 1", "* 2", "") + " for i in " + source(next) + " if i "
                        + draft.pick(">", "==", "!=") + " " + number(next) + "]";
            case 8 -> "list(range(" + (draft.oneIn(2) ? draft.digit(4) : number(next)) + "))";
            case 9 ->
                "sorted(" + list(next)
                        + (draft.oneIn(2)
                                ? ", key=lambda k: " + draft.pick("-k", "k % 2", "k * " + draft.number())
                                : "")
                        + (draft.oneIn(3) ? ", reverse=True" : "") + ")";
            case 10 -> "(" + list(next) + " + " + list(next) + ")";
            case 11 -> list(next) + "[" + draft.pick("1:", ":1", "::-1", "::2", ":" + number(next)) + "]";
            case 12 -> "list(map(lambda k: k + " + number(next) + ", " + list(next) + "))";
            case 13 -> "[" + draft.number() + ", *" + list(next) + "]";
            case 14 -> "list(" + dict(next) + ".values())";
            case 15 -> "[k * v for k, v in enumerate(" + source(next) + ")]";
            case 16 -> "list(reversed(" + list(next) + "))";
            case 17 -> "list(filter(lambda k: k > " + number(next) + ", " + list(next) + "))";
            case 18 -> "sorted({i % 3 for i in " + source(next) + "})";
            case 19 -> "[len(k) for k in " + keyed(next) + "]";
            case 20 -> "[" + assigned("z", "i") + " for i in " + source(next) + "]";
            case 21 -> "(" + list(next) + " if " + truth(next) + " else " + list(next) + ")";
            default -> "[i + j for i in " + source(next) + " for j in " + source(next) + "]";
        };
    }

    String dict(int deep) {
        if (deep <= 0) {
            return draft.oneIn(4) ? "{\"p\": " + draft.number() + "}" : draft.dict();
        }
        int next = deep - 1;
        return switch (draft.below(8)) {
            case 0, 1, 2 -> draft.dict();
            case 3 -> "{" + draft.quoted() + ": " + number(next) + ", **" + draft.dict() + "}";
            case 4 -> "{str(i): i for i in " + source(next) + "}";
            case 5 -> "{k: v + 1 for k, v in " + keyed(next) + ".items() if v " + draft.pick("> 0", "!= 1") + "}";
            case 6 -> "dict(zip([\"p\", \"q\"], " + list(next) + "))";
            default -> "(" + draft.dict() + " | {" + text(next) + ": " + number(next) + "})";
        };
    }

    /** Something to tell somebody. */
    String any() {
        return switch (draft.below(7)) {
            case 0, 1 -> text(2);
            case 2 -> list(2);
            case 3 -> "len(" + list(1) + ")";
            case 4 -> dict(1);
            default -> number(2);
        };
    }
}

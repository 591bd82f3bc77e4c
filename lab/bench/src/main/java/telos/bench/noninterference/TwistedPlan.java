package telos.bench.noninterference;

/**
 * A short plan around a value of a kind that a secret chose. What is done with it first is what all that it may be can do: it is copied, or
 * held by something. Lists that it may hold change meanwhile. Only then something is asked of it that some of the kinds cannot do,
 * so that nothing before has told the analysis, or whoever watches, that something may fail: what comes next tells whether the analysis
 * still knew all that the value may be.
 */
final class TwistedPlan {
    private final Draft draft;
    private final Observer observer;

    private TwistedPlan(long seed, Observer observer) {
        this.draft = new Draft(seed);
        this.observer = observer;
    }

    static String of(long seed) {
        return new TwistedPlan(seed, RandomPlan.observer(seed)).plan();
    }

    private String plan() {
        draft.line("s = "
                + switch (observer) {
                    case EVERYONE, BOB -> "read_alice()";
                    case ALICE -> "read_bob()";
                    case TRUST -> "read_web()";
                });
        draft.line("a = " + draft.digit(4));
        String first = draft.fresh("la");
        String second = draft.fresh("lb");
        draft.line(first + " = " + start());
        draft.line(second + " = " + start());
        String held = draft.oneIn(2) ? copied(first, second) : held(first, second);
        if (draft.oneIn(2)) {
            change(first, second);
        }
        look(held);
        if (draft.oneIn(5)) {
            look(draft.pick(held, first));
        }
        draft.line((observer == Observer.TRUST ? "act" : "send") + "(" + draft.digit(9) + ")");
        draft.line("send(" + draft.digit(9) + ")");
        return draft.toString();
    }

    private String start() {
        return draft.pick("[1]", "[1, 2]", "[a]", "[[1], 2]", "[a, [3]]", "[\"x\"]");
    }

    private String chosen(String one, String other) {
        String chosen = draft.fresh("k");
        draft.line(chosen + " = "
                + (draft.oneIn(4)
                        ? "[" + one + ", " + other + "][s > " + draft.digit(2) + "]"
                        : one + " if s > " + draft.digit(2) + " else " + other));
        return chosen;
    }

    /** What all of these can do is to be gone through. */
    private String copied(String first, String second) {
        String chosen = chosen(row(first), row(second));
        String copy = draft.fresh("h");
        draft.line(copy + " = "
                + switch (draft.below(8)) {
                    case 0, 1 -> "list(" + chosen + ")";
                    case 2 -> "tuple(" + chosen + ")";
                    case 3 -> "[*" + chosen + "]";
                    case 4 -> "[v for v in " + chosen + "]";
                    case 5 -> "list(" + draft.pick("enumerate", "iter") + "(" + chosen + "))";
                    case 6 -> "[0] + list(" + chosen + ")";
                    default -> "list(zip(" + chosen + ", " + draft.pick(chosen, first) + "))";
                });
        return copy;
    }

    private String row(String list) {
        return switch (draft.below(9)) {
            case 0 -> list;
            case 1 -> "[" + list + "]";
            case 2 -> "[" + list + ", 2]";
            case 3 -> "(" + list + ", 1)";
            case 4 -> "[[1], 2]";
            case 5 -> "{\"k\": " + list + "}" + draft.pick("", ".items()", ".values()");
            case 6 -> "{1, a}";
            case 7 -> draft.pick("range(2)", "reversed(" + list + ")", "(i for i in " + list + ")");
            default -> draft.pick("\"x\"", "\"12\"");
        };
    }

    /** What all of these can do is to be in something. */
    private String held(String first, String second) {
        String chosen = chosen(some(first), some(second));
        String held = draft.fresh("h");
        draft.line(held + " = "
                + draft.pick(
                        "[" + chosen + "]",
                        "[1, " + chosen + "]",
                        "(" + chosen + ", 2)",
                        "{\"k\": " + chosen + "}",
                        "[[" + chosen + "]][0]",
                        "[" + chosen + "][:]",
                        "[v for v in [" + chosen + "]]"));
        return held;
    }

    /** Something of one of many kinds, most of which hold a list or take from it. */
    private String some(String list) {
        return switch (draft.below(14)) {
            case 0, 1, 2 -> list;
            case 3 -> "[" + list + "]";
            case 4 -> "(" + list + ", 1)";
            case 5 -> "iter(" + list + ")";
            case 6 -> "{\"k\": " + list + "}" + draft.pick("", ".items()", ".values()", ".keys()");
            case 7 -> draft.pick("enumerate", "reversed", "tuple", "list") + "(" + list + ")";
            case 8 -> "a";
            case 9 -> "\"x\"";
            case 10 -> "None";
            case 11 -> "ValueError(" + list + ")";
            case 12 -> "(lambda: " + list + ")";
            default -> "{1, a}";
        };
    }

    private void change(String first, String second) {
        String list = draft.pick(first, second);
        draft.line(
                switch (draft.below(4)) {
                    case 0, 1 -> list + ".append(\"z\")";
                    case 2 -> list + "[0] = \"z\"";
                    default -> list + ".append([" + draft.pick(first, second, "a") + "])";
                });
    }

    /** Asks for something, and goes on if there is no such thing. */
    private void look(String of) {
        draft.line("try:");
        draft.inside(() -> draft.line(asked(of)));
        draft.line("except "
                + draft.pick("TypeError", "Exception", "Exception", "Exception", "(TypeError, AttributeError)") + ":");
        draft.inside(() -> draft.line(draft.oneIn(2) ? "pass" : "a = " + draft.digit(4)));
    }

    private String asked(String of) {
        return switch (draft.below(26)) {
            case 0, 1 -> draft.pick("str", "repr", "len", "bool") + "(" + of + ")";
            case 2 -> of + " == " + draft.pick("[1, 2]", "[[1, 2]]", of);
            case 3, 4, 5 -> of + " < " + draft.pick("[1, 2]", "[[1, 2]]", "([1, 2],)", "[([1, 2], 1)]", "1");
            case 6, 7 -> draft.pick("sum", "sorted", "max") + "(" + of + ")";
            case 8 -> "a = " + of + " + 1";
            case 9, 10 -> "[v + 1 for v in " + of + "]";
            case 11 -> "1 " + draft.pick("in ", "not in ") + of;
            case 12 -> draft.pick("list", "tuple", "set", "iter") + "(" + of + ")";
            case 13, 14 -> "next(" + of + draft.pick("", ", 0") + ")";
            case 15 -> of + "[0]" + draft.pick("", " + 1", "[0]", " < [1, 2]");
            case 16 -> of + draft.pick(".append(1)", ".pop()", ".upper()", ".args", ".clear()");
            case 17 -> "p, q = " + of;
            case 18 -> "{" + of + draft.pick("", ": 1") + "}";
            case 19 -> "[*" + of + "]";
            case 20 -> "f\"{" + of + "}\"";
            case 21 -> of + "()";
            case 22 -> "for v in " + of + ": " + "a = v + 1";
            case 23 -> "str(list(" + of + "))";
            case 24 -> of + "[\"k\"]";
            default -> "[v[0] + 1 for v in " + of + "]";
        };
    }
}

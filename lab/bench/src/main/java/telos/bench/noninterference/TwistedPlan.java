package telos.bench.noninterference;

import java.util.List;

/**
 * A short plan around a value of a kind that a secret chose: it is held by lists and tuples and now and then by itself, what
 * it may be changes once it was chosen, and something is asked of it that only some of the kinds can do.
 */
final class TwistedPlan {
    private final Draft draft;
    private final Terms terms;

    private TwistedPlan(long seed) {
        this.draft = new Draft(seed);
        this.terms = new Terms(draft, List.of());
    }

    static String of(long seed) {
        return new TwistedPlan(seed).plan();
    }

    private String plan() {
        String secret = draft.pick("read_alice()", "read_bob()", "read_both()", "read_web()");
        for (String each : draft.numbers()) {
            draft.line(each + " = " + (draft.oneIn(2) ? secret : draft.digit(4)));
        }
        for (String each : draft.texts()) {
            draft.line(each + " = " + draft.quoted());
        }
        int twists = 1 + draft.below(2);
        for (int i = 0; i < twists; i++) {
            twist();
        }
        draft.line(draft.pick("send", "tell_alice", "act") + "(" + draft.digit(9) + ")");
        draft.line("send(" + draft.digit(9) + ")");
        return draft.toString();
    }

    private void twist() {
        String first = draft.fresh("la");
        String second = draft.fresh("lb");
        String chosen = draft.fresh("k");
        draft.line(first + " = " + start());
        draft.line(second + " = " + start());
        if (draft.oneIn(4)) {
            draft.line(first + ".append(" + draft.pick(first, second, "iter(" + first + ")") + " if " + terms.truth(0)
                    + " else " + terms.number(0) + ")");
            draft.line(chosen + " = " + draft.pick(first, "[" + first + "]"));
        } else if (draft.oneIn(4)) {
            draft.line(chosen + " = [" + some(first) + ", " + some(second) + "][int(" + terms.truth(0) + ")]");
        } else {
            draft.line(chosen + " = " + some(first) + " if " + terms.truth(0) + " else " + some(second));
        }
        String held = held(chosen);
        if (draft.oneIn(3)) {
            draft.line("if " + terms.truth(0) + ":");
            draft.inside(() -> change(first, second));
        } else {
            change(first, second);
        }
        look(draft.pick(chosen, held, first));
        if (draft.oneIn(2)) {
            look(draft.pick(chosen, held, second));
        }
    }

    private String start() {
        return draft.pick("[1]", "[1, 2]", "[" + draft.number() + "]", "[[1], 2]", "[" + draft.number() + ", [3]]");
    }

    /** Something of one of many kinds, most of which hold a list or take from it. */
    private String some(String list) {
        return switch (draft.below(18)) {
            case 0, 1, 2 -> list;
            case 3 -> "[" + list + "]";
            case 4 -> "(" + list + ", 1)";
            case 5 -> "(" + list + ",)";
            case 6 -> "iter(" + list + ")";
            case 7 -> draft.pick("zip", "map") + "(" + draft.pick(list + ", " + list, "str, " + list) + ")";
            case 8 -> "{\"k\": " + list + "}" + draft.pick("", ".items()", ".values()", ".keys()");
            case 9 -> draft.pick("enumerate", "reversed", "tuple", "list") + "(" + list + ")";
            case 10 -> "(i for i in " + list + ")";
            case 11, 12 -> terms.number(0);
            case 13 -> terms.text(0);
            case 14 -> "None";
            case 15 -> "ValueError(" + list + ")";
            case 16 -> "(lambda: " + list + ")";
            default -> "{1, " + draft.number() + "}";
        };
    }

    private String held(String chosen) {
        if (draft.oneIn(3)) {
            return chosen;
        }
        String held = draft.fresh("h");
        draft.line(held + " = "
                + draft.pick(
                        "[" + chosen + "]", "[1, " + chosen + "]", "(" + chosen + ", 2)", "{\"k\": " + chosen + "}"));
        return held;
    }

    private void change(String first, String second) {
        String list = draft.pick(first, second);
        draft.line(
                switch (draft.below(5)) {
                    case 0, 1 -> list + ".append(\"z\")";
                    case 2 -> list + "[0] = \"z\"";
                    case 3 -> list + ".append([" + draft.pick(first, second, draft.number()) + "])";
                    default -> list + ".pop()";
                });
    }

    /** Asks for something, and goes on if there is no such thing. */
    private void look(String of) {
        draft.line("try:");
        draft.inside(() -> draft.line(asked(of)));
        draft.line("except " + draft.pick("TypeError", "Exception", "(TypeError, AttributeError)") + ":");
        draft.inside(() -> draft.line(draft.oneIn(2) ? "pass" : draft.number() + " = " + draft.digit(4)));
    }

    private String asked(String of) {
        return switch (draft.below(26)) {
            case 0, 1 -> draft.pick("str", "repr", "len", "bool") + "(" + of + ")";
            case 2 -> of + " == " + draft.pick("[1, 2]", "[[1, 2]]", of);
            case 3, 4, 5 -> of + " < " + draft.pick("[1, 2]", "[[1, 2]]", "([1, 2],)", "[([1, 2], 1)]", "1");
            case 6, 7 -> draft.pick("sum", "sorted", "max") + "(" + of + ")";
            case 8 -> draft.number() + " = " + of + " + 1";
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
            case 22 -> "for v in " + of + ": " + draft.number() + " = v + 1";
            case 23 -> "str(list(" + of + "))";
            case 24 -> of + "[\"k\"]";
            default -> "[v[0] + 1 for v in " + of + "]";
        };
    }
}

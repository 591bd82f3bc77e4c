package telos.bench.noninterference;

import java.util.List;

/**
 * Random statements. Every loop ends: those over lists walk a copy, and those with a condition count.
 *
 * <p>This file is long because it has a case for each statement.
 */
final class Statements {
    private static final int DEEPEST = 3;
    private static final int MOST_LOOPS = 2;

    private final Draft draft;
    private final Terms terms;
    private final List<String> functions;
    private int left;
    private int depth;
    private int loops;
    private int breakable;
    private boolean inFunction;

    /** @param left how many statements there are to be, about */
    Statements(Draft draft, Terms terms, List<String> functions, int left) {
        this.draft = draft;
        this.terms = terms;
        this.functions = functions;
        this.left = left;
    }

    void all() {
        while (left > 0) {
            one();
        }
    }

    private void block() {
        depth++;
        draft.inside(() -> {
            int count = 1 + draft.below(2);
            for (int i = 0; i < count; i++) {
                one();
            }
        });
        depth--;
    }

    private void one() {
        left--;
        switch (draft.below(depth >= DEEPEST ? 24 : 40)) {
            case 0, 1 -> draft.line(draft.number() + " = " + terms.number(3));
            case 2 -> assign(draft.text(), terms.text(2));
            case 3 -> assign(draft.list(), terms.list(2));
            case 4 -> draft.line(draft.number() + " " + draft.pick("+=", "-=", "*=") + " " + terms.number(2));
            case 5 -> draft.line(draft.list() + ".append(" + terms.number(2) + ")");
            case 6 -> {
                String list = draft.list();
                draft.line((draft.risky() ? "" : "if " + list + ": ") + list + "["
                        + (draft.risky() ? terms.number(1) : "0") + "] = " + terms.number(2));
            }
            case 7 ->
                draft.line(draft.dict() + "[" + (draft.oneIn(2) ? "\"p\"" : terms.text(1)) + "] = " + terms.number(2));
            case 8 -> assign(draft.list(), draft.list());
            case 9 -> assign(draft.text(), terms.text(1) + " + " + terms.text(1));
            case 10, 11 -> draft.line("send(" + terms.any() + ")");
            case 12 -> draft.line("tell_alice(" + terms.any() + ")");
            case 13 -> draft.line("tell_bob(" + terms.any() + ")");
            case 14 -> draft.line(draft.oneIn(4) ? "ring()" : "act(" + terms.any() + ")");
            case 15, 16 -> mutation();
            case 17 -> draft.line("note." + draft.pick("k", "v") + " = " + terms.number(2));
            case 18 -> unpacking();
            case 19, 20 -> jump();
            case 21 ->
                draft.line("pay(" + draft.pick("\"alice\"", "\"bob\"", "\"carol\"", "name_alice()", "t") + ", "
                        + terms.number(1) + ")");
            case 22 -> draft.line("print(" + terms.text(1) + ", " + terms.number(1) + ")");
            case 23 ->
                assign("hook", draft.pick("lambda v: v + 1", "lambda v, k=" + terms.number(1) + ": v * k", "abs"));
            case 24, 25, 26, 27 -> branch();
            case 28, 29, 30, 31 -> forLoop();
            case 32 -> whileLoop();
            case 33, 34, 35 -> attempt();
            case 36 ->
                draft.line("assert "
                        + (draft.risky()
                                ? terms.truth(2)
                                : "len(" + terms.text(1) + " + \"x\") > 0, " + terms.text(1)));
            case 37 -> perhapsUnbound();
            case 38 -> generator();
            default -> mailLoop();
        }
    }

    /** A function assigns numbers only: its other names are those around it. */
    private void assign(String name, String value) {
        draft.line(inFunction ? draft.number() + " = " + terms.number(2) : name + " = " + value);
    }

    private void branch() {
        draft.line("if " + terms.truth(2) + ":");
        block();
        if (draft.oneIn(5)) {
            draft.line("elif " + terms.truth(1) + ":");
            block();
        }
        if (draft.oneIn(2)) {
            draft.line("else:");
            block();
        }
    }

    private void perhapsUnbound() {
        String name = draft.fresh("v");
        draft.line("if " + terms.truth(1) + ":");
        draft.inside(() -> draft.line(name + " = " + terms.number(1)));
        draft.line(draft.risky() ? draft.number() + " = " + name : "pass");
    }

    private void generator() {
        if (draft.oneIn(2)) {
            draft.line("g = (i + " + terms.number(1) + " for i in " + terms.source(1) + " if i != " + terms.number(1)
                    + ")");
        } else {
            draft.line("g = iter(" + terms.list(1) + ")");
        }
        if (draft.oneIn(2)) {
            draft.line("if " + terms.truth(1) + ":");
            draft.inside(() -> draft.line("next(g, 0)"));
        }
        draft.line(draft.number() + " = next(g, 0)");
    }

    private void unpacking() {
        switch (draft.below(4)) {
            case 0, 1 ->
                draft.line(draft.number() + ", " + draft.number() + " = " + terms.number(1) + ", " + terms.number(1));
            case 2 ->
                draft.line(draft.number() + ", *rest = "
                        + (draft.risky() ? terms.list(1) : "[" + terms.number(1) + ", *" + terms.list(1) + "]"));
            default ->
                draft.line("(" + draft.number() + ", k0), k1 = (" + terms.number(1) + ", 2), " + terms.number(1));
        }
    }

    private void mutation() {
        String list = draft.list();
        switch (draft.below(17)) {
            case 0 -> draft.line(list + ".extend(" + terms.list(1) + ")");
            case 1 -> draft.line((draft.risky() ? "" : "if " + list + ": ") + draft.number() + " = " + list + ".pop()");
            case 2 -> draft.line(list + ".insert(" + terms.number(1) + ", " + terms.number(1) + ")");
            case 3 -> draft.line("del " + list + (draft.risky() ? "[0]" : "[:1]"));
            case 4 -> draft.line(list + "[:1] = " + terms.list(1));
            case 5 -> draft.line(draft.dict() + ".update({" + terms.text(1) + ": " + terms.number(1) + "})");
            case 6 -> draft.line(draft.number() + " = " + draft.dict() + ".pop(\"p\", " + terms.number(1) + ")");
            case 7 -> draft.line(list + draft.pick(".sort()", ".reverse()", ".sort(key=lambda k: -k)", ".clear()"));
            case 8 ->
                draft.line("(" + draft.list() + " if " + terms.truth(1) + " else " + draft.list() + ").append("
                        + terms.number(1) + ")");
            case 9 -> draft.line(draft.number() + " = " + draft.dict() + ".setdefault(" + terms.text(1) + ", 2)");
            case 10 ->
                draft.line((draft.risky() ? "" : "if " + list + ": ") + list + ".remove("
                        + (draft.risky() ? terms.number(1) : list + "[0]") + ")");
            case 11 -> {
                draft.line("s = {" + terms.number(1) + ", " + terms.number(1) + "}");
                draft.line("s." + draft.pick("add", "discard") + "(" + terms.number(1) + ")");
                draft.line(draft.number() + " = len(s)");
            }
            case 12 -> {
                String dict = draft.dict();
                draft.line((draft.risky() ? "" : "if \"q\" in " + dict + ": ") + "del " + dict + "[\"q\"]");
            }
            case 13 -> {
                if (inFunction) {
                    draft.line("pass");
                } else {
                    draft.line(list + " += [" + terms.number(1) + "]");
                }
            }
            case 14, 15 -> mailChange();
            default -> {
                draft.line("ls = [" + draft.list() + ", " + draft.list() + "]");
                draft.line("ls[" + (draft.risky() ? terms.number(1) : "int(" + terms.truth(1) + ")") + "].append("
                        + terms.number(1) + ")");
            }
        }
    }

    private void mailChange() {
        if (!draft.hasMail()) {
            draft.line("pass");
            return;
        }
        switch (draft.below(4)) {
            case 0 -> draft.line("if len(ms) > 1: ms[0], ms[-1] = ms[-1], ms[0]");
            case 1 ->
                draft.line("if len(ms) < 5: ms.append({\"sender\": \"bob\", \"subject\": " + terms.text(1)
                        + ", \"body\": " + terms.text(1) + ", \"size\": " + terms.number(1) + "})");
            default ->
                draft.line("if " + (draft.oneIn(2) ? "ms" : "len(ms) > " + terms.number(1)) + ": "
                        + draft.pick(
                                "ms.pop()",
                                "ms.pop(0)",
                                "ms.reverse()",
                                "ms[0][\"size\"] = " + terms.number(1),
                                "ms[0][\"subject\"] = " + terms.text(1)));
        }
    }

    private void jump() {
        if (breakable > 0 && draft.oneIn(2)) {
            draft.line(draft.pick("break", "continue"));
        } else if (inFunction) {
            draft.line("return " + terms.number(2));
        } else if (depth > 0 && draft.oneIn(3)) {
            draft.line(
                    "raise " + draft.pick("ValueError(1)", "KeyError(\"k\")", "IndexError(" + terms.number(1) + ")"));
        } else {
            draft.line("pass");
        }
    }

    private void loop(Runnable body) {
        loops++;
        breakable++;
        body.run();
        breakable--;
        loops--;
        if (draft.oneIn(4)) {
            draft.line("else:");
            block();
        }
    }

    private void forLoop() {
        if (loops >= MOST_LOOPS) {
            draft.line(draft.number() + " = " + terms.number(2));
            return;
        }
        if (draft.oneIn(6)) {
            draft.line("for key, " + draft.number() + " in list(" + terms.dict(1) + ".items()):");
        } else if (draft.oneIn(3)) {
            draft.line("for " + draft.pick("i", draft.number()) + " in range("
                    + (draft.oneIn(2) ? "3" : terms.number(1)) + "):");
        } else {
            draft.line("for " + draft.pick("i", draft.number()) + " in list(" + terms.list(1)
                    + (draft.oneIn(2) ? "[:3]" : "") + "):");
        }
        loop(this::block);
    }

    private void mailLoop() {
        if (loops >= MOST_LOOPS) {
            draft.line("pass");
            return;
        }
        draft.line("for mail in " + (draft.hasMail() ? draft.pick("letters()", "files()", "ms", "list(ms)") : "mails()")
                + ":");
        loop(() -> {
            draft.inside(() -> draft.line(
                    switch (draft.below(8)) {
                        case 0 -> "tell_alice(mail[\"subject\"])";
                        case 1 -> "pay(mail[\"sender\"], mail[\"size\"])";
                        case 2 -> "send(mail[\"body\"])";
                        case 3 -> draft.number() + " = mail[\"size\"]";
                        case 4 ->
                            draft.text() + " = mail"
                                    + draft.pick("[\"subject\"]", ".get(\"body\", \"x\")", "[\"sender\"]");
                        case 5 -> "tell_bob(mail.get(\"body\"))";
                        case 6 -> "if mail[\"size\"] > 1: " + draft.list() + ".append(mail[\"size\"])";
                        default -> "act(mail[\"sender\"])";
                    }));
            block();
        });
    }

    private void whileLoop() {
        if (loops >= MOST_LOOPS) {
            draft.line("pass");
            return;
        }
        String count = draft.fresh("w");
        draft.line(count + " = 0");
        draft.line("while " + count + " < " + (draft.oneIn(2) ? "3" : terms.number(1)) + " and " + count + " < 4:");
        draft.inside(() -> draft.line(count + " += 1"));
        loop(this::block);
    }

    private void attempt() {
        draft.line("try:");
        block();
        boolean bare = draft.oneIn(6);
        if (!bare) {
            draft.line(draft.pick(
                    "except Exception:",
                    "except Exception as x:",
                    "except (ValueError, ZeroDivisionError) as x:",
                    "except IndexError:",
                    "except LookupError as x:"));
            block();
            if (draft.oneIn(8)) {
                draft.inside(() -> draft.line("raise"));
            }
            if (draft.oneIn(3)) {
                draft.line("else:");
                block();
            }
        }
        if (bare || draft.oneIn(4)) {
            draft.line("finally:");
            int before = breakable;
            breakable = 0;
            draft.inside(() -> draft.line(
                    draft.oneIn(2) ? draft.number() + " = " + terms.number(1) : "send(" + terms.any() + ")"));
            breakable = before;
        }
    }

    /** A function of one number or two, which may change the lists and dictionaries around it. */
    void function(String name) {
        draft.line("def " + name + "(v, k=" + terms.number(1) + "):");
        inFunction = true;
        draft.inside(() -> {
            for (String each : draft.numbers()) {
                draft.line(each + " = v + " + draft.below(3));
            }
        });
        int outer = breakable;
        breakable = 0;
        block();
        breakable = outer;
        draft.inside(() -> draft.line("return v + k"));
        inFunction = false;
        functions.add(name);
    }
}

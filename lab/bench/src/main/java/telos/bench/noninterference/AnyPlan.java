package telos.bench.noninterference;

import java.util.ArrayList;
import java.util.List;

/** A plan over every construct of the language, as often harmful as chance has it. */
final class AnyPlan {
    private static final int MOST_STATEMENTS = 14;
    private static final String[] NUMBERS = {
        "read_alice()", "read_bob()", "read_both()", "read_web()", "read_open()", "lookup(1)"
    };
    private static final String[] LISTS = {
        "list_alice()", "cells_alice()", "cells_web()", "list_bob()", "list_both()", "list_open()", "list_web()"
    };
    private static final String[] TEXTS = {"word_alice()", "word_bob()", "word_web()", "word_open()"};

    private AnyPlan() {}

    static String of(long seed) {
        Draft draft = new Draft(seed);
        List<String> functions = new ArrayList<>();
        Terms terms = new Terms(draft, functions);
        Statements statements = new Statements(draft, terms, functions, 4 + draft.below(MOST_STATEMENTS));
        draft.line("import re");
        draft.line("class Color(Enum):");
        draft.line("    RED = 1");
        draft.line("    BLUE = 2");
        draft.line("class Note(BaseModel):");
        draft.line("    k: int");
        draft.line("    v: int = 3");
        for (String each : draft.numbers()) {
            draft.line(each + " = " + (draft.oneIn(3) ? draft.pick(NUMBERS) : draft.digit(4)));
        }
        for (String each : draft.texts()) {
            draft.line(each + " = " + (draft.oneIn(4) ? draft.pick(TEXTS) : draft.quoted()));
        }
        for (String each : draft.lists()) {
            draft.line(each + " = "
                    + (draft.oneIn(3) ? draft.pick(LISTS) : "[" + draft.digit(4) + ", " + draft.digit(4) + "]"));
        }
        draft.line("d = {\"p\": " + terms.number(0) + ", \"q\": " + terms.number(0) + "}");
        draft.line("e = " + (draft.oneIn(3) ? draft.pick("dict_alice()", "keys_alice()") : "{\"p\": 1, \"q\": 2}"));
        if (draft.oneIn(4)) {
            draft.line("ms = " + draft.pick("mails()", "letters()", "files()"));
            draft.giveMail();
        }
        draft.line("note = Note(k=" + terms.number(0) + ")");
        draft.line("hook = lambda v: v + " + draft.number());
        if (draft.oneIn(2)) {
            statements.function("f");
        }
        statements.all();
        // Whether a run comes to its end shows as well.
        draft.line("send(" + draft.digit(9) + ")");
        return draft.toString();
    }
}

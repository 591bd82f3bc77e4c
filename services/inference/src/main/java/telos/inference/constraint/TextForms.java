package telos.inference.constraint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The forms of the texts that facts describe; each automaton is made once for a schema. */
final class TextForms {
    private static final int MOST_AUTOMATON_STATES = 60_000;
    /** Numbers in tables: what a schema may take of memory. */
    private static final long MOST_CELLS = 3_000_000;

    private record Key(List<String> expressions, CodePoints without) {}

    private final Map<Key, TextDfa> automata = new HashMap<>();
    private int states;
    private long cells;

    /** The form of the texts; null when there is none. */
    @Nullable
    TextForm of(Facts facts, TextForm.Spelling spelling) throws Refusal {
        return of(facts, List.of(), spelling);
    }

    /** The form of the texts that also meet other expressions; null when there is none. */
    @Nullable
    TextForm of(Facts facts, List<Facts.Expression> others, TextForm.Spelling spelling) throws Refusal {
        List<Facts.Expression> all = new ArrayList<>(facts.expressions);
        for (Facts.Expression format : facts.formats) {
            all.add(Expressions.format(format));
        }
        for (JsonNode value : facts.excluded) {
            if (value.isString()) {
                all.add(new Facts.Expression("^" + literal(value.stringValue()) + "$", true, facts.where));
            }
        }
        all.addAll(others);
        CodePoints without = spelling == TextForm.Spelling.PLAIN_STRING ? TextForm.ESCAPED : CodePoints.NONE;
        try {
            TextForm form = TextForm.of(automaton(all, without), facts.minLength, facts.maxLength, spelling);
            cells += form == null ? 0 : form.cells();
            if (cells > MOST_CELLS) {
                throw new Refusal(
                        "minLength",
                        facts.where,
                        "the texts of this schema are too large together: ask for shorter ones");
            }
            return form;
        } catch (RegexParser.Unreadable e) {
            throw new Refusal("minLength", facts.where, e.why());
        }
    }

    private TextDfa automaton(List<Facts.Expression> expressions, CodePoints without) throws Refusal {
        if (expressions.isEmpty() && without.isEmpty()) {
            return TextDfa.ANYTHING;
        }
        Key key = new Key(
                expressions.stream().map(each -> each.negative() + each.text()).toList(), without);
        TextDfa known = automata.get(key);
        if (known == null) {
            known = Expressions.automaton(expressions, without, true);
            states += known.states();
            cells += known.cells();
            if (states > MOST_AUTOMATON_STATES || cells > MOST_CELLS) {
                throw new Refusal(
                        "pattern",
                        expressions.getLast().where(),
                        "the expressions of this schema are too large together: use simpler or fewer ones");
            }
            automata.put(key, known);
        }
        return known;
    }

    /** An expression that matches a text alone. */
    private static String literal(String text) {
        StringBuilder expression = new StringBuilder();
        text.codePoints()
                .forEach(c ->
                        expression.append("\\u{").append(Integer.toHexString(c)).append('}'));
        return expression.toString();
    }
}

package telos.inference.constraint;

import java.util.ArrayList;
import java.util.List;

/** Makes automata of the expressions in schemas, and names the keyword when one cannot be made. */
final class Expressions {
    private Expressions() {}

    /**
     * The automaton of the texts that match all, or do not match where an expression is denied.
     *
     * @param careful whether characters are left out that expression languages read differently
     */
    static TextDfa automaton(List<Facts.Expression> expressions, CodePoints without, boolean careful) throws Refusal {
        List<Regex.Signed> signed = new ArrayList<>();
        CodePoints none = without;
        for (Facts.Expression expression : expressions) {
            RegexParser.Parsed parsed = parse(expression);
            signed.add(new Regex.Signed(parsed.regex(), expression.negative()));
            none = careful ? none.or(parsed.disputed()) : none;
        }
        try {
            return TextDfa.of(signed, false, none);
        } catch (RegexParser.Unreadable e) {
            throw new Refusal("pattern", expressions.getLast().where(), e.why());
        }
    }

    /** The expression of a format. */
    static Facts.Expression format(Facts.Expression format) throws Refusal {
        String expression = Formats.find(format.text());
        if (expression == null) {
            throw new Refusal(
                    "format",
                    format.where(),
                    "\"" + format.text() + "\" cannot be enforced; known are " + Formats.known()
                            + "; or describe the text by a pattern");
        }
        return new Facts.Expression(expression, false, format.where());
    }

    /** Whether a pattern finds something in a name. */
    static boolean matches(Facts.PatternProperty property, String name) throws Refusal {
        return automaton(
                        List.of(new Facts.Expression(property.pattern(), false, property.where())),
                        CodePoints.NONE,
                        false)
                .matches(name);
    }

    private static RegexParser.Parsed parse(Facts.Expression expression) throws Refusal {
        try {
            return RegexParser.parse(expression.text());
        } catch (RegexParser.Unreadable e) {
            throw new Refusal("pattern", expression.where(), e.why());
        }
    }
}

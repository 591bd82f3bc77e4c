package telos.inference.template;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import telos.inference.tokenizer.Piece;

/**
 * A parsed chat template. Immutable; any number of threads may render it.
 *
 * <p>The values are Java's maps, lists, strings, numbers, booleans and null. A string is untrusted, and so is whatever a
 * filter makes of it. A value that the runtime itself answers for, such as {@code bos_token} or a message's role, is
 * given as a trusted {@link Piece} instead; some templates build control tokens out of these.
 */
public final class ChatTemplate {
    private static final int LONGEST_SOURCE = 1 << 20;

    private final List<Statement> statements;

    private ChatTemplate(List<Statement> statements) {
        this.statements = statements;
    }

    /**
     * Parses a template.
     *
     * @throws TemplateException when it is no template that Telos understands
     */
    public static ChatTemplate parse(String jinja) {
        if (jinja.length() > LONGEST_SOURCE) {
            throw TemplateException.at(1, "the template is longer than " + LONGEST_SOURCE + " characters");
        }
        try {
            return new ChatTemplate(TemplateParser.parse(jinja));
        } catch (StackOverflowError e) {
            throw tooDeep();
        }
    }

    /**
     * The prompt, whole.
     *
     * @param values the names that the template sees: {@code messages}, {@code tools}, {@code add_generation_prompt},
     *     {@code bos_token}, {@code eos_token} and what else the caller has
     * @param now what {@code strftime_now} shows
     * @return pieces that are not empty, neighbours differing in trust
     * @throws TemplateException when the template refuses the conversation, is at fault, or goes beyond its bounds
     */
    public List<Piece> render(Map<String, ?> values, LocalDateTime now) {
        return render(values, now, Run.Limits.USUAL);
    }

    List<Piece> render(Map<String, ?> values, LocalDateTime now, Run.Limits limits) {
        Scope builtins = new Scope(null);
        Builtins.define(builtins);
        Scope scope = new Scope(builtins);
        values.forEach((name, value) -> scope.set(name, JavaValue.of(value)));
        try {
            return Interpreter.render(statements, scope, new Run(limits, now)).pieces();
        } catch (StackOverflowError e) {
            throw tooDeep();
        }
    }

    /** The last guard on small stacks; nothing but this rendering is lost. */
    private static TemplateException tooDeep() {
        return TemplateException.at(1, "the template nests too deeply for the stack of this thread");
    }
}

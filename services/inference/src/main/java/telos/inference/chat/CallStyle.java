package telos.inference.chat;

import java.util.Optional;
import java.util.OptionalInt;
import telos.inference.constraint.ToolCallConstraint.Form;
import telos.inference.tokenizer.Tokenizer;

/**
 * How a family of models writes tool calls into a turn: a mark, then one call or several. A mark may be a control token
 * of the vocabulary or text.
 *
 * @param mark what opens a call after text; empty where a call is a turn of its own
 * @param opens the control token that the mark is, if it is one
 * @param closes the control token that closes a call, if there is one
 * @param first a call right after the mark
 * @param further a call after another; empty where a turn has one call
 * @param last what closes the last of all calls, one character or none
 * @param identityLength how long the family wants the identity of a call
 */
record CallStyle(
        String mark,
        OptionalInt opens,
        OptionalInt closes,
        Form first,
        Optional<Form> further,
        String last,
        int identityLength) {
    /** The style that a chat template speaks of; of several the first, and that of Hermes where it speaks of none. */
    static CallStyle of(String template, Tokenizer tokenizer) {
        if (template.contains(HERMES)) {
            return hermes(tokenizer);
        }
        if (template.contains(MISTRAL)) {
            return mistral(template, tokenizer);
        }
        return template.contains(LLAMA) ? llama(tokenizer) : hermes(tokenizer);
    }

    private static final String HERMES = "<tool_call>";
    private static final String HERMES_END = "</tool_call>";
    private static final String MISTRAL = "[TOOL_CALLS]";
    private static final String LLAMA = "<|python_tag|>";

    /** Hermes and Qwen: each call between tags, on lines of its own. */
    private static CallStyle hermes(Tokenizer tokenizer) {
        OptionalInt opens = control(HERMES, tokenizer);
        OptionalInt closes = control(HERMES_END, tokenizer);
        String close = "\n" + (closes.isPresent() ? "" : HERMES_END);
        String between = opens.isPresent() ? "\n" : "\n" + HERMES + "\n";
        return new CallStyle(
                HERMES,
                opens,
                closes,
                form("\n", "arguments", close),
                Optional.of(form(between, "arguments", close)),
                "",
                24);
    }

    /** Mistral: one list of all calls. Its template takes identities of nine characters only. */
    private static CallStyle mistral(String template, Tokenizer tokenizer) {
        String list = template.contains(MISTRAL + " [") ? " [" : "[";
        return new CallStyle(
                MISTRAL,
                control(MISTRAL, tokenizer),
                OptionalInt.empty(),
                form(list, "arguments", ""),
                Optional.of(form(", ", "arguments", "")),
                "]",
                9);
    }

    /** Llama 3.1 and 3.2: the turn is one object, which a control token may announce. */
    private static CallStyle llama(Tokenizer tokenizer) {
        return new CallStyle(
                "",
                control(LLAMA, tokenizer),
                OptionalInt.empty(),
                form("", "parameters", ""),
                Optional.empty(),
                "",
                24);
    }

    private static Form form(String before, String arguments, String after) {
        Form spaced = Form.spaced(arguments);
        return new Form(before + spaced.open(), spaced.middle(), spaced.close() + after, spaced.options());
    }

    private static OptionalInt control(String name, Tokenizer tokenizer) {
        OptionalInt token = tokenizer.token(name);
        return token.isPresent() && tokenizer.isControl(token.getAsInt()) ? token : OptionalInt.empty();
    }

    /** The first call of a turn that starts with one, where the mark is text. */
    Form atStart() {
        return new Form(mark + first.open(), first.middle(), first.close(), first.options());
    }
}

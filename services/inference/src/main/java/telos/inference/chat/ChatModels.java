package telos.inference.chat;

import java.time.Clock;
import java.util.Optional;
import telos.inference.constraint.TokenTrie;
import telos.inference.engine.Engine;
import telos.inference.gguf.GgufException;
import telos.inference.gguf.GgufFile;
import telos.inference.template.ChatTemplate;
import telos.inference.template.TemplateException;
import telos.inference.tokenizer.Tokenizer;

/** Finds out how a model wants to be spoken to. */
public final class ChatModels {
    private static final String PLAIN =
            "{% for message in messages %}{{ message.role + ': ' + message.content + '\\n' }}"
                    + "{% endfor %}assistant:";

    private ChatModels() {}

    /**
     * The model of a file, to be talked to through an engine that runs it.
     *
     * @param context the longest sequence in tokens
     * @param clock for templates that write the date
     * @throws GgufException if the file's chat template cannot be read
     */
    public static ChatModel of(GgufFile file, Tokenizer tokenizer, Engine engine, int context, Clock clock)
            throws GgufException {
        CallForms forms = new CallForms(TokenTrie.of(tokenizer));
        boolean operator = file.metadata()
                .string("telos.protocol")
                .filter("operator"::equals)
                .isPresent();
        Optional<OperatorTokens> tokens = OperatorTokens.of(tokenizer);
        if (operator && tokens.isPresent()) {
            return new ChatModel(
                    engine, new OperatorDialect(tokenizer, tokens.get(), forms), tokenizer, forms, context);
        }
        String template = file.metadata().string("tokenizer.chat_template").orElse(PLAIN);
        try {
            TemplateTurns turns = new TemplateTurns(tokenizer, CallStyle.of(template, tokenizer), forms);
            return new ChatModel(
                    engine,
                    new TemplateDialect(tokenizer, ChatTemplate.parse(template), turns, clock),
                    tokenizer,
                    forms,
                    context);
        } catch (TemplateException e) {
            throw new GgufException(file.path() + ": its chat template cannot be read: " + e.getMessage());
        }
    }
}

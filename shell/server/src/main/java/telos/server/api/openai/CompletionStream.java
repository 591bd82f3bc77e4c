package telos.server.api.openai;

import java.io.IOException;
import java.util.List;
import telos.inference.chat.ChatListener;
import telos.inference.chat.ChatOutcome;
import telos.inference.chat.TokenProbability;
import telos.server.api.http.ApiException;
import telos.server.api.http.Exchange;

/** A text completion as a stream of chunks. */
final class CompletionStream {
    private final LazyStream stream;
    private final CompletionAnswers answers;
    private final boolean usage;

    /** @param usage whether the client wants a last chunk that tells it */
    CompletionStream(Exchange exchange, CompletionAnswers answers, boolean usage) {
        this.stream = new LazyStream(exchange, "prompt");
        this.answers = answers;
        this.usage = usage;
    }

    /** Hears one choice. */
    ChatListener choice(int index) {
        return new ChatListener() {
            private int offset;

            @Override
            public void text(String delta, List<TokenProbability> tokens) throws IOException {
                stream.data(answers.chunk(index, delta, tokens, offset, null));
                for (TokenProbability token : tokens) {
                    offset += token.text().length();
                }
            }

            @Override
            public void waiting() throws IOException {
                stream.keepAlive();
            }
        };
    }

    void end(List<ChatOutcome> outcomes) throws ApiException, IOException {
        stream.end(outcomes, completed -> {
            for (int i = 0; i < completed.size(); i++) {
                String finish = ChatAnswers.finish(completed.get(i).finish());
                stream.data(answers.chunk(i, "", List.of(), 0, finish));
            }
            if (usage) {
                stream.data(answers.last(completed));
            }
        });
    }
}

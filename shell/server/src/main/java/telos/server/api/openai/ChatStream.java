package telos.server.api.openai;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import telos.inference.chat.ChatListener;
import telos.inference.chat.ChatOutcome;
import telos.inference.chat.TokenProbability;
import telos.kernel.ToolCall;
import telos.server.api.http.ApiException;
import telos.server.api.http.Exchange;
import telos.server.api.http.Json;
import tools.jackson.databind.node.ObjectNode;

/** An answer as a stream of chunks. */
final class ChatStream {
    private final LazyStream stream;
    private final ChatAnswers answers;
    private final boolean usage;

    /** @param usage whether the client wants a last chunk that tells it */
    ChatStream(Exchange exchange, ChatAnswers answers, boolean usage) {
        this.stream = new LazyStream(exchange, "messages");
        this.answers = answers;
        this.usage = usage;
    }

    /** Hears one choice. */
    ChoiceStream choice(int index) {
        return new ChoiceStream(index);
    }

    void end(List<ChoiceStream> choices, List<ChatOutcome> outcomes) throws ApiException, IOException {
        stream.end(outcomes, completed -> {
            for (int i = 0; i < choices.size(); i++) {
                choices.get(i).end(completed.get(i));
            }
            if (usage) {
                stream.data(answers.usage(completed));
            }
        });
    }

    /** One of the choices. */
    final class ChoiceStream implements ChatListener {
        private final int index;
        private final List<String> callIds = new ArrayList<>();
        private boolean begun;

        private ChoiceStream(int index) {
            this.index = index;
        }

        @Override
        public void text(String delta, List<TokenProbability> tokens) throws IOException {
            chunk(Json.object().put("content", delta), tokens, null);
        }

        @Override
        public void call(int number, String id, String name, String arguments) throws IOException {
            ObjectNode piece = Json.object().put("index", number);
            if (number >= callIds.size()) {
                callIds.add(id);
                ChatAnswers.named(piece, id, name, arguments);
            } else {
                piece.putObject("function").put("arguments", arguments);
            }
            ObjectNode delta = Json.object();
            delta.putArray("tool_calls").add(piece);
            chunk(delta, List.of(), null);
        }

        @Override
        public void waiting() throws IOException {
            stream.keepAlive();
        }

        /** Calls that were not heard as they were made are told now. */
        private void end(ChatOutcome.Completed completed) throws IOException {
            List<ToolCall> calls = completed.message().calls();
            for (int i = callIds.size(); i < calls.size(); i++) {
                call(i, calls.get(i).id(), calls.get(i).name(), calls.get(i).arguments());
            }
            chunk(Json.object(), List.of(), ChatAnswers.finish(completed.finish()));
        }

        private void chunk(ObjectNode delta, List<TokenProbability> tokens, @Nullable String finish)
                throws IOException {
            if (!begun) {
                begun = true;
                send(Json.object().put("role", "assistant").put("content", ""), List.of(), null);
            }
            send(delta, tokens, finish);
        }

        private void send(ObjectNode delta, List<TokenProbability> tokens, @Nullable String finish) throws IOException {
            ObjectNode chunk = answers.chunk(index, delta, tokens, finish);
            if (usage) {
                chunk.putNull("usage");
            }
            stream.data(chunk);
        }
    }
}

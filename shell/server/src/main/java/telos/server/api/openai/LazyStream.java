package telos.server.api.openai;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import telos.inference.chat.ChatOutcome;
import telos.server.api.http.ApiException;
import telos.server.api.http.EventStream;
import telos.server.api.http.Exchange;
import telos.server.api.turns.ModelErrors;
import tools.jackson.databind.JsonNode;

/**
 * A stream of chunks, ended by {@code [DONE]}. It is opened by the first of them, so that a refusal before keeps its
 * status; one after is a chunk of its own.
 */
final class LazyStream {
    private final Exchange exchange;
    private final String input;
    private @Nullable EventStream stream;

    /** @param input the member that holds what the model is given */
    LazyStream(Exchange exchange, String input) {
        this.exchange = exchange;
        this.input = input;
    }

    void data(JsonNode chunk) throws IOException {
        open().data(chunk);
    }

    void keepAlive() throws IOException {
        open().keepAlive();
    }

    /** Writes what is left to say of generations that went well. */
    @FunctionalInterface
    interface Last {
        void write(List<ChatOutcome.Completed> completed) throws IOException;
    }

    void end(List<ChatOutcome> outcomes, Last last) throws ApiException, IOException {
        try {
            last.write(ModelErrors.completed(outcomes, input));
        } catch (ApiException e) {
            if (stream == null) {
                throw e;
            }
            data(exchange.broken(e));
        }
        open().last("[DONE]");
    }

    private EventStream open() {
        EventStream open = stream;
        if (open == null) {
            open = exchange.events();
            stream = open;
        }
        return open;
    }
}

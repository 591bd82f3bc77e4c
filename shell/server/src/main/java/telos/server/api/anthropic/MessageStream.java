package telos.server.api.anthropic;

import java.io.IOException;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import telos.inference.chat.ChatListener;
import telos.inference.chat.ChatOutcome;
import telos.inference.chat.TokenProbability;
import telos.kernel.ToolCall;
import telos.server.api.http.ApiException;
import telos.server.api.http.EventStream;
import telos.server.api.http.Exchange;
import telos.server.api.http.Json;
import telos.server.api.turns.ModelErrors;
import tools.jackson.databind.node.ObjectNode;

/**
 * A message as named events: content blocks one after the other, each started, added to and stopped. The stream is
 * opened by the first of them, so that a refusal before keeps its status.
 */
final class MessageStream implements ChatListener {
    private static final int NO_CALL = -1;

    private final Exchange exchange;
    private final MessageAnswers answers;
    private final IntSupplier promptTokens;
    private @Nullable EventStream stream;
    private int blocks;
    private boolean open;
    /** The call whose block is open, or was last. */
    private int call = NO_CALL;

    MessageStream(Exchange exchange, MessageAnswers answers, IntSupplier promptTokens) {
        this.exchange = exchange;
        this.answers = answers;
        this.promptTokens = promptTokens;
    }

    @Override
    public void text(String delta, List<TokenProbability> tokens) throws IOException {
        if (!open || call != NO_CALL) {
            start(MessageAnswers.text(""));
        }
        delta(Json.object().put("type", "text_delta").put("text", delta));
    }

    @Override
    public void call(int index, String id, String name, String arguments) throws IOException {
        if (index > call) {
            start(MessageAnswers.use(id, name, Json.object()));
            call = index;
        }
        if (!arguments.isEmpty()) {
            delta(Json.object().put("type", "input_json_delta").put("partial_json", arguments));
        }
    }

    @Override
    public void waiting() throws IOException {
        ping();
    }

    void end(ChatOutcome outcome) throws ApiException, IOException {
        try {
            finish(ModelErrors.completed(outcome, "messages"));
        } catch (ApiException e) {
            if (stream == null) {
                throw e;
            }
            stream().event("error", exchange.broken(e));
        }
        stream().close();
    }

    /** Calls that were not heard as they were made are told now. */
    private void finish(ChatOutcome.Completed completed) throws IOException {
        List<ToolCall> calls = completed.message().calls();
        for (int i = call + 1; i < calls.size(); i++) {
            call(i, calls.get(i).id(), calls.get(i).name(), calls.get(i).arguments());
        }
        stopBlock();
        ObjectNode event = event("message_delta");
        MessageAnswers.stop(event.putObject("delta"), completed);
        event.set("usage", MessageAnswers.usage(completed.usage()));
        send(event);
        send(event("message_stop"));
    }

    private void start(ObjectNode block) throws IOException {
        stopBlock();
        ObjectNode event = event("content_block_start");
        event.put("index", blocks++);
        event.set("content_block", block);
        open = true;
        send(event);
        if (blocks == 1) {
            ping();
        }
    }

    private void delta(ObjectNode delta) throws IOException {
        ObjectNode event = event("content_block_delta");
        event.put("index", blocks - 1);
        event.set("delta", delta);
        send(event);
    }

    private void stopBlock() throws IOException {
        if (open) {
            open = false;
            send(event("content_block_stop").put("index", blocks - 1));
        }
    }

    private void ping() throws IOException {
        send(event("ping"));
    }

    private void send(ObjectNode event) throws IOException {
        stream().event(event.path("type").stringValue(), event);
    }

    private EventStream stream() throws IOException {
        EventStream opened = stream;
        if (opened == null) {
            opened = exchange.events();
            stream = opened;
            ObjectNode start = event("message_start");
            start.set("message", answers.begun(promptTokens.getAsInt()));
            send(start);
        }
        return opened;
    }

    private static ObjectNode event(String type) {
        return Json.object().put("type", type);
    }
}

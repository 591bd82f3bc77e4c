package telos.server.api.responses;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import telos.inference.chat.ChatListener;
import telos.inference.chat.ChatOutcome;
import telos.inference.chat.TokenProbability;
import telos.kernel.ToolCall;
import telos.server.api.http.Json;
import telos.server.api.openai.Logprobs;
import telos.server.api.turns.Ids;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the items of a response as the turn is heard, and tells of each piece by an event. Whether anybody listens to
 * the events makes no difference to the items.
 */
final class ResponseTurn implements ChatListener {
    /** Hears the events, which have no number yet. */
    interface Events {
        void event(String type, ObjectNode event) throws IOException;

        void keepAlive() throws IOException;
    }

    static final Events UNHEARD = new Events() {
        @Override
        public void event(String type, ObjectNode event) {}

        @Override
        public void keepAlive() {}
    };

    private final Events events;
    private final List<ObjectNode> output = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder arguments = new StringBuilder();
    private final ArrayNode logprobs = Json.array();
    private @Nullable ObjectNode open;
    private int calls;

    ResponseTurn(Events events) {
        this.events = events;
    }

    @Override
    public void text(String delta, List<TokenProbability> tokens) throws IOException {
        ObjectNode item = open;
        if (item == null || !isMessage(item)) {
            item = startMessage();
        }
        text.append(delta);
        ArrayNode heard = Logprobs.tokens(tokens);
        logprobs.addAll(heard);
        ObjectNode event = inPart(item).put("delta", delta);
        event.set("logprobs", heard);
        events.event("response.output_text.delta", event);
    }

    @Override
    public void call(int index, String id, String name, String delta) throws IOException {
        ObjectNode item = open;
        if (item == null || index >= calls) {
            item = startCall(id, name);
        }
        if (!delta.isEmpty()) {
            arguments.append(delta);
            events.event("response.function_call_arguments.delta", inItem(item).put("delta", delta));
        }
    }

    @Override
    public void waiting() throws IOException {
        events.keepAlive();
    }

    /** The items of a turn that ended; what was not heard as it was made is told now. */
    List<ObjectNode> end(ChatOutcome.Completed completed) throws IOException {
        String status = completed.finish() == ChatOutcome.Finish.LENGTH ? "incomplete" : "completed";
        List<ToolCall> made = completed.message().calls();
        if (output.isEmpty()
                && open == null
                && (made.isEmpty() || !completed.message().text().isEmpty())) {
            text(completed.message().text(), completed.tokens());
        }
        for (int i = calls; i < made.size(); i++) {
            call(i, made.get(i).id(), made.get(i).name(), made.get(i).arguments());
        }
        close(status);
        return List.copyOf(output);
    }

    private ObjectNode startMessage() throws IOException {
        close("completed");
        ObjectNode item = InputItems.message("assistant", "");
        item.put("status", "in_progress");
        item.putArray("content");
        added(item);
        ObjectNode event = inPart(item);
        event.set("part", part("", Json.array()));
        events.event("response.content_part.added", event);
        return item;
    }

    private ObjectNode startCall(String id, String name) throws IOException {
        close("completed");
        calls++;
        ObjectNode item = Json.object();
        item.put("id", Ids.random("fc_"));
        item.put("type", "function_call");
        item.put("call_id", id);
        item.put("name", name);
        item.put("arguments", "");
        item.put("status", "in_progress");
        added(item);
        return item;
    }

    private void added(ObjectNode item) throws IOException {
        open = item;
        text.setLength(0);
        arguments.setLength(0);
        logprobs.removeAll();
        ObjectNode event = Json.object().put("output_index", output.size());
        event.set("item", item.deepCopy());
        events.event("response.output_item.added", event);
    }

    private void close(String status) throws IOException {
        ObjectNode item = open;
        if (item == null) {
            return;
        }
        open = null;
        if (isMessage(item)) {
            ObjectNode done = inPart(item).put("text", text.toString());
            done.set("logprobs", logprobs.deepCopy());
            events.event("response.output_text.done", done);
            ObjectNode part = part(text.toString(), logprobs.deepCopy());
            ObjectNode event = inPart(item);
            event.set("part", part);
            events.event("response.content_part.done", event);
            item.putArray("content").add(part);
        } else {
            item.put("arguments", arguments.toString());
            ObjectNode done = inItem(item);
            done.put("name", item.path("name").stringValue());
            done.put("arguments", arguments.toString());
            events.event("response.function_call_arguments.done", done);
        }
        item.put("status", status);
        ObjectNode event = Json.object().put("output_index", output.size());
        event.set("item", item);
        output.add(item);
        events.event("response.output_item.done", event);
    }

    private static boolean isMessage(ObjectNode item) {
        return item.path("type").stringValue("").equals("message");
    }

    private ObjectNode inItem(ObjectNode item) {
        return Json.object().put("item_id", item.path("id").stringValue()).put("output_index", output.size());
    }

    private ObjectNode inPart(ObjectNode item) {
        return inItem(item).put("content_index", 0);
    }

    private static ObjectNode part(String text, ArrayNode logprobs) {
        ObjectNode part = Json.object();
        part.put("type", "output_text");
        part.put("text", text);
        part.putArray("annotations");
        part.set("logprobs", logprobs);
        return part;
    }
}

package telos.upstream;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import telos.kernel.Message;
import telos.kernel.ToolCall;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Puts an answer together from the chunks of a stream. */
final class ReplyReader {
    private static final int MAX_CHARACTERS = 8 * 1024 * 1024;
    private static final int MAX_CALLS = 256;

    private static final class PartialCall {
        private final int index;
        private String id = "";
        private int told;
        private boolean named;
        private final StringBuilder name = new StringBuilder();
        private final StringBuilder arguments = new StringBuilder();

        PartialCall(int index) {
            this.index = index;
        }

        String identity() {
            return id.isEmpty() ? "call_" + index : id;
        }
    }

    private final DeltaListener listener;
    private final StringBuilder text = new StringBuilder();
    private final Map<Integer, PartialCall> calls = new LinkedHashMap<>();
    private boolean cutAtLimit;
    private boolean finished;
    private int promptTokens;
    private int completionTokens;

    ReplyReader(DeltaListener listener) {
        this.listener = listener;
    }

    /** Takes the data of one event. */
    void accept(String data) throws IOException {
        JsonNode chunk;
        try {
            chunk = JsonMapper.shared().readTree(data);
        } catch (JacksonException e) {
            throw new IOException("it sent an event that is not JSON");
        }
        if (chunk.path("error").isObject()) {
            throw new IOException(
                    "it said: " + chunk.path("error").path("message").asString("no reason"));
        }
        JsonNode usage = chunk.path("usage");
        promptTokens = usage.path("prompt_tokens").asInt(promptTokens);
        completionTokens = usage.path("completion_tokens").asInt(completionTokens);
        JsonNode choice = chunk.path("choices").path(0);
        JsonNode finish = choice.path("finish_reason");
        if (finish.isString()) {
            finished = true;
            cutAtLimit = finish.stringValue().equals("length");
        }
        JsonNode delta = choice.path("delta");
        JsonNode content = delta.path("content");
        if (content.isString() && !content.stringValue().isEmpty()) {
            text.append(content.stringValue());
            bound(text.length());
            listener.text(content.stringValue());
        }
        for (JsonNode call : delta.path("tool_calls")) {
            call(call);
        }
    }

    private void call(JsonNode call) throws IOException {
        int index = call.path("index").asInt(0);
        PartialCall partial = calls.computeIfAbsent(index, _ -> new PartialCall(calls.size()));
        if (calls.size() > MAX_CALLS) {
            throw new IOException("it asked for more than " + MAX_CALLS + " tool calls");
        }
        JsonNode id = call.path("id");
        if (id.isString()) {
            partial.id = id.stringValue();
        }
        JsonNode function = call.path("function");
        if (partial.name.isEmpty()) {
            partial.name.append(function.path("name").asString(""));
        }
        partial.arguments.append(function.path("arguments").asString(""));
        bound(partial.arguments.length() + partial.name.length());
        tell(partial);
    }

    /** A call is told once its name is there. */
    private void tell(PartialCall call) throws IOException {
        if (!call.named && !call.name.isEmpty()) {
            call.named = true;
            listener.call(call.index, call.identity(), call.name.toString(), "");
        }
        if (call.named && call.told < call.arguments.length()) {
            listener.call(call.index, "", "", call.arguments.substring(call.told));
            call.told = call.arguments.length();
        }
    }

    private static void bound(int characters) throws IOException {
        if (characters > MAX_CHARACTERS) {
            throw new IOException("its answer is longer than " + MAX_CHARACTERS + " characters");
        }
    }

    /** The whole answer, once the stream has ended. */
    UpstreamReply.Completed finish() throws IOException {
        if (!finished) {
            throw new IOException("its answer broke off");
        }
        List<ToolCall> whole = new ArrayList<>();
        for (PartialCall call : calls.values()) {
            if (call.arguments.toString().isBlank()) {
                call.arguments.append("{}");
                tell(call);
            }
            whole.add(new ToolCall(call.identity(), call.name.toString(), call.arguments.toString()));
        }
        return new UpstreamReply.Completed(
                new Message.Assistant(text.toString(), whole), cutAtLimit, promptTokens, completionTokens);
    }
}

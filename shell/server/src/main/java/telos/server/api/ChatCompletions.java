package telos.server.api;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import telos.inference.chat.ChatListener;
import telos.inference.chat.ChatOutcome;
import telos.inference.chat.ChatRequest;
import telos.inference.chat.TokenProbability;
import telos.kernel.ToolCall;
import telos.server.Models;
import telos.server.ServedModel;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /v1/chat/completions}, whole or streamed (OpenAI API reference, Chat). */
final class ChatCompletions implements Endpoint {
    private final Models models;
    private final LongSupplier epochSeconds;

    ChatCompletions(Models models, LongSupplier epochSeconds) {
        this.models = models;
        this.epochSeconds = epochSeconds;
    }

    @Override
    public void serve(Exchange exchange) throws ApiException, IOException, InterruptedException {
        JsonNode body = exchange.body();
        @Nullable String name = Json.text(body, "model");
        ServedModel model = ModelErrors.findNamed(models, name == null ? "" : name);
        ChatRequest request = ChatRequests.read(body, "local");
        String id = "chatcmpl-" + UUID.randomUUID().toString().replace("-", "");
        if (Json.truth(body, "stream", false)) {
            boolean usage = Json.truth(body.path("stream_options"), "include_usage", false);
            new Streamed(exchange, model, id, usage).run(request);
        } else {
            ChatOutcome outcome = model.generate(request, ChatListener.silent());
            exchange.json(200, whole(model, id, ModelErrors.completed(outcome)));
        }
    }

    private ObjectNode whole(ServedModel model, String id, ChatOutcome.Completed completed) {
        ObjectNode answer = head(model, id, "chat.completion");
        ObjectNode choice = answer.putArray("choices").addObject();
        choice.put("index", 0);
        ObjectNode message = choice.putObject("message");
        message.put("role", "assistant");
        String text = completed.message().text();
        boolean calls = !completed.message().calls().isEmpty();
        message.put("content", calls && text.isEmpty() ? null : text);
        message.putNull("refusal");
        if (calls) {
            ArrayNode array = message.putArray("tool_calls");
            for (ToolCall call : completed.message().calls()) {
                call(array.addObject(), call);
            }
        }
        choice.putNull("logprobs");
        choice.put("finish_reason", finish(completed.finish()));
        answer.set("usage", usage(completed.usage()));
        return answer;
    }

    private ObjectNode head(ServedModel model, String id, String object) {
        ObjectNode head = Json.object();
        head.put("id", id);
        head.put("object", object);
        head.put("created", epochSeconds.getAsLong());
        head.put("model", model.name());
        return head;
    }

    private static void call(ObjectNode node, ToolCall call) {
        node.put("id", call.id());
        node.put("type", "function");
        node.putObject("function").put("name", call.name()).put("arguments", call.arguments());
    }

    private static String finish(ChatOutcome.Finish finish) {
        return switch (finish) {
            case STOP -> "stop";
            case LENGTH -> "length";
            case TOOL_CALLS -> "tool_calls";
        };
    }

    private static ObjectNode usage(ChatOutcome.Usage usage) {
        ObjectNode node = Json.object();
        node.put("prompt_tokens", usage.prompt());
        node.put("completion_tokens", usage.completion());
        node.put("total_tokens", usage.prompt() + usage.completion());
        node.putObject("prompt_tokens_details").put("cached_tokens", usage.cached());
        return node;
    }

    /** One answer as a stream of chunks. The stream is opened by the first chunk, so that a refusal keeps its status. */
    private final class Streamed implements ChatListener {
        private final Exchange exchange;
        private final ServedModel model;
        private final String id;
        private final boolean wantsUsage;
        private @Nullable EventStream stream;

        Streamed(Exchange exchange, ServedModel model, String id, boolean wantsUsage) {
            this.exchange = exchange;
            this.model = model;
            this.id = id;
            this.wantsUsage = wantsUsage;
        }

        void run(ChatRequest request) throws ApiException, IOException, InterruptedException {
            ChatOutcome outcome = model.generate(request, this);
            if (stream == null || outcome instanceof ChatOutcome.Completed) {
                finish(ModelErrors.completed(outcome));
            } else {
                try {
                    ModelErrors.completed(outcome);
                } catch (ApiException e) {
                    open().data(Exchange.errorBody(e).toString());
                }
            }
            open().data("[DONE]");
            open().close();
        }

        private void finish(ChatOutcome.Completed completed) throws IOException {
            int index = 0;
            for (ToolCall call : completed.message().calls()) {
                ObjectNode delta = Json.object();
                ObjectNode node = delta.putArray("tool_calls").addObject();
                node.put("index", index++);
                ChatCompletions.call(node, call);
                chunk(delta, null);
            }
            chunk(Json.object(), finishName(completed));
            if (wantsUsage) {
                ObjectNode last = head(model, id, "chat.completion.chunk");
                last.putArray("choices");
                last.set("usage", usage(completed.usage()));
                open().data(last.toString());
            }
        }

        private static String finishName(ChatOutcome.Completed completed) {
            return ChatCompletions.finish(completed.finish());
        }

        private EventStream open() throws IOException {
            EventStream open = stream;
            if (open == null) {
                open = exchange.events();
                stream = open;
                ObjectNode role = Json.object();
                role.put("role", "assistant");
                role.put("content", "");
                chunk(role, null);
            }
            return open;
        }

        private void chunk(ObjectNode delta, @Nullable String finish) throws IOException {
            EventStream out = open();
            ObjectNode chunk = head(model, id, "chat.completion.chunk");
            ObjectNode choice = chunk.putArray("choices").addObject();
            choice.put("index", 0);
            choice.set("delta", delta);
            choice.putNull("logprobs");
            choice.put("finish_reason", finish);
            out.data(chunk.toString());
        }

        @Override
        public void text(String delta, List<TokenProbability> tokens) throws IOException {
            ObjectNode node = Json.object();
            node.put("content", delta);
            chunk(node, null);
        }

        @Override
        public void waiting() throws IOException {
            open().keepAlive();
        }
    }
}

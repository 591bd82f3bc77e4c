package telos.server.api.responses;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import telos.kernel.Message;
import telos.kernel.ToolCall;
import telos.server.api.http.ApiException;
import telos.server.api.http.Exchange;
import telos.server.api.http.Json;
import telos.server.records.ResponseStore;
import telos.server.records.StoredResponse;
import tools.jackson.databind.JsonNode;

/** What a model is told: the responses that went before, oldest first, and then a request's own items. */
final class Conversation {
    private static final int MAX_RESPONSES = 1000;
    private static final int MAX_ITEMS = 10_000;
    private static final int MAX_CHARACTERS = 8 << 20;

    private final List<Message> messages = new ArrayList<>();
    private final Map<String, String> toolOfCall = new HashMap<>();

    private Conversation() {}

    /**
     * Puts it together.
     *
     * @param exchange which pays for what is loaded
     * @param instructions hold for this response alone
     */
    static List<Message> of(
            ResponseStore store,
            Exchange exchange,
            Optional<String> instructions,
            Optional<String> previous,
            List<? extends JsonNode> items)
            throws ApiException {
        Conversation conversation = new Conversation();
        instructions.ifPresent(text -> conversation.messages.add(new Message.System(text)));
        for (StoredResponse response : chain(store, exchange, previous)) {
            Json.parse(response.input()).forEach(conversation::add);
            Json.parse(response.response()).path("output").forEach(conversation::add);
        }
        items.forEach(conversation::add);
        if (conversation.messages.size() > MAX_ITEMS) {
            throw ApiException.invalid(
                    "the conversation has more than " + MAX_ITEMS + " items", "previous_response_id");
        }
        return conversation.messages;
    }

    private static Deque<StoredResponse> chain(ResponseStore store, Exchange exchange, Optional<String> previous)
            throws ApiException {
        long characters = 0;
        Deque<StoredResponse> chain = new ArrayDeque<>();
        Optional<String> next = previous;
        while (next.isPresent()) {
            Optional<StoredResponse> found = store.get(exchange.tenant(), next.get());
            if (found.isEmpty()) {
                throw ApiException.invalid(
                        "the response '" + next.get() + "' is not kept here (any more)",
                        "previous_response_id",
                        "previous_response_not_found");
            }
            if (!found.get().ended()) {
                throw ApiException.invalid(
                        "the response '" + next.get() + "' is not ready yet",
                        "previous_response_id",
                        "previous_response_not_ready");
            }
            chain.push(found.get());
            long more =
                    (long) found.get().input().length() + found.get().response().length();
            exchange.charge(more);
            characters += more;
            if (characters > MAX_CHARACTERS) {
                throw ApiException.invalid(
                        "the conversation has more than " + MAX_CHARACTERS
                                + " characters as it is kept; begin a new one",
                        "previous_response_id");
            }
            if (chain.size() > MAX_RESPONSES) {
                throw ApiException.invalid(
                        "the conversation has more than " + MAX_RESPONSES + " responses", "previous_response_id");
            }
            next = found.get().previous();
        }
        return chain;
    }

    private void add(JsonNode item) {
        String type = item.path("type").stringValue("");
        switch (type) {
            case "function_call" -> called(item);
            case "function_call_output" -> {
                String id = item.path("call_id").stringValue("");
                messages.add(new Message.ToolResult(
                        id, toolOfCall.getOrDefault(id, ""), item.path("output").stringValue("")));
            }
            default -> said(item.path("role").stringValue(""), text(item));
        }
    }

    private void said(String role, String text) {
        messages.add(
                switch (role) {
                    case "assistant" -> new Message.Assistant(text, List.of());
                    case "system", "developer" -> new Message.System(text);
                    default -> new Message.User(text);
                });
    }

    /** Calls that follow each other, or a text of the model's, are one turn of it. */
    private void called(JsonNode item) {
        ToolCall call = new ToolCall(
                item.path("call_id").stringValue(""),
                item.path("name").stringValue(""),
                item.path("arguments").stringValue("{}"));
        toolOfCall.put(call.id(), call.name());
        if (!messages.isEmpty() && messages.getLast() instanceof Message.Assistant(String text, List<ToolCall> calls)) {
            List<ToolCall> more = new ArrayList<>(calls);
            more.add(call);
            messages.set(messages.size() - 1, new Message.Assistant(text, more));
        } else {
            messages.add(new Message.Assistant("", List.of(call)));
        }
    }

    private static String text(JsonNode message) {
        StringBuilder text = new StringBuilder();
        message.path("content").forEach(part -> text.append(part.path("text").stringValue("")));
        return text.toString();
    }
}

package telos.server.api.responses;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import telos.inference.chat.ChatRequest;
import telos.inference.chat.OutputForm;
import telos.kernel.Message;
import telos.server.api.http.ApiException;
import telos.server.api.http.Exchange;
import telos.server.api.http.Fields;
import telos.server.api.http.Json;
import telos.server.api.openai.ChatTools;
import telos.server.api.openai.OutputForms;
import telos.server.api.turns.Claims;
import telos.server.api.turns.Sampling;
import telos.server.records.ResponseStore;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the body of {@code POST /v1/responses} asks for. Unknown members are ignored; unsupported values are refused.
 *
 * @param items its own input
 * @param body of what it says itself, what the response says again
 */
record ResponseRequest(
        ChatRequest chat,
        List<ObjectNode> items,
        Optional<String> previous,
        boolean stream,
        boolean store,
        boolean background,
        Fields body) {
    private static final int DEFAULT_MAX_TOKENS = 4096;
    private static final int MAX_INCLUDED = 16;

    static ResponseRequest read(Exchange exchange, Fields body, ResponseStore kept) throws ApiException {
        refuseUnsupported(body);
        boolean store = body.truth("store", true);
        boolean background = body.truth("background", false);
        if (background && !store) {
            throw body.invalid("background", "needs 'store': who is not to wait must be able to ask again");
        }
        if (background && body.truth("stream", false)) {
            throw body.unsupported(
                    "background", "cannot be streamed: ask without 'stream', and then GET the response by its id");
        }
        List<ObjectNode> items = InputItems.read(body);
        Optional<String> previous = body.text("previous_response_id");
        List<Message> messages = Conversation.of(kept, exchange, body.text("instructions"), previous, items);
        ChatTools tools = ChatTools.read(body, false);
        Fields format = body.object("text").object("format");
        ChatRequest chat = new ChatRequest(
                messages,
                tools.tools(),
                tools.choice(),
                body.truth("parallel_tool_calls", true),
                format.node().isMissingNode() ? new OutputForm.Free() : OutputForms.typed(format),
                Sampling.read(body, "stop", Sampling.maxTokens(body, DEFAULT_MAX_TOKENS, "max_output_tokens")),
                logprobs(body),
                Claims.read(exchange, body).of(messages));
        return new ResponseRequest(chat, items, previous, body.truth("stream", false), store, background, echoed(body));
    }

    private static Fields echoed(Fields body) {
        ObjectNode echoed = Json.object();
        for (String member : ResponseAnswers.ECHOED) {
            if (body.has(member)) {
                echoed.set(member, body.raw(member));
            }
        }
        return Fields.of(echoed);
    }

    private static OptionalInt logprobs(Fields body) throws ApiException {
        int alternatives = body.whole("top_logprobs", 0, 0, ChatRequest.MAX_ALTERNATIVES);
        boolean asked = alternatives > 0;
        for (JsonNode included : body.list("include", MAX_INCLUDED)) {
            asked |= included.isString() && included.stringValue().equals("message.output_text.logprobs");
        }
        return asked ? OptionalInt.of(alternatives) : OptionalInt.empty();
    }

    private static void refuseUnsupported(Fields body) throws ApiException {
        for (String member : List.of("conversation", "prompt")) {
            if (body.has(member)) {
                throw body.unsupported(member, "is not supported");
            }
        }
        String truncation = body.text("truncation", "disabled");
        if (!truncation.equals("disabled")) {
            throw body.unsupported("truncation", "must be disabled: conversations are not cut");
        }
    }
}

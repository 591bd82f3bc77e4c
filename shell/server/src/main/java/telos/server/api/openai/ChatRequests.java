package telos.server.api.openai;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import telos.inference.chat.ChatRequest;
import telos.inference.sampling.SamplingOptions;
import telos.kernel.Message;
import telos.kernel.security.Label;
import telos.server.Audiences;
import telos.server.api.http.ApiException;
import telos.server.api.http.Fields;
import telos.server.api.turns.Claims;
import telos.server.api.turns.Labels;
import telos.server.api.turns.Sampling;
import tools.jackson.databind.JsonNode;

/** Reads the body of {@code POST /v1/chat/completions}. Unknown members are ignored; unsupported values are refused. */
final class ChatRequests {
    static final int MAX_CHOICES = 32;
    private static final int MAX_ALTERNATIVES = 20;
    private static final int DEFAULT_MAX_TOKENS = 4096;

    private ChatRequests() {}

    /** One request for each choice that was asked for; they differ in their seeds. */
    static List<ChatRequest> read(Fields body, Claims claims) throws ApiException {
        refuseUnsupported(body);
        ChatTools tools = ChatTools.read(body, true);
        List<Message> messages = ChatMessages.read(body);
        Label label = Labels.read(body);
        ChatRequest first = new ChatRequest(
                messages,
                tools.tools(),
                tools.choice(),
                body.truth("parallel_tool_calls", true),
                OutputForms.read(body),
                Sampling.read(
                        body,
                        "stop",
                        Sampling.maxTokens(body, DEFAULT_MAX_TOKENS, "max_completion_tokens", "max_tokens")),
                logprobs(body),
                claims.of(messages).readBy(Audiences.ofClient(label.readers())),
                label);
        int choices = body.whole("n", 1, 1, MAX_CHOICES);
        List<ChatRequest> requests = new ArrayList<>();
        for (int i = 0; i < choices; i++) {
            requests.add(i == 0 ? first : withSeed(first, first.sampling().seed() + i));
        }
        return requests;
    }

    private static ChatRequest withSeed(ChatRequest request, long seed) {
        SamplingOptions sampling = request.sampling().withSeed(seed);
        return new ChatRequest(
                request.messages(),
                request.tools(),
                request.toolChoice(),
                request.parallelCalls(),
                request.form(),
                sampling,
                request.logprobs(),
                request.claim(),
                request.label());
    }

    private static OptionalInt logprobs(Fields body) throws ApiException {
        int alternatives = body.whole("top_logprobs", 0, 0, MAX_ALTERNATIVES);
        if (body.truth("logprobs", false)) {
            return OptionalInt.of(alternatives);
        }
        if (alternatives > 0) {
            throw body.invalid("top_logprobs", "needs 'logprobs' to be true");
        }
        return OptionalInt.empty();
    }

    private static void refuseUnsupported(Fields body) throws ApiException {
        for (String member : List.of("functions", "function_call")) {
            if (body.has(member)) {
                throw body.unsupported(member, "is not supported; give 'tools' and 'tool_choice'");
            }
        }
        for (String member : List.of("audio", "web_search_options")) {
            if (body.has(member)) {
                throw body.unsupported(member, "is not supported");
            }
        }
        for (JsonNode modality : body.list("modalities", 16)) {
            if (!modality.isString() || !modality.stringValue().equals("text")) {
                throw body.unsupported("modalities", "must be [\"text\"]: only text is supported");
            }
        }
    }
}

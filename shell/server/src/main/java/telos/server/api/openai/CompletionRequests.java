package telos.server.api.openai;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import telos.inference.chat.ChatRequest;
import telos.inference.chat.CompletionRequest;
import telos.inference.chat.OutputForm;
import telos.inference.sampling.SamplingOptions;
import telos.kernel.scheduling.Claim;
import telos.server.api.http.ApiException;
import telos.server.api.http.Fields;
import telos.server.api.turns.Claims;
import telos.server.api.turns.Sampling;
import tools.jackson.databind.JsonNode;

/** Reads the body of {@code POST /v1/completions}. */
final class CompletionRequests {
    /** What the endpoint's first users were used to. */
    private static final int DEFAULT_MAX_TOKENS = 16;

    private static final int MAX_PROMPTS = 64;
    private static final int MAX_CHOICES = 128;
    private static final int BEGINNING = 64;

    private CompletionRequests() {}

    /** {@code n} requests for each prompt, in the order of the prompts. */
    static List<CompletionRequest> read(Fields body, Claims claims) throws ApiException {
        if (!body.text("suffix", "").isEmpty()) {
            throw body.unsupported("suffix", "is not supported: texts are gone on with, not filled in");
        }
        int each = body.whole("n", 1, 1, ChatRequests.MAX_CHOICES);
        if (body.whole("best_of", each) != each) {
            throw body.unsupported("best_of", "is not supported unless it equals 'n'");
        }
        List<CompletionRequest.Prompt> prompts = prompts(body);
        if (prompts.size() * each > MAX_CHOICES) {
            throw body.invalid("n", "makes more than " + MAX_CHOICES + " choices with this many prompts");
        }
        OutputForm form = OutputForms.read(body);
        SamplingOptions sampling =
                Sampling.read(body, "stop", Sampling.maxTokens(body, DEFAULT_MAX_TOKENS, "max_tokens"));
        OptionalInt logprobs = body.has("logprobs")
                ? OptionalInt.of(body.whole("logprobs", 0, 0, ChatRequest.MAX_ALTERNATIVES))
                : OptionalInt.empty();
        boolean echo = body.truth("echo", false);
        List<CompletionRequest> requests = new ArrayList<>();
        for (CompletionRequest.Prompt prompt : prompts) {
            Claim claim = claims.ofText(
                    switch (prompt) {
                        case CompletionRequest.Prompt.Text(String text) -> text;
                        case CompletionRequest.Prompt.Tokens(List<Integer> tokens) ->
                            tokens.subList(0, Math.min(tokens.size(), BEGINNING))
                                    .toString();
                    });
            for (int i = 0; i < each; i++) {
                requests.add(new CompletionRequest(
                        prompt, form, sampling.withSeed(sampling.seed() + i), logprobs, echo, claim));
            }
        }
        return requests;
    }

    /** A text, texts, the tokens of a text, or the tokens of texts. */
    private static List<CompletionRequest.Prompt> prompts(Fields body) throws ApiException {
        JsonNode prompt = body.raw("prompt");
        if (prompt.isString()) {
            return List.of(new CompletionRequest.Prompt.Text(prompt.stringValue()));
        }
        if (!prompt.isArray() || prompt.isEmpty()) {
            throw body.invalid("prompt", "must be a text, a list of texts, or lists of tokens");
        }
        if (prompt.get(0).isNumber()) {
            return List.of(new CompletionRequest.Prompt.Tokens(TokenLists.read(body, "prompt", prompt)));
        }
        List<CompletionRequest.Prompt> prompts = new ArrayList<>();
        for (JsonNode each : body.list("prompt", MAX_PROMPTS)) {
            prompts.add(
                    each.isString()
                            ? new CompletionRequest.Prompt.Text(each.stringValue())
                            : new CompletionRequest.Prompt.Tokens(TokenLists.read(body, "prompt", each)));
        }
        return prompts;
    }
}

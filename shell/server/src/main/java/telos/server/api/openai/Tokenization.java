package telos.server.api.openai;

import java.io.IOException;
import java.util.List;
import telos.inference.chat.Detokenized;
import telos.inference.chat.Tokenized;
import telos.server.Models;
import telos.server.ServedModel;
import telos.server.api.http.ApiException;
import telos.server.api.http.Exchange;
import telos.server.api.http.Fields;
import telos.server.api.http.Json;
import telos.server.api.turns.ModelErrors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /tokenize} and {@code /detokenize}, in vLLM's shapes. */
public final class Tokenization {
    /** Of a text that is cut, or tokens that are put together. */
    private static final int MOST = 256 * 1024;

    private final Models models;

    public Tokenization(Models models) {
        this.models = models;
    }

    public void tokenize(Exchange exchange) throws ApiException, IOException, InterruptedException {
        Fields body = exchange.body();
        ServedModel model = ModelErrors.findNamed(models, body.text("model", ""), exchange);
        if (body.has("messages")) {
            throw body.unsupported("messages", "is not supported here; give 'prompt'");
        }
        String prompt = body.required("prompt");
        if (prompt.length() > MOST) {
            throw body.invalid(
                    "prompt", "has " + prompt.length() + " characters, at most " + MOST + " are cut at once");
        }
        List<Integer> tokens = switch (model.tokenize(prompt, body.truth("add_special_tokens", true))) {
            case Tokenized.Tokens found -> found.tokens();
            case Tokenized.Refused refused -> throw ModelErrors.refusal(refused.reason(), refused.why(), "prompt");
        };
        ObjectNode answer = Json.object();
        answer.put("count", tokens.size());
        answer.put("max_model_len", model.description().context());
        ArrayNode numbers = answer.putArray("tokens");
        tokens.forEach(numbers::add);
        if (body.truth("return_token_strs", false)) {
            ArrayNode texts = answer.putArray("token_strs");
            for (Integer token : tokens) {
                texts.add(text(model, List.of(token), "prompt"));
            }
        } else {
            answer.putNull("token_strs");
        }
        exchange.json(200, answer);
    }

    public void detokenize(Exchange exchange) throws ApiException, IOException, InterruptedException {
        Fields body = exchange.body();
        ServedModel model = ModelErrors.findNamed(models, body.text("model", ""), exchange);
        if (body.raw("tokens").size() > MOST) {
            throw body.invalid("tokens", "holds more than " + MOST);
        }
        List<Integer> tokens =
                body.raw("tokens").isEmpty() && body.raw("tokens").isArray()
                        ? List.of()
                        : TokenLists.read(body, "tokens", body.raw("tokens"));
        exchange.json(200, Json.object().put("prompt", text(model, tokens, "tokens")));
    }

    /** @param member that holds the tokens, for a refusal */
    static String text(ServedModel model, List<Integer> tokens, String member) throws ApiException {
        return switch (model.detokenize(tokens)) {
            case Detokenized.Text(String text) -> text;
            case Detokenized.Refused refused -> throw ModelErrors.refusal(refused.reason(), refused.why(), member);
        };
    }
}

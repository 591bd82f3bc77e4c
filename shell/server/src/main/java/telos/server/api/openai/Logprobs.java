package telos.server.api.openai;

import java.util.List;
import telos.inference.chat.TokenProbability;
import telos.server.api.http.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes how likely tokens were, as chat completions have it and as text completions do. */
public final class Logprobs {
    private Logprobs() {}

    static ObjectNode chat(List<TokenProbability> tokens) {
        ObjectNode node = Json.object();
        node.set("content", tokens(tokens));
        node.putNull("refusal");
        return node;
    }

    public static ArrayNode tokens(List<TokenProbability> tokens) {
        ArrayNode content = Json.array();
        for (TokenProbability token : tokens) {
            ObjectNode one = token(token);
            ArrayNode top = one.putArray("top_logprobs");
            token.alternatives().forEach(alternative -> top.add(token(alternative)));
            content.add(one);
        }
        return content;
    }

    /** @param offset where in the answer's text the first token begins, in characters */
    static ObjectNode text(List<TokenProbability> tokens, int offset) {
        ObjectNode node = Json.object();
        ArrayNode texts = node.putArray("tokens");
        ArrayNode logprobs = node.putArray("token_logprobs");
        ArrayNode tops = node.putArray("top_logprobs");
        ArrayNode offsets = node.putArray("text_offset");
        int at = offset;
        for (TokenProbability token : tokens) {
            texts.add(token.text());
            logprobs.add(finite(token.logprob()));
            ObjectNode top = tops.addObject();
            token.alternatives().forEach(each -> top.put(each.text(), finite(each.logprob())));
            offsets.add(at);
            at += token.text().length();
        }
        return node;
    }

    private static ObjectNode token(TokenProbability token) {
        ObjectNode node = Json.object();
        node.put("token", token.text());
        node.put("logprob", finite(token.logprob()));
        ArrayNode bytes = node.putArray("bytes");
        for (byte each : token.bytes()) {
            bytes.add(Byte.toUnsignedInt(each));
        }
        return node;
    }

    /** JSON has no infinity; this is what OpenAI gives for the unthinkable. */
    static double finite(double logprob) {
        return Math.max(logprob, -9999);
    }
}

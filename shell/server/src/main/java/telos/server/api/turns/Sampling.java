package telos.server.api.turns;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import telos.inference.sampling.SamplingOptions;
import telos.server.api.http.ApiException;
import telos.server.api.http.Fields;
import tools.jackson.databind.JsonNode;

/** Reads how tokens are to be chosen; the members have one meaning in every dialect that has them. */
public final class Sampling {
    private static final double DEFAULT_TEMPERATURE = 0.7;
    private static final int MAX_BIASED = 1024;
    private static final double MAX_BIAS = 100;

    private Sampling() {}

    /**
     * Reads all of them.
     *
     * @param stop the member that holds the texts that end an answer
     */
    public static SamplingOptions read(Fields body, String stop, int maxTokens) throws ApiException {
        long topK = body.whole("top_k", 0);
        if (topK < -1 || topK > Integer.MAX_VALUE) {
            throw body.invalid("top_k", "must be 0 or more, was " + topK);
        }
        List<String> stops = body.texts(stop, SamplingOptions.MAX_STOPS);
        try {
            SamplingOptions options = new SamplingOptions(
                            body.number("temperature", DEFAULT_TEMPERATURE),
                            (int) Math.max(0, topK),
                            body.number("top_p", 1),
                            body.number("min_p", 0),
                            body.number("repetition_penalty", 1),
                            body.number("frequency_penalty", 0),
                            body.number("presence_penalty", 0),
                            SamplingOptions.greedy(1).penaltyWindow(),
                            ThreadLocalRandom.current().nextLong(),
                            stops,
                            maxTokens)
                    .withLogitBias(bias(body));
            return body.has("seed") ? options.withSeed(body.whole("seed", 0)) : options;
        } catch (IllegalArgumentException e) {
            String why = String.valueOf(e.getMessage());
            String first = why.split(" ", 2)[0];
            throw ApiException.invalid(why, body.has(first) ? first : null);
        }
    }

    /** The most tokens to generate, from the first of these members that is there. */
    public static int maxTokens(Fields body, int otherwise, String... members) throws ApiException {
        for (String member : members) {
            if (body.has(member)) {
                return body.whole(member, 1, 1, SamplingOptions.MAX_TOKENS);
            }
        }
        return otherwise;
    }

    private static Map<Integer, Double> bias(Fields body) throws ApiException {
        JsonNode members = body.object("logit_bias").node();
        if (members.size() > MAX_BIASED) {
            throw body.invalid(
                    "logit_bias", "names " + members.size() + " tokens, at most " + MAX_BIASED + " are allowed");
        }
        Map<Integer, Double> bias = new HashMap<>();
        for (Map.Entry<String, JsonNode> member : members.properties()) {
            double value = member.getValue().isNumber() ? member.getValue().doubleValue() : Double.NaN;
            if (!(Math.abs(value) <= MAX_BIAS)) {
                throw body.invalid("logit_bias", "must hold numbers from -100 to 100");
            }
            try {
                bias.put(Integer.parseInt(member.getKey()), value);
            } catch (NumberFormatException e) {
                throw body.invalid(
                        "logit_bias", "has the member '" + member.getKey() + "', which is no token's number");
            }
        }
        return bias;
    }
}

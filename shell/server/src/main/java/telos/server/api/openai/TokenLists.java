package telos.server.api.openai;

import java.util.ArrayList;
import java.util.List;
import telos.server.api.http.ApiException;
import telos.server.api.http.Fields;
import tools.jackson.databind.JsonNode;

/** Reads texts that are given as the numbers of their tokens. */
final class TokenLists {
    private TokenLists() {}

    /** @param member where the list lies, for a refusal */
    static List<Integer> read(Fields body, String member, JsonNode list) throws ApiException {
        if (!list.isArray() || list.isEmpty()) {
            throw body.invalid(member, "must hold texts, or lists of tokens that are not empty");
        }
        List<Integer> tokens = new ArrayList<>(list.size());
        for (JsonNode token : list) {
            if (!token.isIntegralNumber() || !token.canConvertToInt() || token.intValue() < 0) {
                throw body.invalid(member, "must hold whole numbers from 0 as tokens, and holds " + shown(token));
            }
            tokens.add(token.intValue());
        }
        return tokens;
    }

    private static String shown(JsonNode node) {
        String text = node.toString();
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
}

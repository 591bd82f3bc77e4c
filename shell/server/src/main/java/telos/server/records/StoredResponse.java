package telos.server.records;

import java.util.Objects;
import java.util.Optional;

/**
 * A response of the Responses API, as it was last.
 *
 * @param previous the response whose conversation it goes on with
 * @param input the items that its own request brought, as a JSON array
 * @param response the response, as a JSON object
 */
public record StoredResponse(String id, Optional<String> previous, String input, String response) {
    public StoredResponse {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(previous, "previous");
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(response, "response");
    }

    /** About how much memory or disk it takes. */
    public long size() {
        return 64L + input.length() + response.length();
    }
}

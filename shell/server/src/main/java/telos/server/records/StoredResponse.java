package telos.server.records;

import java.util.Objects;
import java.util.Optional;

/**
 * A response of the Responses API, as it was last.
 *
 * @param previous the response whose conversation it goes on with
 * @param input the items that its own request brought, as a JSON array
 * @param response the response, as a JSON object
 * @param ended whether it will stay as it is
 */
public record StoredResponse(String id, Optional<String> previous, String input, String response, boolean ended) {
    public StoredResponse {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(previous, "previous");
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(response, "response");
    }

    /** One that has ended. */
    public StoredResponse(String id, Optional<String> previous, String input, String response) {
        this(id, previous, input, response, true);
    }

    /** About how many bytes of a disk it takes. */
    public long size() {
        return 64L + utf8(input) + utf8(response);
    }

    private static long utf8(String text) {
        long bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            bytes += unit < 0x80 ? 0 : unit < 0x800 || Character.isSurrogate(unit) ? 1 : 2;
        }
        return bytes;
    }
}

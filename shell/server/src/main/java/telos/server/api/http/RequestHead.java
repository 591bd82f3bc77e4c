package telos.server.api.http;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/** What the head of a request says of who asks: its id, and its key. */
final class RequestHead {
    private static final Pattern FIT = Pattern.compile("[!-~]{1,128}");
    private static final String BEARER = "bearer ";

    private RequestHead() {}

    /** The id that the client chose, where it is fit for a log; else one of ours. */
    static String of(HttpFields headers) {
        @Nullable String chosen = headers.get("x-request-id");
        return chosen != null && FIT.matcher(chosen).matches()
                ? chosen
                : "req_" + UUID.randomUUID().toString().replace("-", "");
    }

    /** {@code Authorization: Bearer}, or else {@code x-api-key}, as Anthropic's older clients send it. */
    static Optional<String> key(HttpFields headers) {
        @Nullable String authorization = headers.get(HttpHeader.AUTHORIZATION);
        if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Optional.of(authorization.substring(BEARER.length()).strip());
        }
        return Optional.ofNullable(headers.get("x-api-key"));
    }
}

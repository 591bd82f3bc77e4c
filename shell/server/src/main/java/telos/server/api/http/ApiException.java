package telos.server.api.http;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request that is answered with an error. How it is spelled is up to the {@link ErrorShape} of its route. */
public final class ApiException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final String INVALID = "invalid_request_error";
    private static final String SERVER = "server_error";

    private final int status;
    private final String type;
    private final @Nullable String param;
    private final @Nullable String code;
    private final int retryAfterSeconds;
    private final @Nullable Boolean begun;

    /** @param retryAfterSeconds 0 where coming back does not help */
    private ApiException(
            int status,
            String type,
            String message,
            @Nullable String param,
            @Nullable String code,
            int retryAfterSeconds) {
        this(status, type, message, param, code, retryAfterSeconds, null);
    }

    private ApiException(
            int status,
            String type,
            String message,
            @Nullable String param,
            @Nullable String code,
            int retryAfterSeconds,
            @Nullable Boolean begun) {
        super(message, null, false, false);
        this.status = status;
        this.type = type;
        this.param = param;
        this.code = code;
        this.retryAfterSeconds = retryAfterSeconds;
        this.begun = begun;
    }

    /** The same, saying that nothing of what was asked for was done. */
    public ApiException beforeIt() {
        return begun(false);
    }

    /** The same, saying that what was asked for had been begun, and may have been done. */
    public ApiException amidIt() {
        return begun(true);
    }

    private ApiException begun(boolean said) {
        return new ApiException(status, type, message(), param, code, retryAfterSeconds, said);
    }

    /**
     * A request that is wrong.
     *
     * @param param the member at fault, as a path; null where it is the request as a whole
     */
    public static ApiException invalid(String message, @Nullable String param) {
        return new ApiException(400, INVALID, message, param, null, 0);
    }

    /** As {@link #invalid}, with a code that programs know. */
    public static ApiException invalid(String message, @Nullable String param, String code) {
        return new ApiException(400, INVALID, message, param, code, 0);
    }

    /** A value that is well formed and that this daemon does not do. */
    public static ApiException unsupported(String message, @Nullable String param) {
        return invalid(message, param, "unsupported_value");
    }

    public static ApiException unauthorized(String message) {
        return new ApiException(401, INVALID, message, null, "invalid_api_key", 0);
    }

    public static ApiException notFound(String message, @Nullable String code) {
        return new ApiException(404, INVALID, message, null, code, 0);
    }

    /** As {@link #notFound}, of something that a member names. */
    public static ApiException notFound(String message, String param, String code) {
        return new ApiException(404, INVALID, message, param, code, 0);
    }

    /** A refusal that no coming back mends. */
    public static ApiException refused(int status, String message, @Nullable String code) {
        return new ApiException(status, INVALID, message, null, code, 0);
    }

    /** The same request will be served in a while. */
    public static ApiException comeBack(int status, String message, String code, int seconds) {
        return new ApiException(
                status,
                status == 429 ? "rate_limit_error" : status < 500 ? INVALID : SERVER,
                message,
                null,
                code,
                seconds);
    }

    /** A fault of ours, or of a model server elsewhere. */
    public static ApiException fault(String message, @Nullable String code) {
        return new ApiException(500, SERVER, message, null, code, 0);
    }

    public int status() {
        return status;
    }

    public String message() {
        return String.valueOf(getMessage());
    }

    public String type() {
        return type;
    }

    public @Nullable String param() {
        return param;
    }

    public @Nullable String code() {
        return code;
    }

    /** Whether what was asked for had been begun; empty where that is not said. */
    Optional<Boolean> begun() {
        return Optional.ofNullable(begun);
    }

    int retryAfterSeconds() {
        return retryAfterSeconds;
    }
}

package telos.server.api;

import org.jspecify.annotations.Nullable;

/** A request that is answered with an error, in the shape that OpenAI's clients read. */
final class ApiException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String type;
    private final @Nullable String param;
    private final @Nullable String code;

    ApiException(int status, String type, String message, @Nullable String param, @Nullable String code) {
        super(message, null, false, false);
        this.status = status;
        this.type = type;
        this.param = param;
        this.code = code;
    }

    static ApiException invalid(String message, @Nullable String param) {
        return new ApiException(400, "invalid_request_error", message, param, null);
    }

    static ApiException notFound(String message, @Nullable String code) {
        return new ApiException(404, "invalid_request_error", message, null, code);
    }

    int status() {
        return status;
    }

    String type() {
        return type;
    }

    @Nullable
    String param() {
        return param;
    }

    @Nullable
    String code() {
        return code;
    }
}

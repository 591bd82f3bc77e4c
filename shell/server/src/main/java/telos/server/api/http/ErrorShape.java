package telos.server.api.http;

import tools.jackson.databind.node.ObjectNode;

/** How a dialect spells an error. */
public enum ErrorShape {
    OPENAI {
        @Override
        public ObjectNode of(ApiException error, String requestId) {
            ObjectNode body = Json.object();
            ObjectNode said = body.putObject("error")
                    .put("message", error.message())
                    .put("type", error.type())
                    .put("param", error.param())
                    .put("code", error.code());
            error.begun().ifPresent(begun -> said.put("begun", begun));
            return body;
        }
    },
    ANTHROPIC {
        @Override
        public ObjectNode of(ApiException error, String requestId) {
            ObjectNode body = Json.object();
            body.put("type", "error");
            body.putObject("error").put("type", type(error)).put("message", error.message());
            body.put("request_id", requestId);
            return body;
        }

        private static String type(ApiException error) {
            return switch (error.status()) {
                case 401 -> "authentication_error";
                case 403 -> "permission_error";
                case 404 -> "not_found_error";
                case 413 -> "request_too_large";
                case 429 -> "rate_limit_error";
                case 503 -> "overloaded_error";
                default -> error.status() < 500 ? "invalid_request_error" : "api_error";
            };
        }
    };

    public abstract ObjectNode of(ApiException error, String requestId);
}

package telos.server.api;

import telos.inference.chat.ChatOutcome;
import telos.server.Models;
import telos.server.ServedModel;

/** What goes wrong with models, as answers. */
final class ModelErrors {
    private ModelErrors() {}

    /** As {@link #find}, for programs: what is no name is only found when it is being served already. */
    static ServedModel findNamed(Models models, String name) throws ApiException, InterruptedException {
        boolean named = !name.contains("/") && !name.endsWith(".gguf");
        if (!named && models.list().stream().noneMatch(model -> model.name().equals(name))) {
            throw ApiException.notFound(
                    "no model named '" + name
                            + "' is being served; a path or an address is opened by 'telos up --model'"
                            + " or 'telos run --model' alone",
                    "model_not_found");
        }
        return find(models, name);
    }

    static ServedModel find(Models models, String name) throws ApiException, InterruptedException {
        return switch (models.open(name)) {
            case Models.Opened opened -> opened.model();
            case Models.Starting _ ->
                throw new ApiException(
                        503,
                        "server_error",
                        "the daemon is still loading its model; ask again in a moment",
                        null,
                        "starting");
            case Models.Unknown unknown -> throw ApiException.notFound(unknown.why(), "model_not_found");
            case Models.Unusable unusable ->
                throw new ApiException(400, "invalid_request_error", unusable.why(), "model", "model_unusable");
        };
    }

    static ChatOutcome.Completed completed(ChatOutcome outcome) throws ApiException {
        return switch (outcome) {
            case ChatOutcome.Completed completed -> completed;
            case ChatOutcome.Failed failed ->
                throw new ApiException(500, "server_error", failed.why(), null, "generation_failed");
            case ChatOutcome.Refused refused ->
                throw switch (refused.reason()) {
                    case INVALID -> ApiException.invalid(refused.why(), null);
                    case TOO_LONG ->
                        new ApiException(
                                400, "invalid_request_error", refused.why(), "messages", "context_length_exceeded");
                    case UNSUPPORTED ->
                        new ApiException(400, "invalid_request_error", refused.why(), null, "unsupported_value");
                    case BUSY -> new ApiException(503, "server_error", refused.why(), null, "overloaded");
                };
        };
    }
}

package telos.server.api.turns;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import telos.inference.chat.ChatOutcome;
import telos.server.Models;
import telos.server.ServedModel;
import telos.server.api.http.ApiException;
import telos.server.api.http.Exchange;

/** What goes wrong with models, as answers. */
public final class ModelErrors {
    private ModelErrors() {}

    /** As {@link #find}, for programs: what is no name is only found when it is being served already. */
    public static ServedModel findNamed(Models models, String name, Exchange exchange)
            throws ApiException, IOException, InterruptedException {
        boolean named = !name.contains("/") && !name.endsWith(".gguf");
        if (!named && models.list().stream().noneMatch(model -> model.name().equals(name))) {
            throw ApiException.notFound(
                    "no model named '" + name
                            + "' is being served; a path or an address is opened by 'telos up --model'"
                            + " or 'telos run --model' alone",
                    "model",
                    "model_not_found");
        }
        return find(models, name, exchange);
    }

    /** Finds a model, and waits for it as long as the client does. */
    public static ServedModel find(Models models, String name, Exchange exchange)
            throws ApiException, IOException, InterruptedException {
        return switch (models.open(name, exchange::checkPresence)) {
            case Models.Opened opened -> opened.model();
            case Models.Starting _ ->
                throw ApiException.comeBack(
                        503, "the daemon is still loading its model; ask again in a moment", "starting", 1);
            case Models.Unknown unknown -> throw ApiException.notFound(unknown.why(), "model", "model_not_found");
            case Models.Unusable unusable -> throw ApiException.invalid(unusable.why(), "model", "model_unusable");
        };
    }

    /**
     * The turn that a model finished; one that it did not is an error.
     *
     * @param input the member that holds what the model is given
     */
    public static ChatOutcome.Completed completed(ChatOutcome outcome, String input) throws ApiException {
        return switch (outcome) {
            case ChatOutcome.Completed completed -> completed;
            case ChatOutcome.Failed failed -> throw ApiException.fault(failed.why(), "generation_failed");
            case ChatOutcome.Refused refused -> throw refusal(refused.reason(), refused.why(), input);
        };
    }

    /**
     * A model's refusal as an error.
     *
     * @param input the member that holds what the model is given, for one that is too long
     */
    public static ApiException refusal(ChatOutcome.Reason reason, String why, String input) {
        return switch (reason) {
            case INVALID -> ApiException.invalid(why, null);
            case TOO_LONG -> ApiException.invalid(why, input, "context_length_exceeded");
            case UNSUPPORTED -> ApiException.unsupported(why, null);
            case BUSY -> ApiException.comeBack(503, why, "overloaded", 1);
            case TOO_LATE -> ApiException.comeBack(503, why, "deadline_not_possible", 1);
            case FORBIDDEN -> ApiException.refused(403, why, "forbidden_by_policy");
            case QUOTA -> ApiException.comeBack(429, why, "rate_limit_exceeded", 1);
        };
    }

    /** As {@link #completed(ChatOutcome, String)}, of several generations: the first that went wrong speaks for all. */
    public static List<ChatOutcome.Completed> completed(List<ChatOutcome> outcomes, String input) throws ApiException {
        List<ChatOutcome.Completed> completed = new ArrayList<>();
        for (ChatOutcome outcome : outcomes) {
            completed.add(completed(outcome, input));
        }
        return completed;
    }
}

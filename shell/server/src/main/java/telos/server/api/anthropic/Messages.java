package telos.server.api.anthropic;

import java.io.IOException;
import java.util.List;
import telos.inference.chat.ChatListener;
import telos.inference.chat.ChatOutcome;
import telos.inference.chat.ChatRequest;
import telos.inference.chat.Prompted;
import telos.server.Models;
import telos.server.ServedModel;
import telos.server.api.http.ApiException;
import telos.server.api.http.Exchange;
import telos.server.api.http.Fields;
import telos.server.api.http.Json;
import telos.server.api.turns.Choices;
import telos.server.api.turns.Claims;
import telos.server.api.turns.Ids;
import telos.server.api.turns.ModelErrors;

/** {@code POST /v1/messages} and {@code /v1/messages/count_tokens} (Anthropic API reference, Messages). */
public final class Messages {
    private final Models models;

    public Messages(Models models) {
        this.models = models;
    }

    public void create(Exchange exchange) throws ApiException, IOException, InterruptedException {
        Fields body = exchange.body();
        ServedModel model = ModelErrors.findNamed(models, body.text("model", ""), exchange);
        ChatRequest request = MessageRequests.read(body, Claims.read(exchange, body));
        MessageAnswers answers = new MessageAnswers(Ids.random("msg_"), model.name());
        if (body.truth("stream", false)) {
            MessageStream stream = new MessageStream(exchange, answers, () -> known(model, request));
            stream.end(run(exchange, model, request, stream));
        } else {
            ChatOutcome outcome = run(exchange, model, request, ChatListener.silent());
            exchange.json(200, answers.whole(ModelErrors.completed(outcome, "messages")));
        }
    }

    public void count(Exchange exchange) throws ApiException, IOException, InterruptedException {
        Fields body = exchange.body();
        ServedModel model = ModelErrors.findNamed(models, body.text("model", ""), exchange);
        ChatRequest request = MessageRequests.measured(body, Claims.read(exchange, body));
        switch (model.promptTokens(request)) {
            case Prompted.Tokens(int count) -> exchange.json(200, Json.object().put("input_tokens", count));
            case Prompted.Refused refused -> throw ModelErrors.refusal(refused.reason(), refused.why(), "messages");
        }
    }

    private static ChatOutcome run(Exchange exchange, ServedModel model, ChatRequest request, ChatListener listener)
            throws IOException, InterruptedException {
        return Choices.run(exchange, List.of(new Choices.Choice(hearing -> model.generate(request, hearing), listener)))
                .getFirst();
    }

    /** As many as are known before the answer is; 0 where the model cannot tell. */
    private static int known(ServedModel model, ChatRequest request) {
        return switch (model.promptTokens(request)) {
            case Prompted.Tokens(int count) -> count;
            case Prompted.Refused _ -> 0;
        };
    }
}

package telos.server.api.openai;

import java.io.IOException;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import telos.inference.chat.ChatListener;
import telos.inference.chat.ChatOutcome;
import telos.inference.chat.CompletionRequest;
import telos.server.Models;
import telos.server.ServedModel;
import telos.server.api.http.ApiException;
import telos.server.api.http.Endpoint;
import telos.server.api.http.Exchange;
import telos.server.api.http.Fields;
import telos.server.api.turns.Choices;
import telos.server.api.turns.Claims;
import telos.server.api.turns.Ids;
import telos.server.api.turns.ModelErrors;

/** {@code POST /v1/completions}: texts that are gone on with, without a chat template (OpenAI API reference, legacy). */
public final class Completions implements Endpoint {
    private final Models models;
    private final LongSupplier epochSeconds;

    public Completions(Models models, LongSupplier epochSeconds) {
        this.models = models;
        this.epochSeconds = epochSeconds;
    }

    @Override
    public void serve(Exchange exchange) throws ApiException, IOException, InterruptedException {
        Fields body = exchange.body();
        ServedModel model = ModelErrors.findNamed(models, body.text("model", ""), exchange);
        List<CompletionRequest> requests = CompletionRequests.read(body, Claims.read(exchange, body));
        CompletionAnswers answers = new CompletionAnswers(
                Ids.random("cmpl-"), epochSeconds.getAsLong(), model.name(), (int) body.whole("n", 1));
        if (body.truth("stream", false)) {
            boolean usage = body.object("stream_options").truth("include_usage", false);
            CompletionStream stream = new CompletionStream(exchange, answers, usage);
            stream.end(run(exchange, model, requests, stream::choice));
        } else {
            exchange.json(
                    200,
                    answers.whole(ModelErrors.completed(
                            run(exchange, model, requests, _ -> ChatListener.silent()), "prompt")));
        }
    }

    private static List<ChatOutcome> run(
            Exchange exchange, ServedModel model, List<CompletionRequest> requests, IntFunction<ChatListener> listeners)
            throws IOException, InterruptedException {
        return Choices.run(
                exchange,
                IntStream.range(0, requests.size())
                        .mapToObj(i -> new Choices.Choice(
                                listener -> model.complete(requests.get(i), listener), listeners.apply(i)))
                        .toList());
    }
}

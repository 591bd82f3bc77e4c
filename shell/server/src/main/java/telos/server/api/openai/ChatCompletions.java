package telos.server.api.openai;

import java.io.IOException;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import telos.inference.chat.ChatListener;
import telos.inference.chat.ChatOutcome;
import telos.inference.chat.ChatRequest;
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

/** {@code POST /v1/chat/completions}, whole or streamed (OpenAI API reference, Chat). */
public final class ChatCompletions implements Endpoint {
    private final Models models;
    private final LongSupplier epochSeconds;

    public ChatCompletions(Models models, LongSupplier epochSeconds) {
        this.models = models;
        this.epochSeconds = epochSeconds;
    }

    @Override
    public void serve(Exchange exchange) throws ApiException, IOException, InterruptedException {
        Fields body = exchange.body();
        ServedModel model = ModelErrors.findNamed(models, body.text("model", ""), exchange);
        List<ChatRequest> requests = ChatRequests.read(body, Claims.read(exchange, body));
        ChatAnswers answers = new ChatAnswers(
                Ids.random("chatcmpl-"),
                epochSeconds.getAsLong(),
                model.name(),
                requests.getFirst().logprobs().isPresent());
        if (body.truth("stream", false)) {
            boolean usage = body.object("stream_options").truth("include_usage", false);
            ChatStream stream = new ChatStream(exchange, answers, usage);
            List<ChatStream.ChoiceStream> choices =
                    IntStream.range(0, requests.size()).mapToObj(stream::choice).toList();
            stream.end(choices, run(exchange, model, requests, choices));
        } else {
            List<ChatListener> silent =
                    requests.stream().map(_ -> ChatListener.silent()).toList();
            exchange.json(
                    200, answers.whole(ModelErrors.completed(run(exchange, model, requests, silent), "messages")));
        }
    }

    private static List<ChatOutcome> run(
            Exchange exchange, ServedModel model, List<ChatRequest> requests, List<? extends ChatListener> listeners)
            throws IOException, InterruptedException {
        return Choices.run(
                exchange,
                IntStream.range(0, requests.size())
                        .mapToObj(i -> new Choices.Choice(
                                listener -> model.generate(requests.get(i), listener), listeners.get(i)))
                        .toList());
    }
}

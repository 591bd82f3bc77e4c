package telos.server.api.responses;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import telos.inference.chat.ChatOutcome;
import telos.server.Models;
import telos.server.ServedModel;
import telos.server.Tenant;
import telos.server.api.http.ApiException;
import telos.server.api.http.Exchange;
import telos.server.api.http.Fields;
import telos.server.api.http.Json;
import telos.server.api.turns.Choices;
import telos.server.api.turns.Ids;
import telos.server.api.turns.ModelErrors;
import telos.server.records.ResponseStore;
import telos.server.records.StoredResponse;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/responses} and what lies below it (OpenAI API reference, Responses). */
public final class Responses {
    private final Models models;
    private final ResponseStore store;
    private final Background background;
    private final LongSupplier epochSeconds;

    public Responses(Models models, ResponseStore store, Background background, LongSupplier epochSeconds) {
        this.models = models;
        this.store = store;
        this.background = background;
        this.epochSeconds = epochSeconds;
    }

    /** {@code POST /v1/responses}. */
    public void create(Exchange exchange) throws ApiException, IOException, InterruptedException {
        Fields body = exchange.body();
        ServedModel model = ModelErrors.findNamed(models, body.text("model", ""), exchange);
        ResponseRequest request = ResponseRequest.read(exchange, body, store);
        ResponseAnswers answers =
                new ResponseAnswers(Ids.random("resp_"), epochSeconds.getAsLong(), model.name(), request);
        if (request.background()) {
            exchange.json(200, queue(exchange, model, answers));
        } else if (request.stream()) {
            stream(exchange, model, answers);
        } else {
            ResponseTurn turn = new ResponseTurn(ResponseTurn.UNHEARD);
            ChatOutcome.Completed completed = ModelErrors.completed(run(exchange, model, request, turn), "input");
            ObjectNode response = answers.ended(completed, turn.end(completed));
            keep(exchange.tenant(), answers, response, true);
            exchange.json(200, response);
        }
    }

    /** Has a response made in the background, which keeps the place that its tenant has for this request. */
    private ObjectNode queue(Exchange exchange, ServedModel model, ResponseAnswers answers) throws ApiException {
        Tenant tenant = exchange.tenant();
        ObjectNode queued = answers.without("queued");
        keep(tenant, answers, queued, false);
        Runnable place = exchange.stay();
        boolean started = false;
        try {
            background.start(tenant, answers.id(), exchange.held(), () -> make(model, tenant, answers), place);
            started = true;
        } finally {
            if (!started) {
                place.run();
                store.delete(tenant, answers.id());
            }
        }
        return queued;
    }

    private void stream(Exchange exchange, ServedModel model, ResponseAnswers answers)
            throws ApiException, IOException, InterruptedException {
        ResponseStream stream = new ResponseStream(exchange, answers);
        ResponseTurn turn = new ResponseTurn(stream);
        ChatOutcome outcome = run(exchange, model, answers.request(), turn);
        try {
            ChatOutcome.Completed completed = ModelErrors.completed(outcome, "input");
            ObjectNode response = answers.ended(completed, turn.end(completed));
            keep(exchange.tenant(), answers, response, true);
            stream.end(response);
        } catch (ApiException e) {
            stream.refuse(e);
        }
    }

    private static ChatOutcome run(Exchange exchange, ServedModel model, ResponseRequest request, ResponseTurn turn)
            throws IOException, InterruptedException {
        Choices.Choice only = new Choices.Choice(listener -> model.generate(request.chat(), listener), turn);
        return Choices.run(exchange, List.of(only)).getFirst();
    }

    /** Makes a response in the background; each of its states is kept. */
    private void make(ServedModel model, Tenant tenant, ResponseAnswers answers) {
        keep(tenant, answers, answers.without("in_progress"), false);
        ObjectNode last;
        try {
            ResponseTurn turn = new ResponseTurn(ResponseTurn.UNHEARD);
            ChatOutcome.Completed completed =
                    ModelErrors.completed(model.generate(answers.request().chat(), turn), "input");
            last = answers.ended(completed, turn.end(completed));
        } catch (ApiException | IOException e) {
            last = answers.failed(String.valueOf(e.getMessage()));
        } catch (InterruptedException _) {
            last = answers.without("cancelled");
        } catch (RuntimeException e) {
            System.getLogger(Responses.class.getName())
                    .log(System.Logger.Level.ERROR, "fault while making " + answers.id(), e);
            last = answers.failed("a fault of ours; the daemon's log says more (telos logs)");
        }
        keep(tenant, answers, last, true);
    }

    private void keep(Tenant tenant, ResponseAnswers answers, ObjectNode response, boolean ended) {
        ResponseRequest request = answers.request();
        if (request.store()) {
            store.put(
                    tenant,
                    new StoredResponse(
                            answers.id(),
                            request.previous(),
                            Json.array(request.items()).toString(),
                            response.toString(),
                            ended));
        }
    }

    /** {@code GET /v1/responses/{id}}. */
    public void get(Exchange exchange) throws ApiException, IOException {
        if (exchange.query("stream").orElse("false").equals("true")) {
            throw ApiException.unsupported(
                    "a response that is kept cannot be streamed; ask without 'stream'", "stream");
        }
        exchange.json(200, Json.parse(find(exchange).response()));
    }

    /** {@code DELETE /v1/responses/{id}}. */
    public void delete(Exchange exchange) throws ApiException, IOException, InterruptedException {
        StoredResponse response = find(exchange);
        background.stop(exchange.tenant(), response.id());
        store.delete(exchange.tenant(), response.id());
        exchange.json(
                200,
                Json.object().put("id", response.id()).put("object", "response").put("deleted", true));
    }

    /** {@code POST /v1/responses/{id}/cancel}: one that has ended stays as it is. */
    public void cancel(Exchange exchange) throws ApiException, IOException, InterruptedException {
        StoredResponse response = find(exchange);
        if (!Json.parse(response.response()).path("background").booleanValue(false)) {
            throw ApiException.invalid("only a response that is made in the background can be cancelled", null);
        }
        background.stop(exchange.tenant(), response.id());
        exchange.json(200, Json.parse(find(exchange).response()));
    }

    /** {@code GET /v1/responses/{id}/input_items}. */
    public void inputItems(Exchange exchange) throws ApiException, IOException {
        exchange.json(200, ItemPage.of(Json.parse(find(exchange).input()), exchange));
    }

    private StoredResponse find(Exchange exchange) throws ApiException {
        Optional<StoredResponse> found = store.get(exchange.tenant(), exchange.name());
        if (found.isEmpty()) {
            throw ApiException.notFound("no response '" + exchange.name() + "' is kept here", "response_not_found");
        }
        return found.get();
    }
}

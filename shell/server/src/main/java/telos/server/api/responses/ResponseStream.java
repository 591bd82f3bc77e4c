package telos.server.api.responses;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import telos.server.api.http.ApiException;
import telos.server.api.http.EventStream;
import telos.server.api.http.Exchange;
import telos.server.api.http.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * A response as named events with numbers that only grow. It is opened by the first of them, so that a refusal before
 * keeps its status.
 */
final class ResponseStream implements ResponseTurn.Events {
    private final Exchange exchange;
    private final ResponseAnswers answers;
    private @Nullable EventStream stream;
    private int number;

    ResponseStream(Exchange exchange, ResponseAnswers answers) {
        this.exchange = exchange;
        this.answers = answers;
    }

    @Override
    public void event(String type, ObjectNode event) throws IOException {
        send(open(), type, event);
    }

    @Override
    public void keepAlive() throws IOException {
        open().keepAlive();
    }

    /** @param response in the state that ends it, which names the event */
    void end(ObjectNode response) throws IOException {
        EventStream out = open();
        send(out, "response." + response.path("status").stringValue(), about(response));
        out.close();
    }

    /** @throws ApiException the refusal itself, where nothing was sent yet */
    void refuse(ApiException refusal) throws ApiException, IOException {
        EventStream out = stream;
        if (out == null) {
            throw refusal;
        }
        exchange.broken(refusal);
        send(out, "response.failed", about(answers.failed(refusal.message())));
        out.close();
    }

    private EventStream open() throws IOException {
        EventStream opened = stream;
        if (opened == null) {
            opened = exchange.events();
            stream = opened;
            send(opened, "response.created", about(answers.without("in_progress")));
            send(opened, "response.in_progress", about(answers.without("in_progress")));
        }
        return opened;
    }

    private static ObjectNode about(ObjectNode response) {
        ObjectNode event = Json.object();
        event.set("response", response);
        return event;
    }

    private void send(EventStream out, String type, ObjectNode event) throws IOException {
        ObjectNode numbered = Json.object();
        numbered.put("type", type);
        numbered.put("sequence_number", number++);
        numbered.setAll(event);
        out.event(type, numbered);
    }
}

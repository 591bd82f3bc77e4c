package telos.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import telos.cli.wire.Exchange;
import telos.cli.wire.Json;
import telos.cli.wire.ProtocolException;
import telos.cli.wire.ServerEvents;

/** A run that the daemon carries out, followed event by event. Interrupting the thread that follows it kills the run. */
final class Run {
    private static final Duration SILENCE = Duration.ofMinutes(10);

    private final DaemonClient client;
    private final Exchange exchange;

    private Run(DaemonClient client, Exchange exchange) {
        this.client = client;
        this.exchange = exchange;
    }

    static Run start(DaemonClient client, Json request) throws CommandException {
        return new Run(client, client.run(request, SILENCE));
    }

    /**
     * Tells the view of every event until the run ends.
     *
     * @return what the daemon says at the end: request, model, steps, answer, seconds
     * @throws CommandException if the run failed or the daemon was lost
     */
    Json follow(RunView view) throws CommandException {
        String answer = "";
        try (exchange) {
            ServerEvents events = new ServerEvents(exchange.body());
            for (ServerEvents.Event event = events.next(); event != null; event = events.next()) {
                Json data = Json.parse(event.data());
                switch (event.name()) {
                    case "call" -> view.call(data.at("tool").text("?"), data.at("arguments"));
                    case "result" ->
                        view.result(
                                data.at("result").text(""), data.at("failed").flag());
                    case "question" -> answer(data, view.asked(data));
                    case "text" -> view.text(data.at("delta").text(""));
                    case "done" -> {
                        answer = data.at("answer").text("");
                        return data;
                    }
                    case "error" ->
                        throw CommandException.failed(data.at("message").text("the run failed"));
                    default -> {
                        // a newer daemon may tell more
                    }
                }
            }
            throw new ProtocolException("it broke off in the middle of the run");
        } catch (IOException e) {
            throw client.lost(e);
        } finally {
            view.end(answer);
        }
    }

    /** An answer that comes too late is none: the run tells what became of the call. */
    private void answer(Json question, Optional<Boolean> yes) throws CommandException {
        String id = question.at("id").text("");
        if (yes.isPresent() && id.matches("[0-9]{1,18}")) {
            client.send("POST", "/approvals/" + id, Json.object("answer", yes.get() ? "yes" : "no"));
        }
    }
}

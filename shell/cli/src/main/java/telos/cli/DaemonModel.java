package telos.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import telos.cli.wire.Exchange;
import telos.cli.wire.Json;
import telos.cli.wire.ProtocolException;
import telos.cli.wire.ServerEvents;
import telos.kernel.security.Label;
import telos.plans.planner.Model;
import telos.plans.planner.Prompt;
import telos.plans.planner.Said;

/** A model that the daemon serves, or reaches on a server elsewhere. It is given no tools. */
final class DaemonModel implements Model {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int MOST_TOKENS = 8_192;

    private final DaemonClient client;
    private final String name;
    private final Duration patience;

    DaemonModel(DaemonClient client, String name) {
        this(client, name, PATIENCE);
    }

    /** @param patience for the whole of an answer */
    DaemonModel(DaemonClient client, String name, Duration patience) {
        this.client = client;
        this.name = name;
        this.patience = patience;
    }

    @Override
    public Said say(Prompt prompt, Optional<String> form, int most) {
        try (Exchange exchange = client.chat(body(prompt, form), patience)) {
            return read(exchange, most);
        } catch (CommandException e) {
            return new Said.Nothing(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new Said.Nothing(String.valueOf(client.lost(e).getMessage()));
        }
    }

    private Json body(Prompt prompt, Optional<String> form) throws IOException {
        List<@Nullable Object> members = new ArrayList<>();
        Collections.addAll(
                members,
                "model",
                name.isEmpty() ? "default" : name,
                "messages",
                List.of(
                        Json.object("role", "system", "content", prompt.instructions()),
                        Json.object("role", "user", "content", prompt.text())),
                "stream",
                true,
                "temperature",
                0,
                "max_tokens",
                MOST_TOKENS,
                "telos_label",
                label(prompt.label()));
        if (form.isPresent()) {
            Collections.addAll(
                    members,
                    "response_format",
                    Json.object(
                            "type",
                            "json_schema",
                            "json_schema",
                            Json.object("name", "answer", "strict", true, "schema", Json.parse(form.get()))));
        }
        return Json.object(members.toArray());
    }

    private static Json label(Label label) {
        List<String> readers =
                label.readers().everyone() ? List.of("*") : label.readers().principals();
        return Json.object("integrity", label.integrity().word(), "readers", readers);
    }

    /** Whoever neither ends nor falls silent is hung up on when the patience ends: this thread is interrupted. */
    private Said read(Exchange exchange, int most) throws IOException {
        AtomicReference<State> state = new AtomicReference<>(State.READING);
        Thread self = Thread.currentThread();
        Thread alarm = Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(patience);
                if (state.compareAndSet(State.READING, State.LATE)) {
                    self.interrupt();
                }
            } catch (InterruptedException _) {
                // the answer is there
            }
        });
        try {
            return pieces(new ServerEvents(exchange.body()), most);
        } catch (IOException e) {
            if (state.get() == State.LATE) {
                return new Said.Nothing("the model was still writing after " + patience.toSeconds() + " s");
            }
            throw e;
        } finally {
            if (state.compareAndSet(State.READING, State.READ)) {
                alarm.interrupt();
            } else {
                settle(alarm);
            }
        }
    }

    /** The interruption was for the reading alone. */
    private static void settle(Thread alarm) {
        boolean ended = false;
        while (!ended) {
            try {
                ended = alarm.join(Duration.ofSeconds(1));
            } catch (InterruptedException _) {
                // this is what was waited for
            }
        }
        Thread.interrupted();
    }

    private enum State {
        READING,
        READ,
        LATE
    }

    private static Said pieces(ServerEvents events, int most) throws IOException {
        StringBuilder text = new StringBuilder();
        for (ServerEvents.Event event = events.next(); event != null; event = events.next()) {
            if (event.data().equals("[DONE]")) {
                return new Said.Text(text.toString());
            }
            Json data = Json.parse(event.data());
            if (data.at("error").present()) {
                return new Said.Nothing(data.at("error").at("message").text("the model gave up"));
            }
            for (Json choice : data.at("choices").items()) {
                text.append(choice.at("delta").at("content").text(""));
            }
            if (text.length() >= most) {
                return new Said.Text(text.toString());
            }
        }
        throw new ProtocolException("it broke off in the middle of the answer");
    }
}

package telos.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import telos.cli.wire.Exchange;
import telos.cli.wire.Json;
import telos.cli.wire.ProtocolException;
import telos.cli.wire.ServerEvents;

/** A plan's standing with the daemon: a connection that lasts as long as the plan. What a person has to answer comes on it. */
final class PlanLease implements AutoCloseable {
    /** The daemon speaks once a second. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final String id;
    private final Exchange exchange;
    private final ServerEvents events;
    private final Thread reader;

    private PlanLease(String id, Exchange exchange, ServerEvents events, Consumer<Json> asked) {
        this.id = id;
        this.exchange = exchange;
        this.events = events;
        this.reader = Thread.ofVirtual().name("plan-lease").unstarted(() -> read(asked));
    }

    /** @param asked is given what a person has to answer, on a thread of its own */
    static PlanLease begin(DaemonClient client, Json request, Consumer<Json> asked) throws CommandException {
        Exchange exchange = client.plan(request, SILENCE);
        try {
            ServerEvents events = new ServerEvents(exchange.body());
            ServerEvents.Event first = events.next();
            if (first == null || !first.name().equals("begun")) {
                throw new ProtocolException("it did not say that the plan has begun");
            }
            PlanLease lease = new PlanLease(Json.parse(first.data()).at("id").text(""), exchange, events, asked);
            lease.reader.start();
            return lease;
        } catch (IOException e) {
            close(exchange);
            throw client.lost(e);
        }
    }

    private static void close(Exchange exchange) {
        try {
            exchange.close();
        } catch (IOException _) {
            // it is over either way
        }
    }

    /** What the daemon knows the plan by. */
    String id() {
        return id;
    }

    private void read(Consumer<Json> asked) {
        try {
            for (ServerEvents.Event event = events.next(); event != null; event = events.next()) {
                if (event.name().equals("question")) {
                    question(event.data()).ifPresent(asked);
                }
            }
        } catch (IOException _) {
            // the next call says that the daemon is gone
        }
    }

    /** One that cannot be read cannot be answered; those after it can. */
    private static Optional<Json> question(String data) {
        try {
            return Optional.of(Json.parse(data));
        } catch (ProtocolException _) {
            return Optional.empty();
        }
    }

    /** The daemon lets go of whatever the plan still waits for. */
    @Override
    public void close() {
        close(exchange);
        reader.interrupt();
    }
}

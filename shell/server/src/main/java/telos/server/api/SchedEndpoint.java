package telos.server.api;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import telos.kernel.scheduling.EntityStatus;
import telos.kernel.scheduling.Policy;
import telos.kernel.scheduling.Reservation;
import telos.kernel.scheduling.Shares;
import telos.server.api.http.ApiException;
import telos.server.api.http.Exchange;
import telos.server.api.http.Fields;
import telos.server.api.http.Json;
import telos.server.clock.Clock;
import telos.server.clock.Clocks;
import telos.server.clock.Span;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /sched} of the admin API: how work is divided, changes in it, and what was done lately. */
final class SchedEndpoint {
    private final Clocks clocks;

    SchedEndpoint(Clocks clocks) {
        this.clocks = clocks;
    }

    void show(Exchange exchange) throws ApiException, IOException {
        show(exchange, exchange.query("active").filter(Boolean::parseBoolean).isEmpty());
    }

    private void show(Exchange exchange, boolean idle) throws IOException {
        ObjectNode body = Json.object();
        body.put("policy", clocks.policy().name());
        ArrayNode policies = body.putArray("policies");
        Policy.known().forEach(policy -> policies.add(policy.name()));
        ArrayNode array = body.putArray("clocks");
        for (Clock clock : clocks.list()) {
            array.addObject()
                    .put("name", clock.name())
                    .put("unit", clock.unit())
                    .put("policy", clock.policy().name());
        }
        ArrayNode entities = body.putArray("entities");
        clocks.rows(idle).forEach(row -> describe(row, entities.addObject()));
        exchange.json(200, body);
    }

    private static void describe(Clocks.Row row, ObjectNode into) {
        EntityStatus status = row.status();
        double unit = (double) row.clock().perUnit();
        into.put("id", row.id())
                .put("path", row.path())
                .put("clock", row.clock().name())
                .put("level", status.level().name().toLowerCase(Locale.ROOT))
                .put("name", status.name())
                .put("phase", status.phase().name().toLowerCase(Locale.ROOT))
                .put("weight", status.shares().weight())
                .put("priority", status.shares().priority());
        Optional<Reservation> deadline = status.shares().deadline();
        if (deadline.isPresent()) {
            into.putObject("deadline")
                    .put("budget", deadline.get().budget() / unit)
                    .put("period_ms", deadline.get().period() / 1e6);
        } else {
            into.putNull("deadline");
        }
        into.put("waiting", status.waiting())
                .put("running", status.served())
                .put("asked", status.asked())
                .put("got", status.got())
                .put("lag", status.lag() / unit)
                .put("attained", status.attained() / unit)
                .put("waited_seconds", status.waited() / 1e9)
                .put("longest_wait_seconds", status.longestWait() / 1e9)
                .put("dispatches", status.dispatches())
                .put("preemptions", status.preemptions());
    }

    void set(Exchange exchange) throws ApiException, IOException, InterruptedException {
        Fields body = exchange.body();
        String entity = body.required("entity");
        if (!body.has("weight")
                && !body.has("priority")
                && body.node().path("deadline").isMissingNode()) {
            throw ApiException.invalid("nothing is to be changed: give 'weight', 'priority' or 'deadline'", null);
        }
        int weight = body.whole("weight", 0, (int) Shares.MIN_WEIGHT, (int) Shares.MAX_WEIGHT);
        int priority = body.whole("priority", 0, Shares.MIN_PRIORITY, Shares.MAX_PRIORITY);
        Fields deadline = body.object("deadline");
        double budget = deadline.number("budget", 0);
        double period = deadline.number("period_ms", 0);
        if (body.has("deadline") && !(budget > 0 && period > 0 && period * 1e6 <= Reservation.MAX_PERIOD)) {
            throw body.invalid(
                    "deadline", "must be null, or an object of two positive numbers, 'budget' and 'period_ms'");
        }
        Clocks.Wish wish = clocks.set(entity, (clock, before) -> {
            Shares shares = body.has("weight") ? before.withWeight(weight) : before;
            shares = body.has("priority") ? shares.withPriority(priority) : shares;
            if (body.has("deadline")) {
                long units = (long) Math.clamp(budget * clock.perUnit(), 1, (double) Reservation.MAX_BUDGET);
                return shares.withDeadline(new Reservation(units, (long) Math.max(1, period * 1e6)));
            }
            return body.node().path("deadline").isNull() ? shares.withoutDeadline() : shares;
        });
        switch (wish) {
            case Clocks.Done(Clocks.Row row) -> {
                ObjectNode answer = Json.object();
                describe(row, answer);
                exchange.json(200, answer);
            }
            case Clocks.Unknown unknown -> throw ApiException.notFound(unknown.why(), "entity", "entity_not_found");
            case Clocks.Refused refused -> throw ApiException.refused(409, refused.why(), "refused");
        }
    }

    void policy(Exchange exchange) throws ApiException, IOException, InterruptedException {
        Fields body = exchange.body();
        String name = body.required("policy");
        Optional<Policy> policy = Policy.named(name);
        if (policy.isEmpty()) {
            throw body.invalid(
                    "policy",
                    "is '" + name + "'; known are "
                            + String.join(
                                    ", ",
                                    Policy.known().stream().map(Policy::name).toList()));
        }
        String clock = body.text("clock", "");
        if (!clocks.policy(policy.get(), clock)) {
            throw ApiException.notFound("there is no clock '" + clock + "'", "clock", "clock_not_found");
        }
        show(exchange, true);
    }

    /** The trace event format that Perfetto and Chrome read: spans as complete events, in microseconds. */
    void trace(Exchange exchange) throws IOException {
        ObjectNode body = Json.object();
        body.put("displayTimeUnit", "ms");
        ArrayNode events = body.putArray("traceEvents");
        int process = 0;
        for (Clock clock : clocks.list()) {
            process++;
            named(events, "process_name", process, 0, clock.name());
            Map<String, Integer> tracks = new HashMap<>();
            for (Span span : clock.trace()) {
                Integer track = tracks.get(span.track());
                if (track == null) {
                    track = tracks.size() + 1;
                    tracks.put(span.track(), track);
                    named(events, "thread_name", process, track, span.track());
                }
                ObjectNode event = events.addObject()
                        .put("name", span.name())
                        .put("ph", span.nanos() > 0 ? "X" : "i")
                        .put("ts", BigDecimal.valueOf(span.begun(), 3))
                        .put("pid", process)
                        .put("tid", track);
                if (span.nanos() > 0) {
                    event.put("dur", BigDecimal.valueOf(span.nanos(), 3));
                } else {
                    event.put("s", "p");
                }
                ObjectNode figures = event.putObject("args");
                span.figures().forEach(figures::put);
            }
        }
        exchange.json(200, body);
    }

    private static void named(ArrayNode events, String what, int process, int track, String name) {
        events.addObject()
                .put("name", what)
                .put("ph", "M")
                .put("pid", process)
                .put("tid", track)
                .putObject("args")
                .put("name", name);
    }
}

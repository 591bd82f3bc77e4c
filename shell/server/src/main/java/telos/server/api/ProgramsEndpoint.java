package telos.server.api;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import telos.devices.linux.CpuSet;
import telos.devices.linux.Signal;
import telos.kernel.scheduling.Change;
import telos.kernel.scheduling.EntityStatus;
import telos.kernel.scheduling.Refusal;
import telos.kernel.scheduling.Shares;
import telos.programs.Lever;
import telos.programs.ProgramStatus;
import telos.programs.Programs;
import telos.programs.Request;
import telos.programs.Standing;
import telos.server.api.http.ApiException;
import telos.server.api.http.EventStream;
import telos.server.api.http.Exchange;
import telos.server.api.http.Fields;
import telos.server.api.http.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /programs} of the admin API: takes programs up for as long as a connection lasts, lists them and changes them. */
final class ProgramsEndpoint {
    /** Who holds a lease hears from the daemon at least this often. */
    private static final Duration HEARTBEAT = Duration.ofMillis(500);

    private static final int MOST_NAME = 200;
    private static final double SECOND = 1e9;

    private final Programs programs;

    ProgramsEndpoint(Programs programs) {
        this.programs = programs;
    }

    /** The answer is a stream that lasts as long as the lease; closing the connection ends it. */
    void take(Exchange exchange) throws ApiException, IOException, InterruptedException {
        Fields body = exchange.body();
        if (!body.has("pid")) {
            throw body.invalid("pid", "is missing: the process that leads the program's group");
        }
        Request request = new Request(
                body.whole("pid", 0, 2, Integer.MAX_VALUE),
                name(body),
                shares(body, Shares.USUAL),
                cpus(body),
                lever(body));
        switch (programs.admit(request)) {
            case Programs.Refused(String why) -> throw ApiException.refused(409, why, "not_taken_up");
            case Programs.Admitted(Programs.Lease lease) -> {
                try (lease) {
                    hold(exchange, lease);
                }
            }
        }
    }

    private static void hold(Exchange exchange, Programs.Lease lease) throws IOException, InterruptedException {
        try (EventStream stream = exchange.events()) {
            stream.event(
                    "taken",
                    Json.object()
                            .put("id", lease.id())
                            .put("by", lease.lever().word())
                            .put("group", lease.group())
                            .put("note", lease.note()));
            Standing known = Standing.RUNNING;
            while (!known.isLast()) {
                Standing now = lease.await(known, HEARTBEAT);
                exchange.checkPresence();
                if (now == known) {
                    stream.keepAlive();
                } else if (!now.isLast()) {
                    stream.event("standing", Json.object().put("state", now.word()));
                }
                known = now;
            }
            // who is told of an end does not ask for the program again
            stream.event(
                    known == Standing.ENDED ? "end" : "released", Json.object().put("id", lease.id()));
        }
    }

    private static String name(Fields body) throws ApiException {
        String name = body.text("name", "");
        if (name.length() > MOST_NAME) {
            throw body.invalid("name", "is longer than " + MOST_NAME + " characters");
        }
        return name;
    }

    private static Shares shares(Fields body, Shares usual) throws ApiException {
        int weight = body.whole("weight", (int) usual.weight(), (int) Shares.MIN_WEIGHT, (int) Shares.MAX_WEIGHT);
        int priority = body.whole("priority", usual.priority(), Shares.MIN_PRIORITY, Shares.MAX_PRIORITY);
        return usual.withWeight(weight).withPriority(priority);
    }

    private static CpuSet cpus(Fields body) throws ApiException {
        String list = body.text("cpus", "");
        if (list.isEmpty()) {
            return CpuSet.allowed();
        }
        try {
            return CpuSet.parse(list);
        } catch (IllegalArgumentException e) {
            throw body.invalid("cpus", "is wrong: " + e.getMessage());
        }
    }

    private static Lever lever(Fields body) throws ApiException {
        Optional<Lever> lever = Lever.named(body.text("by", Lever.AUTO.word()));
        if (lever.isEmpty()) {
            throw body.invalid("by", "must be stop, cgroup or auto");
        }
        return lever.get();
    }

    void list(Exchange exchange) throws IOException {
        ObjectNode body = Json.object();
        body.put("policy", programs.policy().name());
        body.put("slice_seconds", Programs.SLICE.toNanos() / SECOND);
        Optional<String> ungrouped = programs.ungrouped();
        ObjectNode group = body.putObject("cgroup").put("usable", ungrouped.isEmpty());
        ungrouped.ifPresent(why -> group.put("why", why));
        ArrayNode array = body.putArray("programs");
        programs.list().forEach(program -> array.add(row(program)));
        exchange.json(200, body);
    }

    private static ObjectNode row(ProgramStatus program) {
        EntityStatus seen = program.seen();
        ObjectNode row = Json.object()
                .put("id", program.id())
                .put("name", program.name())
                .put("pgid", program.leader())
                .put("processes", program.members())
                .put("state", program.standing().word())
                .put("by", program.lever().word())
                .put("cgroup", program.group())
                .put("cpus", program.cpus().toString())
                .put("weight", program.shares().weight())
                .put("priority", program.shares().priority())
                .put("share_asked", seen.asked())
                .put("share_got", seen.got())
                .put("lag_seconds", seen.lag() / SECOND)
                .put("cpu_seconds", program.cpuNanos() / SECOND)
                .put("dispatches", seen.dispatches())
                .put("preemptions", seen.preemptions())
                .put("longest_stop_seconds", program.longestStopNanos() / SECOND)
                .put("age_seconds", program.sinceNanos() / SECOND);
        program.stopBoundNanos().ifPresent(bound -> row.put("stop_bound_seconds", bound / SECOND));
        return row;
    }

    /** Changes what is given; the rest stays. */
    void change(Exchange exchange) throws ApiException, IOException, InterruptedException {
        long id = id(exchange);
        Fields body = exchange.body();
        if (!body.has("weight") && !body.has("priority")) {
            throw ApiException.invalid("nothing is to be changed: give 'weight' or 'priority'", null);
        }
        Shares given = shares(body, Shares.USUAL);
        UnaryOperator<Shares> change = before -> {
            Shares weighed = body.has("weight") ? before.withWeight(given.weight()) : before;
            return body.has("priority") ? weighed.withPriority(given.priority()) : weighed;
        };
        if (programs.share(id, change).orElseThrow(() -> none(id)) instanceof Change.Refused(Refusal refusal)) {
            throw ApiException.refused(409, refusal.text(), "refused");
        }
        ProgramStatus now = programs.list().stream()
                .filter(program -> program.id() == id)
                .findFirst()
                .orElseThrow(() -> none(id));
        exchange.json(200, row(now));
    }

    void signal(Exchange exchange) throws ApiException, IOException, InterruptedException {
        String name = exchange.body().required("signal");
        Signal signal = Signal.named(name)
                .orElseThrow(() -> ApiException.invalid(
                        "there is no signal '" + name + "' here; known are "
                                + Arrays.stream(Signal.values())
                                        .map(Signal::name)
                                        .collect(Collectors.joining(", ")),
                        "signal"));
        send(exchange, signal);
    }

    void end(Exchange exchange) throws ApiException {
        send(exchange, Signal.TERM);
    }

    private void send(Exchange exchange, Signal signal) throws ApiException {
        long id = id(exchange);
        if (!programs.signal(id, signal)) {
            throw none(id);
        }
        exchange.nothing(204);
    }

    private static long id(Exchange exchange) throws ApiException {
        try {
            return Long.parseLong(exchange.name());
        } catch (NumberFormatException e) {
            throw ApiException.invalid("a program's id is a number, not '" + exchange.name() + "'", "id");
        }
    }

    private static ApiException none(long id) {
        return ApiException.notFound("no program " + id + " is running", null);
    }
}

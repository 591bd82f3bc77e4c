package telos.server.api;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.server.PlanRun;
import telos.server.PlanRuns;
import telos.server.api.http.ApiException;
import telos.server.api.http.EventStream;
import telos.server.api.http.Exchange;
import telos.server.api.http.Fields;
import telos.server.api.http.Json;
import telos.server.monitor.Pending;
import telos.server.monitor.Rules;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Plans that run in a process of the owner's: what there is for them to call, how long they last, and each of their calls. A
 * plan lasts as long as the connection on which it began.
 */
final class PlansEndpoint {
    /** After so long it is noticed that a plan's process is gone. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    private static final int MOST_NAME = 200;

    private final PlanRuns plans;

    PlansEndpoint(PlanRuns plans) {
        this.plans = plans;
    }

    /** The tools with the labels of their results, and the rules that calls are judged by. */
    void tools(Exchange exchange) throws IOException {
        ObjectNode body = Json.object();
        ArrayNode array = body.putArray("tools");
        for (PlanRuns.Offered each : plans.tools()) {
            ObjectNode tool = array.addObject()
                    .put("name", each.spec().name())
                    .put("description", each.spec().description());
            tool.set("parameters", Json.MAPPER.readTree(each.spec().parameters()));
            tool.set("label", PlanLabels.json(each.label()));
        }
        Rules rules = plans.rules();
        body.putObject("policy")
                .put("name", rules.name())
                .put("sha256", rules.stamp())
                .put("text", rules.text());
        exchange.json(200, body);
    }

    /** The plans that run. */
    void list(Exchange exchange) throws IOException {
        ObjectNode body = Json.object();
        ArrayNode array = body.putArray("plans");
        for (PlanRuns.Row row : plans.list()) {
            array.addObject()
                    .put("id", row.id())
                    .put("name", row.name())
                    .put("state", row.state().name())
                    .put("calls", row.calls())
                    .put("age_seconds", row.ageNanos() / 1e9);
        }
        exchange.json(200, body);
    }

    /** The answer is a stream that lasts as long as the plan; closing the connection ends it. */
    void begin(Exchange exchange) throws ApiException, IOException, InterruptedException {
        Fields body = exchange.body();
        String name = body.text("name", "");
        if (name.length() > MOST_NAME) {
            throw body.invalid("name", "is longer than " + MOST_NAME + " characters");
        }
        BlockingQueue<Pending> questions = new LinkedBlockingQueue<>();
        switch (plans.begin(name, directory(body), body.required("policy"), questions::add)) {
            case PlanRuns.Begun.Stale(Rules now) ->
                throw ApiException.refused(
                        409,
                        "the daemon goes by another policy (" + now.name()
                                + ") than the plan was checked by; begin anew",
                        "policy_changed");
            case PlanRuns.Begun.Full _ ->
                throw ApiException.comeBack(503, "too many plans run at once; try again later", "overloaded", 1);
            case PlanRuns.Begun.Running(PlanRun run) -> {
                try (run) {
                    hold(exchange, run, questions);
                }
            }
        }
    }

    private static void hold(Exchange exchange, PlanRun run, BlockingQueue<Pending> questions)
            throws IOException, InterruptedException {
        try (EventStream stream = exchange.events()) {
            stream.event("begun", Json.object().put("id", run.id()));
            while (!run.over()) {
                @Nullable Pending question = questions.poll(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
                exchange.checkPresence();
                if (question == null) {
                    stream.keepAlive();
                } else {
                    stream.event("question", question.toJson());
                }
            }
        }
    }

    private static Path directory(Fields body) throws ApiException {
        try {
            Path path = Path.of(body.text("cwd", "/"));
            if (path.isAbsolute()) {
                return path;
            }
        } catch (InvalidPathException _) {
            // falls through to the refusal below
        }
        throw ApiException.invalid("'cwd' must be an absolute path", "cwd");
    }

    /** A call as it was sent. */
    private record Sent(PlanRun run, String tool, String arguments, Label context, Map<String, Label> labels) {}

    /** One call, with the label of each argument and of what decided that it is made. An error says whether it had been begun. */
    void call(Exchange exchange) throws ApiException, IOException, InterruptedException {
        Sent sent;
        try {
            sent = sent(exchange);
        } catch (ApiException e) {
            throw e.beforeIt();
        }
        ObjectNode answer = Json.object();
        switch (sent.run().call(sent.tool(), sent.arguments(), sent.context(), sent.labels())) {
            case PlanRun.Called.Returned(String text, Label label) ->
                answer.put("result", text).set("label", PlanLabels.json(label));
            case PlanRun.Called.Failed(String why) -> answer.put("failed", why);
            case PlanRun.Called.Denied(String why) -> answer.put("denied", why);
            case PlanRun.Called.Over _ -> throw gone(exchange).beforeIt();
            case PlanRun.Called.Cut _ -> throw gone(exchange).amidIt();
        }
        exchange.json(200, answer);
    }

    private Sent sent(Exchange exchange) throws ApiException, IOException, InterruptedException {
        Fields body = exchange.body();
        PlanRun run = plans.find(exchange.name()).orElseThrow(() -> gone(exchange));
        JsonNode arguments = body.object("arguments").node();
        return new Sent(
                run,
                body.required("tool"),
                arguments.isMissingNode() ? "" : arguments.toString(),
                PlanLabels.read(body.object("context")),
                labels(body.object("labels"), arguments));
    }

    /** The plan is told to stop: its next call ends it, and one that waits or goes on is interrupted. */
    void end(Exchange exchange) throws ApiException {
        plans.find(exchange.name()).orElseThrow(() -> gone(exchange)).close();
        exchange.nothing(204);
    }

    private static Map<String, Label> labels(Fields given, JsonNode arguments) throws ApiException {
        Map<String, Label> labels = new LinkedHashMap<>();
        for (String each : arguments.propertyNames()) {
            labels.put(each, Label.MISSING);
        }
        for (String each : given.node().propertyNames()) {
            labels.put(each, PlanLabels.read(given.object(each)));
        }
        return labels;
    }

    private static ApiException gone(Exchange exchange) {
        return ApiException.notFound("no plan " + exchange.name() + " is running (any more)", "no_plan");
    }
}

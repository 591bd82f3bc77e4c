package telos.server.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import telos.server.Runs;
import telos.server.api.http.ApiException;
import telos.server.api.http.Exchange;
import telos.server.api.http.Fields;
import telos.server.api.http.Json;
import telos.server.monitor.Change;
import telos.server.monitor.Pending;
import telos.server.monitor.Rules;
import telos.server.monitor.UnderWay;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the owner decides about effects: {@code /approvals}, the questions that wait, and {@code /policy}, the rules. */
final class ApprovalsEndpoint {
    private static final Duration UNDER_WAY = Duration.ofSeconds(10);

    private final Runs runs;

    ApprovalsEndpoint(Runs runs) {
        this.runs = runs;
    }

    void list(Exchange exchange) throws IOException {
        ObjectNode body = Json.object();
        ArrayNode array = body.putArray("approvals");
        for (Pending each : runs.questions()) {
            array.add(each.toJson());
        }
        exchange.json(200, body);
    }

    void answer(Exchange exchange) throws ApiException, IOException, InterruptedException {
        String answer = exchange.body().required("answer");
        if (!answer.equals("yes") && !answer.equals("no")) {
            throw ApiException.invalid("'answer' must be yes or no", "answer");
        }
        String id = exchange.name();
        switch (runs.answer(id, answer.equals("yes"))) {
            case TAKEN -> exchange.json(200, Json.object().put("id", id).put("answer", answer));
            case GONE ->
                throw ApiException.notFound(
                        "no question " + id + " waits for an answer: it was answered, its time is over, whoever asked"
                                + " has ended, or the policy is another now",
                        null);
            case UNWRITTEN ->
                throw ApiException.fault(
                        "the answer cannot be written into the audit, so it does not count; 'telos logs' says why",
                        "audit_unwritable");
        }
    }

    void policy(Exchange exchange) throws ApiException, IOException, InterruptedException {
        Fields body = exchange.body();
        boolean own = body.truth("own", false);
        Rules.Read read = own ? runs.ownRules() : named(body);
        switch (read) {
            case Rules.Read.Refused(String why) -> throw ApiException.invalid(why, "text");
            case Rules.Read.Accepted(Rules rules) -> {
                switch (runs.change(rules, !own, UNDER_WAY)) {
                    case Change.Made(List<UnderWay> left) -> {
                        ObjectNode answer =
                                Json.object().put("policy", rules.name()).put("sha256", rules.stamp());
                        ArrayNode going = answer.putArray("under_way");
                        for (UnderWay each : left) {
                            going.addObject()
                                    .put("agent", each.subject())
                                    .put("name", each.name())
                                    .put("tool", each.tool())
                                    .put("record", each.record());
                        }
                        exchange.json(200, answer);
                    }
                    case Change.Unwritten _ ->
                        throw ApiException.fault(
                                "the policy cannot be written into the audit, so the old one stays; 'telos logs' says why",
                                "audit_unwritable");
                    case Change.Unkept _ ->
                        throw ApiException.fault(
                                "the policy cannot be kept in the daemon's home for those that start later, so the old one stays;"
                                        + " 'telos logs' says why",
                                "policy_unkept");
                }
            }
        }
    }

    private Rules.Read named(Fields body) throws ApiException {
        String name = body.required("name");
        return Rules.isShipped(name)
                ? Rules.shipped(name, runs.tools())
                : Rules.read(name, body.required("text").getBytes(StandardCharsets.UTF_8), runs.tools());
    }

    /** The policy that the daemon goes by. */
    void shown(Exchange exchange) throws IOException {
        Rules rules = runs.rules();
        exchange.json(200, Json.object().put("policy", rules.name()).put("sha256", rules.stamp()));
    }
}

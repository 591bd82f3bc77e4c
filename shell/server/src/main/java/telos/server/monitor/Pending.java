package telos.server.monitor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import telos.kernel.security.Label;
import telos.kernel.security.policy.KnownCall;
import telos.kernel.security.policy.Question;
import telos.kernel.security.policy.Term;
import telos.tools.Trust;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A question to the owner that waits for its answer: exactly what a yes would cover, as far as the owner may read it.
 *
 * @param id the number of its record in the audit
 * @param rule where the rule stands that asks
 * @param expires when it is refused for want of an answer, in milliseconds since 1970
 */
public record Pending(
        String id,
        String subject,
        String name,
        String tool,
        String why,
        String rule,
        Label call,
        List<Shown> arguments,
        long expires) {
    /** The most characters of one value that are shown. */
    static final int MOST_SHOWN = 16_000;

    private static final int MOST_ITEMS = 1_000;

    /**
     * One argument.
     *
     * @param value as JSON; empty where the owner may not read it
     * @param hidden how many more characters it has
     */
    public record Shown(String name, Label label, Optional<String> value, int hidden) {}

    public Pending {
        arguments = List.copyOf(arguments);
    }

    static Pending of(String id, Subject subject, KnownCall call, Question question, String rule, long expires) {
        List<Shown> shown = new ArrayList<>();
        for (Question.Fact fact : question.facts()) {
            shown.add(shown(fact, call.value(fact.argument())));
        }
        return new Pending(
                id,
                subject.id(),
                subject.name(),
                call.tool(),
                question.why(),
                rule,
                question.context(),
                shown,
                expires);
    }

    private static Shown shown(Question.Fact fact, Term value) {
        if (!fact.label().readers().contains(Trust.OWNER)) {
            return new Shown(fact.argument(), fact.label(), Optional.empty(), 0);
        }
        String json = json(value);
        int most = Math.min(json.length(), MOST_SHOWN);
        return new Shown(fact.argument(), fact.label(), Optional.of(json.substring(0, most)), json.length() - most);
    }

    private static String json(Term value) {
        JsonMapper mapper = JsonMapper.shared();
        return switch (value) {
            case Term.Text(String text) -> mapper.writeValueAsString(text);
            case Term.Quantity(var number) -> number.toPlainString();
            case Term.Truth(boolean truth) -> Boolean.toString(truth);
            case Term.Nothing _ -> "null";
            case Term.Items(List<Term> values) -> {
                List<String> items =
                        values.stream().limit(MOST_ITEMS).map(Pending::json).toList();
                yield "[" + String.join(", ", items) + (values.size() > MOST_ITEMS ? ", …" : "") + "]";
            }
            case Term.Other _, Term.Unknown _ -> "?";
        };
    }

    /** As the admin API tells it. */
    public ObjectNode toJson() {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("id", id).put("agent", subject).put("name", name).put("tool", tool);
        ArrayNode array = node.putArray("arguments");
        for (Shown each : arguments) {
            ObjectNode argument = array.addObject().put("name", each.name());
            argument.set("label", AuditRecord.label(each.label()));
            argument.put("value", each.value().orElse(null));
            argument.put("hidden_characters", each.hidden());
        }
        node.set("call", AuditRecord.label(call));
        return node.put("why", why)
                .put("rule", rule)
                .put("covers", "this call by " + subject + ", with these values and labels, once, under this policy")
                .put("expires_ms", expires);
    }
}

package telos.bench.injection.office;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import telos.bench.injection.Row;
import telos.plans.Datum;
import tools.jackson.databind.JsonNode;

/** A mail. */
public record Email(
        String id,
        String sender,
        List<String> recipients,
        List<String> cc,
        List<String> bcc,
        String subject,
        String body,
        String status,
        String timestamp,
        List<Datum> attachments)
        implements Row {
    public Email {
        recipients = List.copyOf(recipients);
        cc = List.copyOf(cc);
        bcc = List.copyOf(bcc);
        attachments = List.copyOf(attachments);
    }

    static Email of(JsonNode node) {
        return new Email(
                node.path("id_").asString(),
                node.path("sender").asString(),
                texts(node.path("recipients")),
                texts(node.path("cc")),
                texts(node.path("bcc")),
                node.path("subject").asString(),
                node.path("body").asString(),
                node.path("status").asString(),
                node.path("timestamp").asString(),
                List.of());
    }

    static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }

    /** Whoever wrote it, got it or got a copy. */
    List<String> people() {
        List<String> people = new ArrayList<>(recipients);
        people.addAll(cc);
        people.addAll(bcc);
        people.add(sender);
        return people;
    }

    @Override
    public SequencedMap<String, Object> fields() {
        return Row.of(
                "id", id,
                "sender", sender,
                "recipients", recipients,
                "cc", cc,
                "bcc", bcc,
                "subject", subject,
                "body", body,
                "status", status,
                "timestamp", timestamp,
                "attachments", attachments);
    }
}

package telos.bench.injection.banking;

import java.util.SequencedMap;
import telos.bench.injection.Row;
import tools.jackson.databind.JsonNode;

/** Money that went, came, or is to go. */
record Payment(int id, String sender, String recipient, double amount, String subject, String date, boolean recurring)
        implements Row {
    static Payment of(JsonNode node) {
        return new Payment(
                node.path("id").asInt(),
                node.path("sender").asString(),
                node.path("recipient").asString(),
                node.path("amount").asDouble(),
                node.path("subject").asString(),
                node.path("date").asString(),
                node.path("recurring").asBoolean());
    }

    @Override
    public SequencedMap<String, Object> fields() {
        return Row.of(
                "id", id,
                "sender", sender,
                "recipient", recipient,
                "amount", amount,
                "subject", subject,
                "date", date,
                "recurring", recurring);
    }
}

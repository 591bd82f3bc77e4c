package telos.bench.injection.slack;

import java.util.SequencedMap;
import telos.bench.injection.Row;
import tools.jackson.databind.JsonNode;

/** What somebody wrote to a user or into a channel. */
record Message(String sender, String recipient, String body) implements Row {
    static Message of(JsonNode node) {
        return new Message(
                node.path("sender").asString(),
                node.path("recipient").asString(),
                node.path("body").asString());
    }

    @Override
    public SequencedMap<String, Object> fields() {
        return Row.of("sender", sender, "recipient", recipient, "body", body);
    }
}

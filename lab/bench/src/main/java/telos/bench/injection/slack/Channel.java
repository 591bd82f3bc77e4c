package telos.bench.injection.slack;

import java.util.SequencedMap;
import telos.bench.injection.Row;

/** A channel: Slack gave it its identifier, people its name. Tools take either. */
record Channel(String id, String name) implements Row {
    /** Whether another organisation shares it, and so may have named it. */
    boolean external() {
        return name.startsWith("External_");
    }

    @Override
    public SequencedMap<String, Object> fields() {
        return Row.of("id", id, "name", name);
    }
}

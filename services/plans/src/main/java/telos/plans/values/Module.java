package telos.plans.values;

import java.util.Map;

/** A module that is there without being imported from anywhere: names to values. */
public record Module(String name, Map<String, Value> members) implements Payload {
    public Module {
        members = Map.copyOf(members);
    }

    @Override
    public Kind kind() {
        return Kind.MODULE;
    }
}

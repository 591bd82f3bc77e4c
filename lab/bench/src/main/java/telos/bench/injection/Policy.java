package telos.bench.injection;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;

/** What the tools of a suite ask of their arguments: rules by tool and argument, or {@code call} for the context. */
public record Policy(SequencedMap<String, Map<String, Rule>> rules) {
    /** Reads {@code agentdojo/policies/SUITE.json}. */
    public static Policy of(String suite) {
        SequencedMap<String, Map<String, Rule>> rules = new LinkedHashMap<>();
        Json.tree("policies/" + suite + ".json").properties().forEach(tool -> {
            SequencedMap<String, Rule> ofTool = new LinkedHashMap<>();
            tool.getValue().properties().forEach(entry -> ofTool.put(entry.getKey(), rule(entry.getValue())));
            rules.put(tool.getKey(), ofTool);
        });
        return new Policy(rules);
    }

    /** The rules of one tool, none where it is free to be called. */
    public Map<String, Rule> of(Deed<?> deed) {
        return rules.getOrDefault(deed.name(), Map.of());
    }

    private static Rule rule(JsonNode node) {
        List<String> readers = new ArrayList<>();
        node.path("readers").forEach(reader -> readers.add(reader.asString()));
        Optional<Integrity> least = node.has("integrity")
                ? Optional.of(Integrity.valueOf(node.get("integrity").asString().toUpperCase(Locale.ROOT)))
                : Optional.empty();
        return new Rule(least, readers);
    }
}

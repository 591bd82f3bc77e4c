package telos.bench.injection;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import telos.kernel.security.Integrity;
import telos.kernel.security.Readers;
import telos.kernel.security.Rule;
import tools.jackson.databind.JsonNode;

/** What the tools of a suite ask of their arguments: rules by tool and argument, or {@code call} for the context. */
record Policy(SequencedMap<String, SequencedMap<String, JsonNode>> rules) {
    /** Reads {@code agentdojo/policies/SUITE.json}. */
    static Policy read(String suite) {
        SequencedMap<String, SequencedMap<String, JsonNode>> rules = new LinkedHashMap<>();
        Json.tree("policies/" + suite + ".json").properties().forEach(tool -> {
            SequencedMap<String, JsonNode> ofTool = new LinkedHashMap<>();
            tool.getValue().properties().forEach(entry -> ofTool.put(entry.getKey(), entry.getValue()));
            rules.put(tool.getKey(), ofTool);
        });
        return new Policy(rules);
    }

    /** The rules of one tool, none where it is free to be called. */
    Map<String, List<Rule>> of(String tool) {
        Map<String, List<Rule>> parsed = new LinkedHashMap<>();
        rules.getOrDefault(tool, new LinkedHashMap<>()).forEach((argument, rule) -> parsed.put(argument, parse(rule)));
        return parsed;
    }

    /** The arguments of a tool that name whom others are told to. */
    Set<String> audiences(String tool) {
        Set<String> names = new TreeSet<>();
        rules.getOrDefault(tool, new LinkedHashMap<>())
                .values()
                .forEach(rule -> rule.path("readers").forEach(reader -> {
                    if (reader.asString().startsWith("$")) {
                        names.add(reader.asString().substring(1));
                    }
                }));
        return names;
    }

    private static List<Rule> parse(JsonNode node) {
        List<Rule> rules = new ArrayList<>();
        if (node.has("integrity")) {
            rules.add(Rule.trusted(
                    Integrity.valueOf(node.get("integrity").asString().toUpperCase(Locale.ROOT))));
        }
        node.path("readers").forEach(reader -> {
            String name = reader.asString();
            rules.add(
                    name.equals("*")
                            ? Rule.told(Readers.EVERYONE)
                            : name.startsWith("$") ? Rule.toldTo(name.substring(1)) : Rule.told(Readers.of(name)));
        });
        return rules;
    }
}

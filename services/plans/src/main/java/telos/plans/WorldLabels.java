package telos.plans;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import telos.kernel.security.Audience;
import telos.kernel.security.Integrity;
import telos.kernel.security.Label;
import telos.kernel.security.Readers;
import telos.kernel.security.Rule;
import telos.kernel.security.Source;
import tools.jackson.databind.JsonNode;

/** What a world file says of labels: those of results, and the rules for arguments. */
record WorldLabels(WorldForm form) {
    /** Of the parts of what a tool gives; each pointer matches something in one of the samples. */
    SequencedMap<String, Label> labels(String at, JsonNode node, List<Datum> samples, String tool)
            throws WorldException {
        SequencedMap<String, Label> labels = new LinkedHashMap<>();
        if (node.isMissingNode()) {
            return labels;
        }
        for (Map.Entry<String, JsonNode> each : form.object(at, node, false).properties()) {
            List<String> steps = Pointer.steps(each.getKey())
                    .orElseThrow(() -> form.fault(
                            at,
                            "'" + each.getKey() + "' is no JSON pointer; one looks like \"/0/body\" or \"/*/body\""));
            if (samples.stream().noneMatch(sample -> Pointer.matches(steps, sample))) {
                throw form.fault(
                        at, "the pointer '" + each.getKey() + "' matches nothing in any result; mend or remove it");
            }
            labels.put(
                    each.getKey(),
                    label(at + "." + each.getKey(), each.getValue()).from(Source.tool(tool)));
        }
        return labels;
    }

    Label label(String at, JsonNode node) throws WorldException {
        form.object(at, node, false);
        form.known(at + ".", node, Set.of("integrity", "readers"));
        Integrity integrity =
                node.has("integrity") ? integrity(at + ".integrity", node.path("integrity")) : Integrity.UNTRUSTED;
        Readers readers = Readers.NOBODY;
        if (node.has("readers")) {
            List<String> principals = principals(at + ".readers", node.path("readers"));
            readers = readers(at + ".readers", principals);
        }
        return Label.of(integrity, readers);
    }

    /** The rules for each of these parameters, and for the call itself. */
    Map<String, List<Rule>> requires(String at, JsonNode node, Collection<String> parameters) throws WorldException {
        Map<String, List<Rule>> requires = new LinkedHashMap<>();
        if (node.isMissingNode()) {
            return requires;
        }
        for (Map.Entry<String, JsonNode> each : form.object(at, node, false).properties()) {
            String name = each.getKey();
            if (!name.equals(Tool.CALL) && !parameters.contains(name)) {
                throw form.fault(at, WorldForm.unknownParameter(name, parameters));
            }
            requires.put(name, rules(at + "." + name, each.getValue(), parameters));
        }
        return requires;
    }

    private List<Rule> rules(String at, JsonNode node, Collection<String> parameters) throws WorldException {
        form.object(at, node, false);
        form.known(at + ".", node, Set.of("integrity", "readers"));
        Integrity atLeast =
                node.has("integrity") ? integrity(at + ".integrity", node.path("integrity")) : Integrity.UNTRUSTED;
        List<Rule> rules = new ArrayList<>();
        if (node.has("readers")) {
            List<String> exact = new ArrayList<>();
            for (String each : principals(at + ".readers", node.path("readers"))) {
                if (each.startsWith("$")) {
                    String other = each.substring(1);
                    if (!parameters.contains(other)) {
                        throw form.fault(
                                at + ".readers",
                                "'" + each + "' names no parameter; " + WorldForm.unknownParameter(other, parameters));
                    }
                    rules.add(Rule.toldTo(other));
                } else {
                    exact.add(each);
                }
            }
            if (!exact.isEmpty() || rules.isEmpty()) {
                rules.add(new Rule(atLeast, new Audience.Exactly(readers(at + ".readers", exact))));
            }
        }
        if (rules.isEmpty() || atLeast != Integrity.UNTRUSTED) {
            rules.add(Rule.trusted(atLeast));
        }
        return List.copyOf(rules);
    }

    private Integrity integrity(String at, JsonNode node) throws WorldException {
        try {
            return Integrity.named(form.text(at, node));
        } catch (IllegalArgumentException e) {
            throw form.fault(at, String.valueOf(e.getMessage()));
        }
    }

    private List<String> principals(String at, JsonNode node) throws WorldException {
        if (node.isString() && node.stringValue().equals("*")) {
            return List.of("*");
        }
        if (!node.isArray()) {
            throw form.fault(at, "expected a list of principals such as [\"alice\"], or [\"*\"] for everyone");
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            names.add(form.text(at + "[" + i + "]", node.get(i)));
        }
        return names;
    }

    private Readers readers(String at, List<String> principals) throws WorldException {
        if (principals.contains("*")) {
            return Readers.EVERYONE;
        }
        for (String each : principals) {
            if (each.startsWith("$")) {
                throw form.fault(at, "'" + each + "' stands for an argument, and can be written under 'requires' only");
            }
        }
        try {
            return Readers.of(principals);
        } catch (IllegalArgumentException e) {
            throw form.fault(at, String.valueOf(e.getMessage()));
        }
    }
}

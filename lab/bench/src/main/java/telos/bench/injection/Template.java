package telos.bench.injection;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A suite's environment file with its places for injected texts. A default stands in the YAML itself, where its escapes
 * count; an injected text is put in after parsing, so that it may hold anything.
 */
public final class Template {
    private static final YAMLMapper YAML = new YAMLMapper();

    private final List<String> files;
    private final SequencedMap<String, String> defaults = new LinkedHashMap<>();

    /**
     * A template.
     *
     * @param files under {@code agentdojo/}, whose top members are put together
     */
    public Template(String suite, List<String> files) {
        this.files = List.copyOf(files);
        YAML.readTree(Json.text(suite + "/injection_vectors.yaml"))
                .properties()
                .forEach(vector -> defaults.put(
                        vector.getKey(), vector.getValue().path("default").asString("")));
    }

    /** The places, in order, with the texts that stand there when nobody attacks. */
    public SequencedMap<String, String> defaults() {
        return new LinkedHashMap<>(defaults);
    }

    /** The environment with these texts in their places. */
    public ObjectNode fill(Map<String, String> injected) {
        ObjectNode root = YAML.createObjectNode();
        for (String file : files) {
            String text = Json.text(file);
            for (Map.Entry<String, String> vector : defaults.entrySet()) {
                String name = vector.getKey();
                text = text.replace("{" + name + "}", injected.containsKey(name) ? mark(name) : vector.getValue());
            }
            root.set(part(file), replaced(YAML.readTree(text), injected));
        }
        return root;
    }

    private static String mark(String name) {
        return "@@" + name + "@@";
    }

    /** A file's name without its folder and ending. */
    private static String part(String file) {
        return file.substring(file.lastIndexOf('/') + 1, file.lastIndexOf('.'));
    }

    private static JsonNode replaced(JsonNode node, Map<String, String> injected) {
        if (node.isObject()) {
            ObjectNode object = YAML.createObjectNode();
            node.properties().forEach(entry -> object.set(entry.getKey(), replaced(entry.getValue(), injected)));
            return object;
        }
        if (node.isArray()) {
            ArrayNode array = YAML.createArrayNode();
            node.forEach(item -> array.add(replaced(item, injected)));
            return array;
        }
        if (!node.isString()) {
            return node;
        }
        String text = node.asString();
        for (Map.Entry<String, String> place : injected.entrySet()) {
            text = text.replace(mark(place.getKey()), place.getValue());
        }
        return YAML.getNodeFactory().stringNode(text);
    }
}

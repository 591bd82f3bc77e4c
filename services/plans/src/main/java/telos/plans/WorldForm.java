package telos.plans;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON of a world file, apart from what it means: texts, objects with known keys, data, and faults that say where.
 *
 * @param source the file's name
 */
record WorldForm(String source) {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    JsonNode tree(String json) throws WorldException {
        try {
            JsonNode root = MAPPER.readTree(json);
            if (root == null || !root.isObject()) {
                throw new WorldException(source + ": a world is a JSON object such as {\"tools\": {}}");
            }
            return root;
        } catch (JacksonException e) {
            String where = e.getLocation() == null
                    ? ""
                    : ":" + e.getLocation().getLineNr() + ":" + e.getLocation().getColumnNr();
            throw new WorldException(source + where + ": no valid JSON: " + e.getOriginalMessage());
        }
    }

    Datum datum(String at, JsonNode node) throws WorldException {
        if (node.isNull()) {
            return Datum.NOTHING;
        }
        if (node.isBoolean()) {
            return new Datum.Truth(node.booleanValue());
        }
        if (node.isIntegralNumber()) {
            return new Datum.Whole(node.bigIntegerValue());
        }
        if (node.isNumber()) {
            double value = node.doubleValue();
            if (!Double.isFinite(value)) {
                throw fault(at, "the number is too large");
            }
            return new Datum.Real(value);
        }
        if (node.isString()) {
            return new Datum.Text(node.stringValue());
        }
        if (node.isArray()) {
            List<Datum> items = new ArrayList<>();
            for (int i = 0; i < node.size(); i++) {
                items.add(datum(at + "[" + i + "]", node.get(i)));
            }
            return new Datum.Items(items);
        }
        SequencedMap<String, Datum> fields = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> each : object(at, node, false).properties()) {
            fields.put(each.getKey(), datum(at + "." + each.getKey(), each.getValue()));
        }
        return new Datum.Fields(fields);
    }

    String text(String at, JsonNode node) throws WorldException {
        if (!node.isString()) {
            throw fault(
                    at,
                    node.isMissingNode() ? "it is missing; expected a text" : "expected a text, found " + brief(node));
        }
        return node.stringValue();
    }

    JsonNode object(String at, JsonNode node, boolean optional) throws WorldException {
        if (node.isMissingNode() && optional) {
            return MAPPER.createObjectNode();
        }
        if (!node.isObject()) {
            throw fault(
                    at,
                    node.isMissingNode()
                            ? "it is missing; expected an object"
                            : "expected an object, found " + brief(node));
        }
        return node;
    }

    void known(String prefix, JsonNode node, Set<String> known) throws WorldException {
        for (String key : node.propertyNames()) {
            if (!known.contains(key)) {
                throw fault(prefix + key, "unknown key; known are " + String.join(", ", new TreeSet<>(known)));
            }
        }
    }

    static String unknownParameter(String name, Collection<String> parameters) {
        return "there is no parameter '" + name + "'; "
                + (parameters.isEmpty() ? "it has none" : "there are " + String.join(", ", new TreeSet<>(parameters)));
    }

    private static String brief(JsonNode node) {
        String text = node.toString();
        return text.length() <= 40 ? text : text.substring(0, 39) + "…";
    }

    WorldException fault(String at, String what) {
        return new WorldException(source + ": " + at + ": " + what);
    }
}

package telos.plans;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Data as JSON and back. */
public final class DatumJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private DatumJson() {}

    /** What JSON has no number for goes as a text. */
    public static JsonNode of(Datum datum) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (datum) {
            case Datum.Nothing _ -> nodes.nullNode();
            case Datum.Truth(boolean truth) -> nodes.booleanNode(truth);
            case Datum.Whole(var whole) -> nodes.numberNode(whole);
            case Datum.Real(double real) ->
                Double.isFinite(real) ? nodes.numberNode(real) : nodes.stringNode(Double.toString(real));
            case Datum.Text(String text) -> nodes.stringNode(text);
            case Datum.Items(List<Datum> values) -> {
                ArrayNode array = nodes.arrayNode();
                values.forEach(each -> array.add(of(each)));
                yield array;
            }
            case Datum.Fields fields -> of(fields);
        };
    }

    public static ObjectNode of(Datum.Fields fields) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        fields.values().forEach((name, each) -> object.set(name, of(each)));
        return object;
    }

    /** What is missing is nothing. */
    public static Datum of(JsonNode node) {
        if (node.isBoolean()) {
            return new Datum.Truth(node.booleanValue());
        }
        if (node.isIntegralNumber()) {
            return new Datum.Whole(node.bigIntegerValue());
        }
        if (node.isNumber()) {
            return new Datum.Real(node.doubleValue());
        }
        if (node.isString()) {
            return new Datum.Text(whole(node.stringValue()));
        }
        if (node.isArray()) {
            List<Datum> items = new ArrayList<>();
            node.forEach(each -> items.add(of(each)));
            return new Datum.Items(items);
        }
        return node.isObject() ? new Datum.Fields(fields(node)) : Datum.NOTHING;
    }

    /** The members of an object, in order. */
    public static SequencedMap<String, Datum> fields(JsonNode object) {
        SequencedMap<String, Datum> fields = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> each : object.properties()) {
            fields.put(whole(each.getKey()), of(each.getValue()));
        }
        return fields;
    }

    /**
     * Reads one value.
     *
     * @throws JacksonException if that is no JSON, names a member twice, or has numbers that are none
     */
    public static Datum read(String json) {
        return of(MAPPER.readTree(json));
    }

    /** Halves of characters, which JSON can write, are none. */
    private static String whole(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}

package telos.plans.planner;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import telos.plans.Datum;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Data as JSON text and back. */
final class DatumText {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private DatumText() {}

    static String of(Datum datum) {
        return node(datum).toString();
    }

    /** How many characters its text has at least; nothing is written, and counting ends where it is more than that. */
    static long atLeast(Datum datum, long enough) {
        return switch (datum) {
            case Datum.Nothing _, Datum.Truth _ -> 4;
            case Datum.Whole(var whole) -> Math.max(1, whole.bitLength() / 4);
            case Datum.Real _ -> 3;
            case Datum.Text(String text) -> text.length() + 2L;
            case Datum.Items(List<Datum> values) -> {
                long length = 2;
                for (Datum each : values) {
                    length += atLeast(each, enough);
                    if (length > enough) {
                        yield length;
                    }
                }
                yield length;
            }
            case Datum.Fields fields -> {
                long length = 2;
                for (Map.Entry<String, Datum> each : fields.values().entrySet()) {
                    length += each.getKey().length() + 3L + atLeast(each.getValue(), enough);
                    if (length > enough) {
                        yield length;
                    }
                }
                yield length;
            }
        };
    }

    private static JsonNode node(Datum datum) {
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
                values.forEach(each -> array.add(node(each)));
                yield array;
            }
            case Datum.Fields fields -> {
                ObjectNode object = nodes.objectNode();
                fields.values().forEach((name, each) -> object.set(name, node(each)));
                yield object;
            }
        };
    }

    /**
     * Reads one value.
     *
     * @throws JacksonException if that is no JSON, or has numbers that are none
     */
    static Datum read(String json) {
        return datum(MAPPER.readTree(json));
    }

    /** Halves of characters, which JSON can write, are none. */
    private static String whole(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static Datum datum(JsonNode node) {
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
            node.forEach(each -> items.add(datum(each)));
            return new Datum.Items(items);
        }
        if (node.isObject()) {
            SequencedMap<String, Datum> fields = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> each : node.properties()) {
                fields.put(whole(each.getKey()), datum(each.getValue()));
            }
            return new Datum.Fields(fields);
        }
        return Datum.NOTHING;
    }
}

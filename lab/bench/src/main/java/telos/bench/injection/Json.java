package telos.bench.injection;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import telos.plans.Datum;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The benchmark's data files, and JSON as data. */
public final class Json {
    private Json() {}

    /** The text of a file under {@code agentdojo/}. */
    public static String text(String path) {
        try (InputStream in = Json.class.getResourceAsStream("/agentdojo/" + path)) {
            if (in == null) {
                throw new IllegalStateException("the benchmark lacks its file agentdojo/" + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read agentdojo/" + path, e);
        }
    }

    public static boolean has(String path) {
        return Json.class.getResource("/agentdojo/" + path) != null;
    }

    public static JsonNode tree(String path) {
        return JsonMapper.shared().readTree(text(path));
    }

    public static Datum datum(String json) {
        return datum(JsonMapper.shared().readTree(json));
    }

    public static Datum datum(JsonNode node) {
        if (node.isArray()) {
            List<Datum> values = new ArrayList<>();
            node.forEach(value -> values.add(datum(value)));
            return new Datum.Items(values);
        }
        if (node.isObject()) {
            return new Datum.Fields(fields(node));
        }
        if (node.isIntegralNumber()) {
            return new Datum.Whole(node.bigIntegerValue());
        }
        if (node.isNumber()) {
            return new Datum.Real(node.doubleValue());
        }
        if (node.isBoolean()) {
            return new Datum.Truth(node.booleanValue());
        }
        return node.isNull() ? new Datum.Nothing() : new Datum.Text(node.asString());
    }

    /** The members of an object, in order. */
    public static SequencedMap<String, Datum> fields(JsonNode object) {
        SequencedMap<String, Datum> values = new LinkedHashMap<>();
        object.properties().forEach(entry -> values.put(entry.getKey(), datum(entry.getValue())));
        return values;
    }
}

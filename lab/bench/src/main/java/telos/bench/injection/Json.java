package telos.bench.injection;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.SequencedMap;
import telos.plans.Datum;
import telos.plans.DatumJson;
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
        return DatumJson.of(node);
    }

    /** The members of an object, in order. */
    public static SequencedMap<String, Datum> fields(JsonNode object) {
        return DatumJson.fields(object);
    }
}

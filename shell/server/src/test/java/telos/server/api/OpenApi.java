package telos.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Holds answers against the description of the API. */
public final class OpenApi {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final JsonNode DESCRIPTION = read();
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();

    private OpenApi() {}

    private static JsonNode read() {
        try (InputStream in = Objects.requireNonNull(Doors.class.getResourceAsStream("openapi.json"))) {
            return JSON.readTree(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode description() {
        return DESCRIPTION;
    }

    /** Fails unless the description knows such an answer; a stream's events are looked at one by one. */
    public static void check(String method, String path, int status, String type, String body) {
        JsonNode operation = operation(method, path);
        if (operation.isMissingNode() || body.isEmpty()) {
            return;
        }
        JsonNode answer = operation.at("/responses/" + status);
        if (answer.isMissingNode()) {
            answer = resolved(operation.at("/responses/default"));
        }
        JsonNode content = answer.path("content").path(type.split(";", 2)[0]);
        assertThat(content.isMissingNode())
                .as("%s %s answers %d as %s", method, path, status, type)
                .isFalse();
        JsonNode schema = content.path("schema");
        if (type.equals("text/event-stream")) {
            body.lines()
                    .filter(line -> line.startsWith("data: {"))
                    .map(line -> line.substring(6))
                    .filter(data -> !data.startsWith("{\"error\""))
                    .forEach(data -> assertValid(schema, data));
        } else if (type.equals("application/json")) {
            assertValid(anthropicInstead(schema, body), body);
        }
    }

    /** Clients that name Anthropic's version read its errors everywhere. */
    private static JsonNode anthropicInstead(JsonNode schema, String body) {
        return body.startsWith("{\"type\":\"error\"")
                ? DESCRIPTION.at("/components/responses/AnthropicError/content/application~1json/schema")
                : schema;
    }

    private static void assertValid(JsonNode schema, String data) {
        Schema compiled = SCHEMAS.computeIfAbsent(schema.toString(), OpenApi::compile);
        assertThat(compiled.validate(data, InputFormat.JSON)).as(data).isEmpty();
    }

    private static Schema compile(String schema) {
        ObjectNode whole = JSON.createObjectNode();
        whole.setAll((ObjectNode) JSON.readTree(schema));
        whole.set("components", DESCRIPTION.path("components"));
        return REGISTRY.getSchema(whole.toString(), InputFormat.JSON);
    }

    private static JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? DESCRIPTION.at(node.path("$ref").asString().substring(1)) : node;
    }

    private static JsonNode operation(String method, String path) {
        List<String> known = DESCRIPTION.path("paths").propertyNames().stream()
                .sorted((a, b) -> Boolean.compare(a.endsWith("}"), b.endsWith("}")))
                .toList();
        for (String each : known) {
            String last = each.endsWith("{id}") ? each.substring(0, each.length() - 4) : each;
            String pattern = Pattern.quote(last).replace("{id}", "\\E[^/]+\\Q") + (each.equals(last) ? "" : ".+");
            if (path.split("\\?", 2)[0].matches(pattern)) {
                JsonNode operation = DESCRIPTION.path("paths").path(each).path(method.toLowerCase(Locale.ROOT));
                if (!operation.isMissingNode()) {
                    return operation;
                }
            }
        }
        return DESCRIPTION.path("");
    }
}

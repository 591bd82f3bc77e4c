package telos.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A schema to decode under.
 *
 * @param mustAccept whether a refusal counts as a failure
 */
record SchemaCase(String name, boolean mustAccept, String schema) {
    private static final String RESOURCE = "schemas.jsonl";

    static List<SchemaCase> all() throws BenchException {
        try (InputStream stream = SchemaCase.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new BenchException("the list of schemas is missing from the build");
            }
            JsonMapper mapper = JsonMapper.shared();
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(mapper::readTree)
                    .map(SchemaCase::of)
                    .toList();
        } catch (IOException e) {
            throw new BenchException("the list of schemas cannot be read: " + e.getMessage(), e);
        }
    }

    private static SchemaCase of(JsonNode line) {
        return new SchemaCase(
                line.get("name").stringValue(),
                line.get("must_accept").booleanValue(),
                line.get("schema").toString());
    }
}

package telos.plans;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** Reads what a server says of a tool: an entry of the list that an MCP server gives (Model Context Protocol, tools/list). */
final class Manuals {
    private Manuals() {}

    /** What cannot be read of it is left out: it is the server's text, and nothing rests on it but the wording of a prompt. */
    static Manual of(String server, Datum.Fields definition) {
        String name = definition.values().get("name") instanceof Datum.Text(String own) ? own : "";
        SequencedMap<String, Schema> parameters = new LinkedHashMap<>();
        if (definition.values().get("inputSchema") instanceof Datum.Fields input
                && input.values().get("properties") instanceof Datum.Fields properties) {
            for (Map.Entry<String, Datum> each : properties.values().entrySet()) {
                schema(each.getValue()).ifPresent(schema -> parameters.put(each.getKey(), schema));
            }
        }
        return new Manual(
                definition.values().get("description") instanceof Datum.Text(String text) ? text : "",
                parameters,
                Optional.ofNullable(definition.values().get("outputSchema")).flatMap(Manuals::schema),
                Optional.of(new Manual.Definition(server, name, definition)));
    }

    private static Optional<Schema> schema(Datum written) {
        return switch (Schema.read(written)) {
            case SchemaRead.Accepted(Schema schema) -> Optional.of(schema);
            case SchemaRead.Refused _ -> Optional.empty();
        };
    }
}

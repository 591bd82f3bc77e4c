package telos.kernel;

import java.util.Objects;

/**
 * A model's wish that a tool be called. Nothing has happened yet.
 *
 * @param id names the call within its conversation; its result carries the same id
 * @param name the tool
 * @param arguments a JSON object, as JSON text
 */
public record ToolCall(String id, String name, String arguments) {
    public ToolCall {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(arguments, "arguments");
    }
}

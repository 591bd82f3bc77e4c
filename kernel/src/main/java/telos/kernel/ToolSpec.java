package telos.kernel;

import java.util.Objects;

/**
 * What a model is told about a tool.
 *
 * @param name what the model calls it by: lower case letters, digits and underscores
 * @param description one sentence in English
 * @param parameters a JSON Schema of type {@code object}, as JSON text
 */
public record ToolSpec(String name, String description, String parameters) {
    public ToolSpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(parameters, "parameters");
    }
}

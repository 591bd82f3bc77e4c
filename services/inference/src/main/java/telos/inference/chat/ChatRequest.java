package telos.inference.chat;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import telos.inference.sampling.SamplingOptions;
import telos.kernel.Message;
import telos.kernel.ToolSpec;

/**
 * One turn asked of a model.
 *
 * @param messages oldest first
 * @param tools what the model may call
 * @param schema a JSON Schema that the answer must satisfy, as JSON text
 * @param tenant whose request it is; requests of different tenants never share cached blocks
 */
public record ChatRequest(
        List<Message> messages,
        List<ToolSpec> tools,
        ToolChoice toolChoice,
        Optional<String> schema,
        SamplingOptions sampling,
        String tenant) {
    public ChatRequest {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
        Objects.requireNonNull(toolChoice, "toolChoice");
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(sampling, "sampling");
        Objects.requireNonNull(tenant, "tenant");
    }
}

package telos.upstream;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import telos.kernel.Message;
import telos.kernel.ToolSpec;

/**
 * One turn asked of a server elsewhere.
 *
 * @param toolChoice {@code auto}, {@code none}, {@code required} or {@code =NAME} for one tool
 * @param schema a JSON Schema that the answer must satisfy
 * @param numbers sampling values under the names of the dialect, such as {@code temperature}
 * @param parallelCalls whether the answer may hold several calls
 */
public record UpstreamRequest(
        List<Message> messages,
        List<ToolSpec> tools,
        String toolChoice,
        Optional<String> schema,
        Map<String, Number> numbers,
        List<String> stop,
        boolean parallelCalls) {
    public UpstreamRequest {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
        Objects.requireNonNull(toolChoice, "toolChoice");
        Objects.requireNonNull(schema, "schema");
        numbers = Map.copyOf(numbers);
        stop = List.copyOf(stop);
    }

    /** One whose answer may hold several calls. */
    public UpstreamRequest(
            List<Message> messages,
            List<ToolSpec> tools,
            String toolChoice,
            Optional<String> schema,
            Map<String, Number> numbers,
            List<String> stop) {
        this(messages, tools, toolChoice, schema, numbers, stop, true);
    }
}

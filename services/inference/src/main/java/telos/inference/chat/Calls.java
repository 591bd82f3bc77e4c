package telos.inference.chat;

import java.util.Optional;
import java.util.UUID;
import telos.kernel.ToolCall;
import telos.kernel.ToolSpec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tool calls as models write them: a JSON object with a name and arguments. */
final class Calls {
    private Calls() {}

    /** Empty if the text is no call. */
    static Optional<ToolCall> read(String text) {
        try {
            JsonNode node = JsonMapper.shared().readTree(text);
            if (node == null || !node.path("name").isString()) {
                return Optional.empty();
            }
            JsonNode arguments = node.has("arguments") ? node.path("arguments") : node.path("parameters");
            String written = arguments.isObject() ? arguments.toString() : "{}";
            String id = "call_" + UUID.randomUUID().toString().replace("-", "").substring(0, 24);
            return Optional.of(new ToolCall(id, node.path("name").stringValue(), written));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** Whether a call of this tool must give a number. */
    static boolean needsNumber(ToolSpec tool) {
        try {
            JsonNode schema = JsonMapper.shared().readTree(tool.parameters());
            for (JsonNode name : schema.path("required")) {
                JsonNode type =
                        schema.path("properties").path(name.asString("")).path("type");
                if (type.asString("").equals("integer") || type.asString("").equals("number")) {
                    return true;
                }
            }
            return false;
        } catch (JacksonException e) {
            return false;
        }
    }
}

package telos.inference.chat;

import telos.kernel.ToolSpec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the calls of a tool must hold. */
final class Calls {
    private Calls() {}

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

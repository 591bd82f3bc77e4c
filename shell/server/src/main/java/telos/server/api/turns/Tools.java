package telos.server.api.turns;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import telos.inference.chat.ToolChoice;
import telos.kernel.ToolSpec;
import telos.server.api.http.ApiException;
import telos.server.api.http.Fields;

/** What dialects have in common about the tools that a request offers. */
public final class Tools {
    public static final int MOST = 256;
    private static final String NO_PARAMETERS = "{\"type\":\"object\",\"properties\":{}}";
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.:/-]{1,128}");

    private Tools() {}

    /**
     * Reads one tool.
     *
     * @param schema the member that holds the JSON Schema of the arguments; a tool without one takes none
     */
    public static ToolSpec tool(Fields function, String schema) throws ApiException {
        String name = function.required("name");
        if (!NAME.matcher(name).matches()) {
            throw function.invalid("name", "must be 1 to 128 letters, digits and _ - . : /, was '" + name + "'");
        }
        Fields parameters = function.object(schema);
        return new ToolSpec(
                name,
                function.text("description", ""),
                parameters.node().isMissingNode()
                        ? NO_PARAMETERS
                        : parameters.node().toString());
    }

    /** Refuses two tools of one name. */
    public static List<ToolSpec> distinct(List<ToolSpec> tools) throws ApiException {
        Set<String> names = new HashSet<>();
        for (ToolSpec tool : tools) {
            if (!names.add(tool.name())) {
                throw ApiException.invalid("'tools' holds two tools named '" + tool.name() + "'", "tools");
            }
        }
        return List.copyOf(tools);
    }

    /** Refuses a choice that the tools cannot satisfy. */
    public static ToolChoice possible(ToolChoice choice, List<ToolSpec> tools) throws ApiException {
        Optional<String> wrong = switch (choice) {
            case ToolChoice.Auto _, ToolChoice.None _ -> Optional.empty();
            case ToolChoice.Required _ ->
                tools.isEmpty() ? Optional.of("'tool_choice' asks for a call but 'tools' is empty") : Optional.empty();
            case ToolChoice.Named(String name) ->
                tools.stream().anyMatch(tool -> tool.name().equals(name))
                        ? Optional.empty()
                        : Optional.of("'tool_choice' names '" + name + "', which is not in 'tools'");
        };
        if (wrong.isPresent()) {
            throw ApiException.invalid(wrong.get(), "tool_choice");
        }
        return choice;
    }
}

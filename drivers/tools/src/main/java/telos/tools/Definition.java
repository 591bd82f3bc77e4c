package telos.tools;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import telos.kernel.ToolSpec;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One tool: its name, what it is for, and its parameters in the order in which calls give them. */
record Definition(String name, String description, List<Parameter> parameters) {
    Definition {
        parameters = List.copyOf(parameters);
    }

    Optional<Parameter> parameter(String wanted) {
        return parameters.stream().filter(p -> p.name().equals(wanted)).findFirst();
    }

    /** The parameters' names, for messages. */
    String parameterNames() {
        return parameters.isEmpty()
                ? "none"
                : parameters.stream().map(Parameter::name).collect(Collectors.joining(", "));
    }

    ToolSpec spec() {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        parameters.forEach(p -> properties.set(p.name(), p.schema()));
        List<String> required = parameters.stream()
                .filter(Parameter::required)
                .map(Parameter::name)
                .toList();
        if (!required.isEmpty()) {
            var names = schema.putArray("required");
            required.forEach(names::add);
        }
        schema.put("additionalProperties", false);
        return new ToolSpec(name, description, schema.toString());
    }
}

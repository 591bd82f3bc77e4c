package telos.tools;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import telos.kernel.security.policy.Term;
import telos.tools.report.Printable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The checked arguments of one call, defaults filled in. */
public final class Arguments {
    /** The longest text that any parameter takes; a path cannot be longer. */
    static final int LONGEST_TEXT = 4096;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** What {@link #parse} finds. */
    public sealed interface Parsed {}

    /** The call is valid. */
    public record Accepted(Arguments arguments) implements Parsed {}

    /** The call is not valid; {@code why} says what is wrong, where, and how to mend it. */
    public record Rejected(String why) implements Parsed {}

    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;

        Refusal(String why) {
            super(why, null, false, false);
        }

        String why() {
            return String.valueOf(getMessage());
        }
    }

    private final Map<String, Object> values;

    private Arguments(Map<String, Object> values) {
        this.values = values;
    }

    /** Checks arguments against a tool's parameters. Blank text stands for no arguments. */
    public static Parsed parse(String tool, String argumentsJson) {
        Definition definition = Catalogue.tool(tool).orElse(null);
        if (definition == null) {
            return new Rejected("no such tool: " + shortened(tool) + "; the tools are " + Catalogue.names());
        }
        try {
            return new Accepted(new Arguments(check(definition, object(definition, argumentsJson))));
        } catch (Refusal refusal) {
            return new Rejected(refusal.why());
        }
    }

    private static JsonNode object(Definition tool, String json) throws Refusal {
        if (json.isBlank()) {
            return JsonNodeFactory.instance.objectNode();
        }
        JsonNode node;
        try {
            node = JSON.readTree(json);
        } catch (JacksonException broken) {
            throw new Refusal("the arguments of " + tool.name() + " are not valid JSON: "
                    + Printable.line(broken.getOriginalMessage()) + "; give an object such as {}");
        }
        if (!node.isObject()) {
            throw new Refusal("the arguments of " + tool.name() + " must be a JSON object, not " + kind(node)
                    + "; give an object such as {}");
        }
        return node;
    }

    private static Map<String, Object> check(Definition tool, JsonNode given) throws Refusal {
        for (String name : given.propertyNames()) {
            if (tool.parameter(name).isEmpty()) {
                throw new Refusal(tool.name() + " has no parameter " + quoted(name) + "; its parameters are: "
                        + tool.parameterNames());
            }
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (Parameter parameter : tool.parameters()) {
            JsonNode value = given.get(parameter.name());
            if (value != null) {
                values.put(parameter.name(), valueOf(tool, parameter, value));
                continue;
            }
            if (parameter.required()) {
                throw new Refusal(tool.name() + " needs " + quoted(parameter.name()) + ": " + parameter.description());
            }
            switch (parameter) {
                case Parameter.Text text -> text.fallback().ifPresent(it -> values.put(text.name(), it));
                case Parameter.Whole whole -> whole.fallback().ifPresent(it -> values.put(whole.name(), it));
                case Parameter.Choice choice ->
                    values.put(choice.name(), choice.words().getFirst());
            }
        }
        return values;
    }

    private static Object valueOf(Definition tool, Parameter parameter, JsonNode value) throws Refusal {
        String where = quoted(parameter.name()) + " of " + tool.name();
        return switch (parameter) {
            case Parameter.Text _ -> text(where, value);
            case Parameter.Whole whole -> whole(where, whole, value);
            case Parameter.Choice choice -> choice(where, choice, value);
        };
    }

    private static String text(String where, JsonNode value) throws Refusal {
        if (!value.isString()) {
            throw new Refusal(where + " must be a text, not " + kind(value));
        }
        String text = value.stringValue();
        if (text.isEmpty()) {
            throw new Refusal(where + " must not be empty; leave it out or give a text");
        }
        if (text.length() > LONGEST_TEXT) {
            throw new Refusal(where + " is " + text.length() + " characters long; give at most " + LONGEST_TEXT);
        }
        return text;
    }

    private static Integer whole(String where, Parameter.Whole whole, JsonNode value) throws Refusal {
        String bounds = whole.most() == Integer.MAX_VALUE
                ? "a whole number from " + whole.least() + " on"
                : "a whole number from " + whole.least() + " to " + whole.most();
        if (!value.isNumber()) {
            throw new Refusal(where + " must be " + bounds + ", not " + kind(value));
        }
        double number = value.doubleValue();
        if (number != Math.rint(number) || number < whole.least() || number > whole.most()) {
            throw new Refusal(where + " must be " + bounds + ", was " + shortened(value.toString()));
        }
        return (int) number;
    }

    private static String choice(String where, Parameter.Choice choice, JsonNode value) throws Refusal {
        String words = String.join(", ", choice.words());
        if (!value.isString()) {
            throw new Refusal(where + " must be one of " + words + ", not " + kind(value));
        }
        if (!choice.words().contains(value.stringValue())) {
            throw new Refusal(where + " must be one of " + words + ", was " + quoted(value.stringValue()));
        }
        return value.stringValue();
    }

    /** A text parameter that is required or has a default. */
    public String text(String name) {
        return optionalText(name).orElseThrow(() -> new IllegalStateException("no argument " + name));
    }

    /** A text parameter that may have been left out. */
    public Optional<String> optionalText(String name) {
        return values.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** A number parameter that is required or has a default. */
    public int whole(String name) {
        return optionalWhole(name).orElseThrow(() -> new IllegalStateException("no argument " + name));
    }

    /** A number parameter that may have been left out. */
    public OptionalInt optionalWhole(String name) {
        return values.get(name) instanceof Integer number ? OptionalInt.of(number) : OptionalInt.empty();
    }

    /**
     * The arguments as policies speak of them.
     *
     * @param path what stands for the argument {@code path}
     */
    SequencedMap<String, Term> terms(String path) {
        SequencedMap<String, Term> terms = new LinkedHashMap<>();
        values.forEach((name, value) -> terms.put(
                name,
                value instanceof Integer number
                        ? Term.Quantity.of(number)
                        : new Term.Text(name.equals("path") ? path : value.toString())));
        return terms;
    }

    /** Compact JSON, properties in schema order, defaults filled in. */
    public String canonical() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        values.forEach((name, value) -> {
            if (value instanceof Integer number) {
                node.put(name, number);
            } else {
                node.put(name, value.toString());
            }
        });
        return node.toString();
    }

    private static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT, POJO -> "an object";
            case BOOLEAN -> "true or false";
            case NUMBER -> "a number";
            case STRING -> "a text";
            case NULL, MISSING -> "null";
            case BINARY -> "bytes";
        };
    }

    private static String quoted(String text) {
        return "\"" + shortened(text) + "\"";
    }

    private static String shortened(String text) {
        return Printable.name(text.length() <= 60 ? text : text.substring(0, 60) + "…");
    }
}

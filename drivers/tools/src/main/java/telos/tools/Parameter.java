package telos.tools;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One parameter of a tool: its JSON Schema, its default and its check come from the same record. */
sealed interface Parameter {
    String name();

    String description();

    boolean required();

    /** Its JSON Schema. */
    ObjectNode schema();

    /** A non-empty text. A parameter that is neither required nor has a default may be left out. */
    record Text(String name, String description, boolean required, Optional<String> fallback) implements Parameter {
        static Text required(String name, String description) {
            return new Text(name, description, true, Optional.empty());
        }

        static Text optional(String name, String description) {
            return new Text(name, description, false, Optional.empty());
        }

        static Text withDefault(String name, String fallback, String description) {
            return new Text(name, description, false, Optional.of(fallback));
        }

        @Override
        public ObjectNode schema() {
            ObjectNode schema = typed("string", description).put("minLength", 1);
            fallback.ifPresent(value -> schema.put("default", value));
            return schema;
        }
    }

    /** A whole number between two bounds, both included. */
    record Whole(String name, String description, boolean required, int least, int most, OptionalInt fallback)
            implements Parameter {
        static Whole withDefault(String name, int least, int most, int fallback, String description) {
            return new Whole(name, description, false, least, most, OptionalInt.of(fallback));
        }

        @Override
        public ObjectNode schema() {
            ObjectNode schema = typed("integer", description).put("minimum", least);
            if (most < Integer.MAX_VALUE) {
                schema.put("maximum", most);
            }
            fallback.ifPresent(value -> schema.put("default", value));
            return schema;
        }
    }

    /** One of a few words; left out means the first of them. */
    record Choice(String name, String description, List<String> words) implements Parameter {
        @Override
        public boolean required() {
            return false;
        }

        @Override
        public ObjectNode schema() {
            ObjectNode schema = typed("string", description);
            var allowed = schema.putArray("enum");
            words.forEach(allowed::add);
            return schema.put("default", words.getFirst());
        }
    }

    private static ObjectNode typed(String type, String description) {
        return JsonNodeFactory.instance.objectNode().put("type", type).put("description", description);
    }
}

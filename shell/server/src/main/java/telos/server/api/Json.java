package telos.server.api;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON trees, read with bounds. */
final class Json {
    private static final int MAX_DEPTH = 128;

    static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .build();

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static ArrayNode array(List<? extends JsonNode> items) {
        ArrayNode array = MAPPER.createArrayNode();
        items.forEach(array::add);
        return array;
    }

    /** The member as text; null if it is absent or null. */
    static @Nullable String text(JsonNode node, String member) throws ApiException {
        JsonNode value = node.path(member);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            throw ApiException.invalid("'" + member + "' must be a string", member);
        }
        return value.stringValue();
    }

    static double number(JsonNode node, String member, double otherwise) throws ApiException {
        JsonNode value = node.path(member);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isNumber()) {
            throw ApiException.invalid("'" + member + "' must be a number", member);
        }
        return value.doubleValue();
    }

    static long whole(JsonNode node, String member, long otherwise) throws ApiException {
        JsonNode value = node.path(member);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw ApiException.invalid("'" + member + "' must be a whole number", member);
        }
        return value.longValue();
    }

    static boolean truth(JsonNode node, String member, boolean otherwise) throws ApiException {
        JsonNode value = node.path(member);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            throw ApiException.invalid("'" + member + "' must be true or false", member);
        }
        return value.booleanValue();
    }
}

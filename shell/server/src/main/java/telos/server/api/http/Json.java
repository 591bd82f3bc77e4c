package telos.server.api.http;

import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** JSON trees, read with bounds. */
public final class Json {
    private static final int MAX_DEPTH = 128;
    private static final int MAX_VALUES = 1_000_000;
    private static final Pattern OF_THE_READER = Pattern.compile(
            " \\(start marker.*|: enable `.*|, from `[^`]*`|: not allowed as per .*| \\(bound as [^)]*\\)| \\(`[^`]*`\\)",
            Pattern.DOTALL);
    private static final int CONTAINER_BYTES = 80;
    private static final int VALUE_BYTES = 24;
    private static final int MEMBER_BYTES = 48;
    private static final int ITEM_BYTES = 4;

    public static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxTokenCount(MAX_VALUES)
                            .build())
                    .build())
            .build();

    private Json() {}

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    public static ArrayNode array(List<? extends JsonNode> items) {
        ArrayNode array = array();
        items.forEach(array::add);
        return array;
    }

    public static StringNode text(String text) {
        return StringNode.valueOf(text);
    }

    /** The tree of a text of ours; for what clients send there is {@link Exchange#body}. */
    public static JsonNode parse(String text) {
        return MAPPER.readTree(text);
    }

    /** About how many bytes a tree takes beside the characters of its texts; many small values take most. */
    static long weight(JsonNode node) {
        long weight = node.isContainer() ? CONTAINER_BYTES : VALUE_BYTES;
        long slot = node.isObject() ? MEMBER_BYTES : ITEM_BYTES;
        for (JsonNode child : node) {
            weight += slot + weight(child);
        }
        return weight;
    }

    /** The body of a request as a JSON object. */
    static Fields body(byte[] bytes) throws ApiException {
        try {
            JsonNode node = MAPPER.readTree(bytes);
            if (node == null || !node.isObject()) {
                throw ApiException.invalid("the body must be a JSON object", null);
            }
            return Fields.of(node);
        } catch (JacksonException e) {
            String where = e.getLocation() == null
                    ? ""
                    : " at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw ApiException.invalid("the body is not valid JSON" + where + ": " + said(e), null);
        }
    }

    /** What is wrong, without what it says of the reader's settings. */
    private static String said(JacksonException e) {
        return OF_THE_READER.matcher(String.valueOf(e.getOriginalMessage())).replaceAll("");
    }
}

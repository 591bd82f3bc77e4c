package telos.server.api.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The members of a JSON object that a client sent, and where it lies in the body, so that a refusal names the member.
 * A member that is null counts as absent.
 *
 * @param path empty for the body itself
 */
public record Fields(JsonNode node, String path) {

    public static Fields of(JsonNode body) {
        return new Fields(body, "");
    }

    /** The path of a member, as refusals name it. */
    public String at(String member) {
        return path.isEmpty() ? member : path + "." + member;
    }

    /** The member as it came; a missing node where it is absent or null. */
    public JsonNode raw(String member) {
        JsonNode value = node.path(member);
        return value.isNull() ? value.path("") : value;
    }

    public boolean has(String member) {
        return !raw(member).isMissingNode();
    }

    public Optional<String> text(String member) throws ApiException {
        JsonNode value = raw(member);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isString()) {
            throw invalid(member, "must be a string");
        }
        return Optional.of(value.stringValue());
    }

    public String text(String member, String otherwise) throws ApiException {
        return text(member).orElse(otherwise);
    }

    /** The text of a member that must be there. */
    public String required(String member) throws ApiException {
        Optional<String> text = text(member);
        if (text.isEmpty()) {
            throw invalid(member, "is missing");
        }
        return text.get();
    }

    public double number(String member, double otherwise) throws ApiException {
        JsonNode value = raw(member);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isNumber()) {
            throw invalid(member, "must be a number");
        }
        return value.doubleValue();
    }

    public long whole(String member, long otherwise) throws ApiException {
        JsonNode value = raw(member);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw invalid(member, "must be a whole number");
        }
        return value.longValue();
    }

    public int whole(String member, int otherwise, int low, int high) throws ApiException {
        long value = whole(member, otherwise);
        if (has(member) && (value < low || value > high)) {
            throw invalid(member, "must be " + low + " to " + high + ", was " + value);
        }
        return (int) value;
    }

    public boolean truth(String member, boolean otherwise) throws ApiException {
        JsonNode value = raw(member);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            throw invalid(member, "must be true or false");
        }
        return value.booleanValue();
    }

    /** The member as an object; one without members where it is absent. */
    public Fields object(String member) throws ApiException {
        JsonNode value = raw(member);
        if (!value.isMissingNode() && !value.isObject()) {
            throw invalid(member, "must be an object");
        }
        return new Fields(value, at(member));
    }

    /** The member as a list; an empty one where it is absent. */
    public List<JsonNode> list(String member, int most) throws ApiException {
        JsonNode value = raw(member);
        if (!value.isMissingNode() && !value.isArray()) {
            throw invalid(member, "must be a list");
        }
        if (value.size() > most) {
            throw invalid(member, "holds " + value.size() + " items, at most " + most + " are allowed");
        }
        List<JsonNode> items = new ArrayList<>(value.size());
        value.forEach(items::add);
        return items;
    }

    /** The member as a list of objects; an empty one where it is absent. */
    public List<Fields> objects(String member, int most) throws ApiException {
        List<JsonNode> items = list(member, most);
        List<Fields> objects = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            String where = at(member) + "[" + i + "]";
            if (!items.get(i).isObject()) {
                throw ApiException.invalid("'" + where + "' must be an object", where);
            }
            objects.add(new Fields(items.get(i), where));
        }
        return objects;
    }

    /** A string, or a list of strings; an empty list where the member is absent. */
    public List<String> texts(String member, int most) throws ApiException {
        if (raw(member).isString()) {
            return List.of(raw(member).stringValue());
        }
        if (!raw(member).isMissingNode() && !raw(member).isArray()) {
            throw invalid(member, "must be a string or a list of strings");
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode item : list(member, most)) {
            if (!item.isString()) {
                throw invalid(member, "must be a string or a list of strings");
            }
            texts.add(item.stringValue());
        }
        return texts;
    }

    /**
     * Refuses a member that is wrong.
     *
     * @param what goes on after the member's name: "must be …"
     */
    public ApiException invalid(String member, String what) {
        return ApiException.invalid("'" + at(member) + "' " + what, at(member));
    }

    /**
     * Refuses a member that is right and not supported.
     *
     * @param what goes on after the member's name: "is not supported"
     */
    public ApiException unsupported(String member, String what) {
        return ApiException.unsupported("'" + at(member) + "' " + what, at(member));
    }
}

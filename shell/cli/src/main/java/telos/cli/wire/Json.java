package telos.cli.wire;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A JSON value, or the absence of one: an object is a map in the order of its text, an array a list. Reading a member
 * that is not there, or has another type, gives the stated fallback, so that a command survives a newer daemon.
 */
public final class Json {
    private static final Json ABSENT = new Json(null);

    private final @Nullable Object value;

    private Json(@Nullable Object value) {
        this.value = value;
    }

    /** Wraps maps, lists, strings, numbers, booleans and other {@code Json}. */
    public static Json of(@Nullable Object value) {
        return value instanceof Json json ? json : new Json(value);
    }

    /** An object from alternating names and values. */
    public static Json object(@Nullable Object... members) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < members.length; i += 2) {
            map.put(String.valueOf(members[i]), members[i + 1]);
        }
        return new Json(map);
    }

    /**
     * Parses one value, and nothing after it.
     *
     * @throws ProtocolException if the text is not JSON
     */
    public static Json parse(String text) throws ProtocolException {
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), text)) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                throw new ProtocolException("expected JSON, found nothing");
            }
            Json read = new Json(value(parser, token));
            if (parser.nextToken() != null) {
                throw new ProtocolException("more after the end of the JSON");
            }
            return read;
        } catch (JacksonException e) {
            throw new ProtocolException("not JSON: " + e.getOriginalMessage());
        }
    }

    private static @Nullable Object value(JsonParser parser, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    String name = parser.currentName();
                    map.put(name, value(parser, parser.nextToken()));
                }
                yield map;
            }
            case START_ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                    list.add(value(parser, next));
                }
                yield list;
            }
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? parser.getBigIntegerValue()
                        : (Object) parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    /** True if there is a value and it is not null. */
    public boolean present() {
        return value != null;
    }

    public boolean isObject() {
        return value instanceof Map<?, ?>;
    }

    /** The member of this name, absent if there is none or this is no object. */
    public Json at(String name) {
        return value instanceof Map<?, ?> map && map.get(name) != null ? of(map.get(name)) : ABSENT;
    }

    public String text(String otherwise) {
        return value instanceof String string ? string : otherwise;
    }

    public long number(long otherwise) {
        return value instanceof Number number ? number.longValue() : otherwise;
    }

    public double decimal(double otherwise) {
        return value instanceof Number number ? number.doubleValue() : otherwise;
    }

    public boolean flag() {
        return Boolean.TRUE.equals(value);
    }

    /** The elements of an array; none if this is no array. */
    public List<Json> items() {
        return value instanceof List<?> list ? list.stream().map(Json::of).toList() : List.of();
    }

    /** The members of an object, in order; none if this is no object. */
    public Map<String, Json> members() {
        Map<String, Json> members = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, member) -> members.put(String.valueOf(name), of(member)));
        }
        return members;
    }

    /** Compact JSON text on one line. */
    @Override
    public String toString() {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            write(generator, value);
        }
        return text.toString();
    }

    private static void write(JsonGenerator generator, @Nullable Object value) {
        switch (value) {
            case null -> generator.writeNull();
            case Json json -> write(generator, json.value);
            case Map<?, ?> map -> {
                generator.writeStartObject();
                map.forEach((name, member) -> {
                    generator.writeName(String.valueOf(name));
                    write(generator, member);
                });
                generator.writeEndObject();
            }
            case Collection<?> list -> {
                generator.writeStartArray();
                Consumer<@Nullable Object> element = each -> write(generator, each);
                list.forEach(element);
                generator.writeEndArray();
            }
            case Boolean flag -> generator.writeBoolean(flag);
            case BigInteger number -> generator.writeNumber(number);
            case BigDecimal number -> generator.writeNumber(number);
            case Double number when !Double.isFinite(number) -> generator.writeNull();
            case Double number -> generator.writeNumber(number);
            case Float number -> generator.writeNumber(number.doubleValue());
            case Number number -> generator.writeNumber(number.longValue());
            default -> generator.writeString(value.toString());
        }
    }
}

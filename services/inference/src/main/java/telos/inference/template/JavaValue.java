package telos.inference.template;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import telos.inference.tokenizer.Piece;

/** Java's maps, lists, strings, numbers and booleans as values of a template. */
final class JavaValue {
    private static final int DEEPEST = 64;

    private JavaValue() {}

    /** A string is untrusted; a {@link Piece} is what it says. */
    static Value of(@Nullable Object java) {
        return of(java, 0);
    }

    private static Value of(@Nullable Object java, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("a value for a chat template nests deeper than " + DEEPEST + " levels");
        }
        return switch (java) {
            case null -> Value.None.NONE;
            case Value value -> value;
            case String text -> Text.untrusted(text);
            case Piece piece -> Text.of(piece.text(), piece.trusted());
            case Boolean bool -> Value.of(bool);
            case Byte number -> Value.of(number);
            case Short number -> Value.of(number);
            case Integer number -> Value.of(number);
            case Long number -> Value.of(number);
            case BigInteger number when number.bitLength() < 64 -> Value.of(number.longValue());
            case Number number -> new Value.Real(number.doubleValue());
            case Map<?, ?> map -> {
                Map<Value, Value> entries = LinkedHashMap.newLinkedHashMap(map.size());
                map.forEach((key, value) -> entries.put(Text.untrusted(String.valueOf(key)), of(value, depth + 1)));
                yield new Value.Mapping(entries);
            }
            case Iterable<?> list -> {
                List<Value> items = new ArrayList<>();
                list.forEach(item -> items.add(of(item, depth + 1)));
                yield new Value.Sequence(items);
            }
            default ->
                throw new IllegalArgumentException("a chat template cannot take a value of "
                        + java.getClass().getName());
        };
    }
}

package telos.inference.gguf;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The keys and values of a model file. An absent key gives an empty result or the fallback; a value of another type than
 * asked for is an error that names the key.
 *
 * <p>A value is a Long, Double, Boolean, String, long[], float[], boolean[], a list of strings or a list of such values.
 */
public final class Metadata {
    private final String source;
    private final Map<String, Object> values;

    /** Metadata with these values; {@code source} names the file in messages. */
    public Metadata(String source, Map<String, Object> values) {
        this.source = source;
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** The keys in file order. */
    public Set<String> keys() {
        return values.keySet();
    }

    public boolean contains(String key) {
        return values.containsKey(key);
    }

    /** The value of a key that is there. */
    Object value(String key) {
        return Objects.requireNonNull(values.get(key), key);
    }

    public Optional<String> string(String key) throws GgufException {
        return value(key, String.class, "text");
    }

    public String requiredString(String key) throws GgufException {
        return string(key).orElseThrow(() -> missing(key));
    }

    public OptionalLong integer(String key) throws GgufException {
        Optional<Long> value = value(key, Long.class, "a whole number");
        return value.isPresent() ? OptionalLong.of(value.get()) : OptionalLong.empty();
    }

    /** A whole number that must be there and lie in a range. */
    public int requiredInteger(String key, int least, int most) throws GgufException {
        return (int) inRange(key, integer(key).orElseThrow(() -> missing(key)), least, most);
    }

    public int integer(String key, int fallback, int least, int most) throws GgufException {
        OptionalLong value = integer(key);
        return value.isPresent() ? (int) inRange(key, value.getAsLong(), least, most) : fallback;
    }

    /** A number, whole or not. */
    public OptionalDouble number(String key) throws GgufException {
        if (values.get(key) instanceof Long whole) {
            return OptionalDouble.of(whole);
        }
        Optional<Double> value = value(key, Double.class, "a number");
        return value.isPresent() ? OptionalDouble.of(value.get()) : OptionalDouble.empty();
    }

    public boolean flag(String key, boolean fallback) throws GgufException {
        return value(key, Boolean.class, "true or false").orElse(fallback);
    }

    /** A list of texts; empty when the key is absent. */
    public List<String> strings(String key) throws GgufException {
        Optional<List<?>> list = value(key, List.class, "a list of texts").map(found -> (List<?>) found);
        if (list.isEmpty()) {
            return List.of();
        }
        for (Object element : list.get()) {
            if (!(element instanceof String)) {
                throw wrongType(key, "a list of texts");
            }
        }
        return list.get().stream().map(String.class::cast).toList();
    }

    /** A list of whole numbers; empty when the key is absent. */
    public int[] integers(String key) throws GgufException {
        long[] found = value(key, long[].class, "a list of whole numbers").orElse(new long[0]);
        int[] result = new int[found.length];
        for (int i = 0; i < found.length; i++) {
            result[i] = (int) inRange(key, found[i], Integer.MIN_VALUE, Integer.MAX_VALUE);
        }
        return result;
    }

    /** A list of numbers; empty when the key is absent. */
    public float[] floats(String key) throws GgufException {
        return value(key, float[].class, "a list of numbers")
                .orElse(new float[0])
                .clone();
    }

    /** A value for display: lists are cut to their first elements. */
    public String text(String key) {
        Object value = values.get(key);
        return switch (value) {
            case null -> "";
            case long[] array ->
                list(array.length, Arrays.stream(array).limit(8).boxed().toList());
            case float[] array ->
                list(
                        array.length,
                        java.util.stream.IntStream.range(0, Math.min(8, array.length))
                                .mapToObj(i -> array[i])
                                .toList());
            case boolean[] array -> "(" + array.length + " flags)";
            case List<?> array -> list(array.size(), array.subList(0, Math.min(8, array.size())));
            default -> value.toString();
        };
    }

    /** The error for a key that must be there. */
    public GgufException missing(String key) {
        return new GgufException(source + ": the metadata key " + key
                + " is missing; convert the model again with a tool that writes it");
    }

    private static String list(int length, List<?> first) {
        String elements = first.toString();
        return length > first.size()
                ? elements.substring(0, elements.length() - 1) + ", … " + length + " in all]"
                : elements;
    }

    private <T> Optional<T> value(String key, Class<T> type, String wanted) throws GgufException {
        Object value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (!type.isInstance(value)) {
            throw wrongType(key, wanted);
        }
        return Optional.of(type.cast(value));
    }

    private GgufException wrongType(String key, String wanted) {
        String shown = text(key);
        return new GgufException(source + ": the metadata key " + key + " must be " + wanted + ", but it is "
                + (shown.length() > 80 ? shown.substring(0, 80) + "…" : shown) + "; convert the model again");
    }

    private long inRange(String key, long value, long least, long most) throws GgufException {
        if (value < least || value > most) {
            throw new GgufException(source + ": the metadata key " + key + " is " + value + ", but it must lie between "
                    + least + " and " + most + "; the file is damaged or not meant for Telos");
        }
        return value;
    }
}

package telos.plans.values;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A payload as a key of a dictionary or an element of a set: equal where Python's {@code ==} and {@code hash} say so (1,
 * 1.0 and True are one key). Keys have a total order beside the hash, so that a table of keys that were chosen to hash
 * alike stays fast.
 */
@SuppressWarnings("ReferenceEquality") // the same object is meant
final class Key implements Comparable<Key> {
    private static final int DEEPEST = 200;

    private final Payload payload;
    private final int hash;
    private final int rank;
    /** So many parts may a key have, however deep they lie. */
    static final int MOST_PARTS = 1 << 24;

    private final int weight;
    /** The parts of a tuple in order, of a frozenset sorted. */
    private final Key @Nullable [] parts;

    private Key(Payload payload, int hash, int rank, int weight, Key @Nullable [] parts) {
        this.payload = payload;
        this.hash = hash;
        this.rank = rank;
        this.weight = weight;
        this.parts = parts;
    }

    static Key ofText(Text text) {
        return new Key(text, text.string().hashCode(), 1, 1, null);
    }

    /** Its key, or the TypeError that it has none. */
    static Key of(Payload payload) {
        return of(payload, Unmetered.CONTEXT);
    }

    static Key of(Payload payload, Context context) {
        if (payload instanceof Text text) {
            return text.key();
        }
        Key key = of(payload, context, 0);
        if (key.weight > 8) {
            context.steps(key.weight);
        }
        return key;
    }

    private static Key of(Payload payload, Context context, int depth) {
        if (depth > DEEPEST) {
            throw Fault.recursion("");
        }
        return switch (payload) {
            case Text text -> text.key();
            case Truth truth -> number(Whole.of(truth.count()));
            case Whole whole -> number(whole);
            case Real real -> real(real);
            case Tuple tuple -> {
                Key[] parts = parts(tuple.elements(), context, depth);
                int hash = 1;
                for (Key part : parts) {
                    hash = hash * 31 + part.hash;
                }
                yield new Key(payload, hash, 3, weight(parts), parts);
            }
            case SetBox set
            when set.isFrozen() -> {
                Key[] parts = parts(set.table().names(), context, depth);
                Arrays.sort(parts);
                int hash = 7;
                for (Key part : parts) {
                    hash += part.hash * 0x9E3779B1;
                }
                yield new Key(payload, hash, 4, weight(parts), parts);
            }
            case Moment moment -> new Key(payload, moment.keyHash(), 5, 1, null);
            case Day day -> new Key(payload, day.date().hashCode(), 6, 1, null);
            case ClockTime time -> new Key(payload, time.keyHash(), 7, 1, null);
            case Delta delta -> new Key(payload, delta.hashCode(), 8, 1, null);
            case Zone zone -> new Key(payload, Long.hashCode(zone.offset()), 9, 1, null);
            case Span span -> {
                Key[] parts = {
                    number(span.length()),
                    number(span.length().sign() == 0 ? Whole.of(0) : span.start()),
                    number(span.length().sign() == 0 || span.length().clamped() == 1 ? Whole.of(0) : span.step())
                };
                yield new Key(payload, Arrays.hashCode(new int[] {parts[0].hash, parts[1].hash}), 10, 3, parts);
            }
            case BoundMethod method ->
                new Key(payload, System.identityHashCode(method.self().payload()), 11, 1, null);
            case Nothing _,
                    ExceptionBox _,
                    Member _,
                    Type _,
                    Module _,
                    Builtin _,
                    UserFunction _,
                    IteratorBox _,
                    Pattern _,
                    Match _ -> new Key(payload, System.identityHashCode(payload), 2, 1, null);
            case ListBox _, DictBox _, SetBox _, InstanceBox _, DictView _ ->
                throw Fault.type("unhashable type: '" + payload.type().name() + "'");
        };
    }

    private static Key[] parts(List<Value> values, Context context, int depth) {
        Key[] parts = new Key[values.size()];
        long weight = 0;
        for (int i = 0; i < parts.length; i++) {
            parts[i] = of(values.get(i).payload(), context, depth + 1);
            weight += parts[i].weight;
            if (parts[i].weight > 1024) {
                context.steps(parts[i].weight);
            }
        }
        if (weight > MOST_PARTS) {
            throw Fault.of(ErrorKind.RECURSION, "a key of more than " + MOST_PARTS + " parts");
        }
        return parts;
    }

    private static int weight(Key[] parts) {
        int weight = 1;
        for (Key part : parts) {
            weight += part.weight;
        }
        return weight;
    }

    private static Key number(Whole whole) {
        int hash = whole.isSmall() ? Long.hashCode(whole.small()) : whole.big().hashCode();
        return new Key(whole, hash, 0, 1, null);
    }

    private static Key real(Real real) {
        double value = real.value();
        if (Double.isNaN(value)) {
            return new Key(real, System.identityHashCode(real), 2, 1, null);
        }
        if (value == Math.rint(value) && !Double.isInfinite(value)) {
            return number(
                    Math.abs(value) < 0x1p62 ? Whole.of((long) value) : Whole.of(new BigDecimal(value).toBigInteger()));
        }
        return new Key(real, Double.hashCode(value), 0, 1, null);
    }

    int weight() {
        return weight;
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof Key key) || hash != key.hash || rank != key.rank) {
            return false;
        }
        return payload == key.payload
                || switch (rank) {
                    case 1 -> ((Text) payload).string().equals(((Text) key.payload).string());
                    case 3, 4, 10 -> Arrays.equals(parts, key.parts);
                    case 2 -> false;
                    default -> Equality.equal(payload, key.payload);
                };
    }

    @Override
    public int compareTo(Key other) {
        if (rank != other.rank) {
            return Integer.compare(rank, other.rank);
        }
        return switch (rank) {
            case 0 -> Numbers.compare(payload, other.payload);
            case 1 -> ((Text) payload).string().compareTo(((Text) other.payload).string());
            case 2, 11 -> Integer.compare(System.identityHashCode(payload), System.identityHashCode(other.payload));
            case 3, 4, 10 -> Arrays.compare(parts, other.parts);
            default -> Integer.compare(hash, other.hash);
        };
    }
}

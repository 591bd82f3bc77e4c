package telos.plans.values;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code +} and {@code *} on strings, lists and tuples. */
final class Sequences {
    private Sequences() {}

    static @Nullable Payload concatenated(Context context, Payload a, Payload b) {
        return switch (a) {
            case Text x -> {
                if (!(b instanceof Text y)) {
                    throw Fault.type(
                            "can only concatenate str (not \"" + b.type().name() + "\") to str");
                }
                yield x.length() == 0 ? y : y.length() == 0 ? x : text(context, x.string(), y.string());
            }
            case ListBox x -> {
                if (!(b instanceof ListBox y)) {
                    throw Fault.type(
                            "can only concatenate list (not \"" + b.type().name() + "\") to list");
                }
                List<Value> all = Arithmetic.joined(context, x.raw(), y.raw());
                ListBox made =
                        ListBox.like(all, x.shape().join(y.shape()), x.floor().join(y.floor()));
                yield made;
            }
            case Tuple x -> {
                if (!(b instanceof Tuple y)) {
                    throw Fault.type(
                            "can only concatenate tuple (not \"" + b.type().name() + "\") to tuple");
                }
                yield new Tuple(Arithmetic.joined(context, x.elements(), y.elements()));
            }
            default -> null;
        };
    }

    private static Text text(Context context, String a, String b) {
        context.bytes((long) a.length() + b.length());
        return Text.of(a.concat(b));
    }

    static @Nullable Payload repeated(Context context, Payload of, Whole times) {
        return switch (of) {
            case Text text -> {
                int count = count(context, text.string().length(), 1, times);
                yield count == 0 ? Text.EMPTY : Text.of(text.string().repeat(count));
            }
            case ListBox list -> {
                int count = count(context, list.size(), 8, times);
                yield ListBox.like(flat(list.raw(), count), list.shape(), list.floor());
            }
            case Tuple tuple -> {
                int count = count(context, tuple.size(), 8, times);
                yield new Tuple(flat(tuple.elements(), count));
            }
            default -> null;
        };
    }

    private static List<Value> flat(List<Value> elements, int count) {
        if (elements.isEmpty() || count == 0) {
            return List.of();
        }
        List<Value> all = new ArrayList<>(elements.size() * count);
        for (List<Value> each : Collections.nCopies(count, elements)) {
            all.addAll(each);
        }
        return all;
    }

    /** How often, after what that takes was charged. */
    private static int count(Context context, int length, int each, Whole times) {
        if (times.sign() <= 0 || length == 0) {
            return 0;
        }
        long count = times.clamped();
        long bytes = Outline.times(Outline.times(length, each), count);
        context.bytes(bytes);
        context.steps(bytes / 128);
        if (Outline.times(length, count) > Integer.MAX_VALUE - 16) {
            throw new BudgetSpent("nothing has more than 2^31 elements");
        }
        return (int) count;
    }
}

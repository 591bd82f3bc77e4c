package telos.plans.values;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;

/** Which positions a slice has: {@code count} of them from {@code from} on, {@code step} apart. */
record SliceBounds(long from, long to, long step, long count) {
    static Label label(@Nullable Value from, @Nullable Value to, @Nullable Value step) {
        Label all = from == null ? Label.BOTTOM : from.label();
        all = to == null ? all : all.join(to.label());
        return step == null ? all : all.join(step.label());
    }

    static SliceBounds of(long size, @Nullable Value from, @Nullable Value to, @Nullable Value step) {
        Long by = index(step);
        long stride = by == null ? 1 : Math.max(by, -Long.MAX_VALUE);
        if (stride == 0) {
            throw Fault.value("slice step cannot be zero");
        }
        Long low = index(from);
        Long high = index(to);
        long start = low == null ? (stride < 0 ? size - 1 : 0) : clamp(low, size, stride);
        long stop = high == null ? (stride < 0 ? -1 : size) : clamp(high, size, stride);
        long count = stride > 0
                ? (stop <= start ? 0 : (stop - start - 1) / stride + 1)
                : (start <= stop ? 0 : (start - stop - 1) / -stride + 1);
        return new SliceBounds(start, stop, stride, count);
    }

    private static long clamp(long index, long size, long stride) {
        long at = index < 0 ? index + size : index;
        if (at < 0) {
            return stride < 0 ? -1 : 0;
        }
        return at >= size ? (stride < 0 ? size - 1 : size) : at;
    }

    private static @Nullable Long index(@Nullable Value value) {
        if (value == null || value.payload() == Nothing.NOTHING) {
            return null;
        }
        if (!Numbers.isWhole(value.payload())) {
            throw Fault.type("slice indices must be integers or None or have an __index__ method");
        }
        return Numbers.whole(value.payload()).clamped();
    }

    List<Value> of(Context context, List<Value> elements) {
        context.bytes(8 * count);
        context.steps(count / 16);
        if (step == 1) {
            return count == 0 ? List.of() : elements.subList((int) from, (int) (from + count));
        }
        List<Value> all = new ArrayList<>((int) count);
        long at = from;
        for (long i = 0; i < count; i++, at += step) {
            all.add(elements.get((int) at));
        }
        return all;
    }

    void replace(List<Value> elements, List<Value> fresh) {
        if (step == 1) {
            List<Value> hole = elements.subList((int) from, (int) (from + count));
            hole.clear();
            elements.addAll((int) from, fresh);
            return;
        }
        if (fresh.size() != count) {
            throw Fault.value(
                    "attempt to assign sequence of size " + fresh.size() + " to extended slice of size " + count);
        }
        long at = from;
        for (Value each : fresh) {
            elements.set((int) at, each);
            at += step;
        }
    }

    void remove(List<Value> elements) {
        if (step == 1) {
            elements.subList((int) from, (int) (from + count)).clear();
            return;
        }
        boolean[] gone = new boolean[elements.size()];
        long at = from;
        for (long i = 0; i < count; i++, at += step) {
            gone[(int) at] = true;
        }
        int to = 0;
        for (int i = 0; i < gone.length; i++) {
            if (!gone[i]) {
                elements.set(to++, elements.get(i));
            }
        }
        elements.subList(to, elements.size()).clear();
    }
}

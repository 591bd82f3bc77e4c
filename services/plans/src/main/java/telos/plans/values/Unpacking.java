package telos.plans.values;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;

/** {@code a, *b, c = xs}. */
public final class Unpacking {
    private Unpacking() {}

    /**
     * One value for each target, the starred one a new list, or the {@link PlanFailure} that Python raises.
     *
     * @param before targets before the starred one, or all where none is
     */
    public static List<Value> unpack(Context context, Value from, int before, boolean starred, int after) {
        if (!Iterators.isIterable(from.payload())) {
            throw Fault.type("cannot unpack non-iterable "
                            + from.payload().type().name() + " object")
                    .raised(from.label(), Label.BOTTOM);
        }
        if (!starred && from.payload() instanceof Tuple tuple && tuple.size() == before && from.isPublic()) {
            context.bytes(8L * before);
            context.steps(before);
            if (context.pc().isBottom()) {
                return tuple.elements();
            }
            List<Value> raised = new ArrayList<>(before);
            for (int i = 0; i < before; i++) {
                raised.add(tuple.elements().get(i).raised(context.pc()));
            }
            return raised;
        }
        List<Value> known = starred ? null : parts(context, from, before);
        if (known != null) {
            return known;
        }
        IteratorBox iterator = Iterators.of(context, from);
        List<Value> all = new ArrayList<>();
        int most = starred ? Integer.MAX_VALUE : before + 1;
        while (all.size() < most) {
            Value each = iterator.next(context);
            if (each == null) {
                break;
            }
            context.bytes(8);
            context.steps(1);
            all.add(each);
        }
        Label label = from.label().join(iterator.control());
        if (all.size() < before + after) {
            throw Fault.value("not enough values to unpack (expected " + (starred ? "at least " : "") + (before + after)
                            + ", got " + all.size() + ")")
                    .raised(label, Label.BOTTOM);
        }
        if (!starred) {
            if (all.size() > before) {
                throw Fault.value("too many values to unpack (expected " + before + ")")
                        .raised(label, Label.BOTTOM);
            }
            return all;
        }
        List<Value> parts = new ArrayList<>(all.subList(0, before));
        ListBox rest = ListBox.like(all.subList(before, all.size() - after), label, Label.BOTTOM);
        if (!label.isBottom()) {
            rest.widen(
                    Outline.holding(
                            Kind.LIST,
                            iterator.outline().extent(),
                            iterator.outline().elementOrNone(),
                            null),
                    context);
        }
        parts.add(new Value(rest, from.label()));
        parts.addAll(all.subList(all.size() - after, all.size()));
        return parts;
    }

    /** The elements of a tuple of which everybody may know how many it has and what each can be; else null. */
    private static @Nullable List<Value> parts(Context context, Value from, int count) {
        Outline carried = from.outline();
        Map<String, Outline> fields = carried != null && carried.isOnly(Kind.TUPLE) ? carried.fields() : null;
        if (fields == null
                || fields.size() != count
                || !(from.payload() instanceof Tuple tuple)
                || tuple.size() != count) {
            return null;
        }
        context.bytes(8L * count);
        context.steps(count);
        Label way = from.label().join(context.pc());
        List<Value> parts = new ArrayList<>(count);
        for (Outline each : fields.values()) {
            Value part = tuple.elements().get(parts.size()).raised(way);
            parts.add(part.isPublic() ? part : part.outlined(each));
        }
        return parts;
    }

    /** What each target can be, and what unpacking may raise. */
    public record Told(List<Outline> parts, Errors errors) {}

    public static Told outline(Outline from, int before, boolean starred, int after) {
        Prospect iterated = Iterators.all(from);
        Outline each = iterated.result().elementOrNone();
        int count = before + (starred ? 1 : 0) + after;
        List<Outline> parts = new ArrayList<>();
        var fields = from.isOnly(Kind.TUPLE) ? from.fields() : null;
        if (fields != null && !starred && fields.size() == before) {
            for (int i = 0; i < before; i++) {
                Outline part = fields.get(Integer.toString(i));
                parts.add(part == null ? each : part);
            }
            return new Told(parts, iterated.errors());
        }
        for (int i = 0; i < count; i++) {
            parts.add(starred && i == before ? Outline.holding(Kind.LIST, from.extent(), each, null) : each);
        }
        boolean sure = starred && before + after == 0;
        return new Told(parts, iterated.errors().andIf(!sure, Errors.VALUE));
    }
}

package telos.plans.values;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What subscripts may come to. For what changes a container, the receiver is what it can be afterwards. */
public final class SubscriptOutlines {
    private static final long SEQUENCES = Kind.STR.bit() | Kind.LIST.bit() | Kind.TUPLE.bit() | Kind.RANGE.bit();
    private static final long INDEXED = SEQUENCES | Kind.DICT.bit() | Kind.MATCH.bit() | Kind.TYPE.bit();

    private SubscriptOutlines() {}

    public static Prospect item(Outline of, Outline index) {
        Errors errors = Errors.NONE.andIf(!of.isOnly(INDEXED), Errors.TYPE);
        Outline result = Outline.NEVER;
        Long at = index.constantWhole();
        if (of.mayAny(SEQUENCES)) {
            errors = errors.andIf(!index.isOnly(Outlines.WHOLES), Errors.TYPE);
            Outline under = at == null ? within(of, index) : under(of, at);
            if (under != null) {
                result = under;
            } else {
                errors = errors.and(Errors.INDEX);
                result = sequence(of);
            }
        }
        if (of.may(Kind.DICT)) {
            Map<String, Outline> fields = of.isOnly(Kind.DICT) ? of.fields() : null;
            Text name = index.constantText();
            Outline under = fields == null || name == null ? null : fields.get(name.string());
            errors = errors.andIf(under == null, Errors.KEY).and(Outlines.unhashable(index));
            result = result.union(under == null ? of.only(Kind.DICT).elementOrNone() : under);
        }
        if (of.may(Kind.MATCH)) {
            errors = errors.and(Errors.INDEX);
            result = result.union(Outline.NONE).union(Outline.text(of.extent()));
        }
        if (of.may(Kind.TYPE)) {
            errors = errors.and(Errors.KEY).and(Errors.TYPE);
            result = result.union(Outline.of(Kind.MEMBER, 8));
        }
        if (of.isNever()) {
            // What lies in an empty list may in another world be a list, a text or a row.
            errors = errors.and(index.isOnly(Outlines.WHOLES) ? Errors.INDEX : Errors.KEY);
        }
        return Prospect.of(result, errors);
    }

    /** The same where whatever the index may be, there is something. */
    public static Prospect itemThere(Outline of, Outline index) {
        Prospect all = item(of, index);
        return Prospect.of(all.result(), all.errors().without(ErrorKind.INDEX.type()));
    }

    /** What is at that place of a tuple whose places are known, or null. */
    private static @Nullable Outline under(Outline of, @Nullable Long at) {
        Map<String, Outline> fields = of.isOnly(Kind.TUPLE) ? of.fields() : null;
        if (at == null || fields == null) {
            return null;
        }
        return fields.get(Long.toString(at < 0 ? at + fields.size() : at));
    }

    /** What is at any of the places of such a tuple that an index surely means, or null. */
    private static @Nullable Outline within(Outline of, Outline index) {
        Map<String, Outline> fields = of.isOnly(Kind.TUPLE) ? of.fields() : null;
        return fields == null || !index.isIndex(fields.size()) ? null : of.elementOrNone();
    }

    private static Outline sequence(Outline of) {
        Outline result = of.may(Kind.STR) ? Outline.text(1) : Outline.NEVER;
        Outline holding = of.only(SEQUENCES & ~Kind.STR.bit());
        return result.union(holding.elementOrNone());
    }

    /** Bounds that are left out are None. */
    public static Prospect slice(Outline of, Outline from, Outline to, Outline step) {
        long bounds = Outlines.WHOLES | Kind.NONE.bit();
        Long by = step.constantWhole();
        boolean zero = by == null ? step.mayAny(Outlines.WHOLES) : by == 0;
        Errors errors = Errors.NONE
                .andIf(!of.isOnly(SEQUENCES), Errors.TYPE)
                .andIf(!(from.isOnly(bounds) && to.isOnly(bounds) && step.isOnly(bounds)), Errors.TYPE)
                .andIf(zero, Errors.VALUE);
        Outline result = Outline.NEVER;
        for (Kind each : of.only(SEQUENCES).kinds()) {
            result = result.union(
                    each == Kind.STR
                            ? Outline.text(of.extent())
                            : Outline.holding(each, of.extent(), of.only(each).elementOrNone(), null));
        }
        return Prospect.of(result, errors);
    }

    /** What assigning an element may raise. */
    private static Errors assigning(Outline target, Outline index) {
        Errors errors = Errors.NONE.andIf(!target.isOnly(Kind.LIST.bit() | Kind.DICT.bit()), Errors.TYPE);
        if (target.may(Kind.LIST)) {
            errors = errors.and(Errors.INDEX).andIf(!index.isOnly(Outlines.WHOLES), Errors.TYPE);
        }
        return target.may(Kind.DICT) ? errors.and(Outlines.unhashable(index)) : errors;
    }

    public static Prospect assign(Outline target, Outline index, Outline value) {
        Outline after = target;
        if (target.may(Kind.LIST)) {
            after = after.union(Outline.holding(Kind.LIST, 0, value, null));
        }
        if (target.may(Kind.DICT)) {
            Outline dict = target.only(Kind.DICT);
            Map<String, Outline> fields = dict.fields();
            Text name = index.constantText();
            Outline put = fields != null && name != null && fields.containsKey(name.string())
                    ? Outline.dict(replaced(fields, name.string(), value))
                    : Outline.holding(Kind.DICT, Outline.plus(dict.extent(), 1), value, index);
            after = after.union(put);
        }
        return Prospect.of(Outline.NONE, assigning(target, index)).changing(after);
    }

    private static Map<String, Outline> replaced(Map<String, Outline> fields, String name, Outline value) {
        Map<String, Outline> all = new java.util.LinkedHashMap<>(fields);
        all.put(name, value);
        return all;
    }

    public static Prospect assignSlice(Outline target, Outline from, Outline to, Outline step, Outline value) {
        Prospect read = slice(target, from, to, step);
        Prospect iterated = Iterators.all(value);
        Outline elements = iterated.result();
        Errors errors = read.errors()
                .and(iterated.errors())
                .andIf(!target.isOnly(Kind.LIST), Errors.TYPE)
                .andIf(!step.isOnly(Kind.NONE), Errors.VALUE);
        return Prospect.of(Outline.NONE, errors)
                .changing(target.union(Outline.holding(
                        Kind.LIST, Outline.plus(target.extent(), elements.extent()), elements.elementOrNone(), null)));
    }

    public static Prospect delete(Outline target, Outline index) {
        Errors errors = Errors.NONE
                .andIf(!target.isOnly(Kind.LIST.bit() | Kind.DICT.bit()), Errors.TYPE)
                .andIf(target.may(Kind.LIST), Errors.INDEX)
                .andIf(target.may(Kind.LIST) && !index.isOnly(Outlines.WHOLES), Errors.TYPE)
                .andIf(target.may(Kind.DICT), Errors.KEY.and(Outlines.unhashable(index)));
        return Prospect.of(Outline.NONE, errors).changing(target.withoutFields());
    }

    public static Prospect deleteSlice(Outline target, Outline from, Outline to, Outline step) {
        Prospect read = slice(target, from, to, step);
        return Prospect.of(Outline.NONE, read.errors().andIf(!target.isOnly(Kind.LIST), Errors.TYPE))
                .changing(target.withoutFields());
    }
}

package telos.plans;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.plans.values.Outline;

/**
 * What a walk knows of an object, or of all objects that could be meant. It never changes; a change makes another.
 *
 * @param outline what it can be
 * @param shape who may know its length, keys and order
 * @param content the join of the labels of what it holds, not deeper
 * @param refs the objects that it may hold
 * @param fields what stands under text keys that it surely has, as far as known
 * @param pristine whether it is one object that is still as it was when the walk began
 * @param grown of one object: how many more it may hold than when the walk began
 */
@SuppressWarnings("ReferenceEquality") // the same object is the quick way; equal ones take the slow one
record Sketch(
        Outline outline,
        Label shape,
        Label content,
        Set<Object> refs,
        @Nullable Map<String, Shadow> fields,
        boolean pristine,
        long grown) {
    Sketch(
            Outline outline,
            Label shape,
            Label content,
            Set<Object> refs,
            @Nullable Map<String, Shadow> fields,
            boolean pristine) {
        this(outline, shape, content, refs, fields, pristine, 0);
    }

    /** The same but for what it can be. */
    Sketch outlined(Outline now) {
        return new Sketch(now, shape, content, refs, fields, pristine, grown);
    }

    /** The same, of which not even what stands under a key is known. */
    Sketch unnamed() {
        return new Sketch(outline, shape, content, refs, null, pristine, grown);
    }

    /** The same, which may have grown to any size. */
    Sketch endless() {
        return new Sketch(outline.endless(), shape, content, refs, null, pristine, Outline.UNBOUNDED);
    }

    Sketch join(Sketch other) {
        if (this == other) {
            return this;
        }
        Map<String, Shadow> both = null;
        if (fields != null && other.fields != null) {
            both = new LinkedHashMap<>();
            for (Map.Entry<String, Shadow> each : fields.entrySet()) {
                Shadow second = other.fields.get(each.getKey());
                if (second != null) {
                    both.put(each.getKey(), each.getValue().join(second));
                }
            }
        }
        return new Sketch(
                outline.union(other.outline),
                shape.join(other.shape),
                content.join(other.content),
                Shadow.union(refs, other.refs),
                both,
                pristine && other.pristine,
                Math.max(grown, other.grown));
    }

    boolean covers(Sketch other) {
        if (this == other) {
            return true;
        }
        if (!outline.covers(other.outline)
                || !other.shape.flowsInto(shape)
                || !other.content.flowsInto(content)
                || !refs.containsAll(other.refs)
                || grown < other.grown
                || (pristine && !other.pristine)) {
            return false;
        }
        if (fields == null) {
            return true;
        }
        if (other.fields == null) {
            return false;
        }
        for (Map.Entry<String, Shadow> each : fields.entrySet()) {
            Shadow second = other.fields.get(each.getKey());
            if (second == null || !each.getValue().covers(second)) {
                return false;
            }
        }
        return true;
    }
}

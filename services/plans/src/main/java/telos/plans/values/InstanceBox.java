package telos.plans.values;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** An instance of a plan's class: which fields it has is its type's, so its shape is bottom. */
public final class InstanceBox extends Box {
    private final Type type;
    private final SequencedMap<String, Value> fields;

    public InstanceBox(Type type, SequencedMap<String, Value> fields) {
        this.type = type;
        this.fields = new LinkedHashMap<>(fields);
    }

    /** The fields themselves, without the floor. */
    SequencedMap<String, Value> raw() {
        return fields;
    }

    @Override
    public Type type() {
        return type;
    }

    @Override
    public int size() {
        return fields.size();
    }

    @Override
    Outline computeOutline(Sight sight) {
        SequencedMap<String, Outline> known = new LinkedHashMap<>();
        fields.forEach((name, value) -> known.put(name, sight.inside(value)));
        return Outline.instance(type, known);
    }

    @Override
    public Kind kind() {
        return Kind.INSTANCE;
    }

    /** The fields as they stand, each with its own label only. */
    public SequencedMap<String, Value> fields() {
        return new LinkedHashMap<>(fields);
    }
}

package telos.plans.values;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A type: built in, or made by a plan's {@code class} (a model with fields, an enumeration, an exception). Types are
 * compared by identity.
 */
public final class Type implements Payload {
    /** A field of a model. */
    public record Field(String name, @Nullable Value fallback) {}

    private final String name;
    private final Kind instances;
    private final @Nullable Type parent;
    private final List<Field> fields;
    private final SequencedMap<String, Value> members = new LinkedHashMap<>();

    private Type(String name, Kind instances, @Nullable Type parent, List<Field> fields) {
        this.name = name;
        this.instances = instances;
        this.parent = parent;
        this.fields = List.copyOf(fields);
    }

    static Type builtIn(String name, Kind kind) {
        return new Type(name, kind, null, List.of());
    }

    static Type exception(String name, @Nullable Type parent) {
        return new Type(name, Kind.EXCEPTION, parent, List.of());
    }

    /** An exception class of the plan's own. */
    public static Type raisable(String name, Type parent) {
        if (parent.instances != Kind.EXCEPTION) {
            throw new IllegalArgumentException(name + " is no exception: its parent is " + parent.name);
        }
        return exception(name, parent);
    }

    /** A class with fields, all given by name or in order when one is made. */
    public static Type model(String name, List<Field> fields) {
        return new Type(name, Kind.INSTANCE, null, fields);
    }

    /** An enumeration; equal values are one member, as in Python. */
    public static Type enumeration(String name, SequencedMap<String, Value> values) {
        Type type = new Type(name, Kind.MEMBER, null, List.of());
        for (Map.Entry<String, Value> each : values.entrySet()) {
            Value member = null;
            for (Value known : type.members.values()) {
                if (known.payload() instanceof Member m
                        && Equality.equal(m.value().payload(), each.getValue().payload())) {
                    member = known;
                }
            }
            if (member == null) {
                member = new Value(new Member(type, each.getKey(), each.getValue()), Labels.deep(each.getValue()));
            }
            type.members.put(each.getKey(), member);
        }
        return type;
    }

    /** As messages name it: built-in types of a module with the module. */
    public String name() {
        return name;
    }

    /** The last part of the name. */
    public String simpleName() {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** The kind of its instances. */
    public Kind instances() {
        return instances;
    }

    public @Nullable Type parent() {
        return parent;
    }

    public List<Field> fields() {
        return fields;
    }

    /** The members of an enumeration, in order, an alias under each of its names. */
    public SequencedMap<String, Value> members() {
        return members;
    }

    public boolean isMadeByPlan() {
        return this != instances.type() && (instances != Kind.EXCEPTION || ErrorKind.of(this) == null);
    }

    /** Whether everything of this type is of the other too. */
    public boolean isWithin(Type other) {
        for (Type each = this; each != null; each = each.parent) {
            if (each == other) {
                return true;
            }
        }
        return (this == Kind.BOOL.type() && other == Kind.INT.type())
                || (this == Kind.DATETIME.type() && other == Kind.DATE.type())
                || other == Kind.INSTANCE.type();
    }

    @Override
    public Kind kind() {
        return Kind.TYPE;
    }

    @Override
    public String toString() {
        return name;
    }
}

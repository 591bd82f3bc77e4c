package telos.inference.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an expression evaluates to. Containers may be shared; only a {@code Sequence} and a {@code Namespace} change. */
sealed interface Value
        permits Value.None,
                Value.Undefined,
                Value.Bool,
                Value.Int,
                Value.Real,
                Text,
                Value.Sequence,
                Value.Mapping,
                Value.Namespace,
                Value.Function {
    enum None implements Value {
        NONE
    }

    /** A name without a value: prints as nothing, is false, and is an error to look into. */
    record Undefined(String name) implements Value {}

    record Bool(boolean value) implements Value {}

    record Int(long value) implements Value {}

    record Real(double value) implements Value {}

    record Sequence(List<Value> items) implements Value {}

    /** The keys are texts, numbers, booleans or none. */
    record Mapping(Map<Value, Value> entries) implements Value {
        Mapping() {
            this(new LinkedHashMap<>());
        }
    }

    /** What {@code {% set ns.name = … %}} may change from inside a loop. */
    final class Namespace implements Value {
        private final Map<String, Value> fields;

        Namespace(Map<String, Value> fields) {
            this.fields = fields;
        }

        Map<String, Value> fields() {
            return fields;
        }
    }

    @FunctionalInterface
    non-sealed interface Function extends Value {
        Value call(Run run, Arguments arguments);
    }

    static Bool of(boolean value) {
        return new Bool(value);
    }

    static Int of(long value) {
        return new Int(value);
    }

    /** How messages call this sort of value. */
    default String sort() {
        return switch (this) {
            case None _ -> "none";
            case Undefined undefined -> "'" + undefined.name() + "', which is undefined";
            case Bool _ -> "true or false";
            case Int _, Real _ -> "a number";
            case Text _ -> "a text";
            case Sequence _ -> "a list";
            case Mapping _ -> "a mapping";
            case Namespace _ -> "a namespace";
            case Function _ -> "a function";
        };
    }
}

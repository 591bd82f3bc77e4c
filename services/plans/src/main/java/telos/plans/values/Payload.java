package telos.plans.values;

/** What a value is, without who may know it. Payloads that are not a {@link Box} never change. */
public sealed interface Payload
        permits Nothing,
                Truth,
                Whole,
                Real,
                Text,
                Tuple,
                Span,
                Box,
                DictView,
                Moment,
                Day,
                ClockTime,
                Delta,
                Zone,
                ExceptionBox,
                Member,
                Type,
                Module,
                Builtin,
                BoundMethod,
                UserFunction,
                Pattern,
                Match {
    Kind kind();

    /** Whether it is of those that there are most of, and that hold nothing: found without asking for its kind. */
    static boolean isSimple(Payload payload) {
        return payload instanceof Text || payload instanceof Whole || payload instanceof Truth;
    }

    /** The type that Python's {@code type()} gives. */
    default Type type() {
        return kind().type();
    }
}

package telos.plans.values;

/** What counts as true. It never fails. */
public final class Truths {
    private Truths() {}

    /** As a bool that whoever may know the size of a container may know. */
    public static Value of(Value value) {
        Payload payload = value.payload();
        if (payload instanceof Truth && value.outline() == null) {
            return value;
        }
        Truth truth = Truth.of(holds(payload));
        return switch (payload) {
            case IteratorBox _ -> new Value(truth, value.label());
            case Box box -> new Value(truth, value.label().join(box.shape()));
            case DictView view ->
                new Value(truth, value.label().join(view.dict().shape()));
            default -> new Value(truth, value.label());
        };
    }

    public static boolean holds(Payload payload) {
        return payload instanceof Truth truth ? truth.holds() : counts(payload);
    }

    private static boolean counts(Payload payload) {
        return switch (payload) {
            case Truth truth -> truth.holds();
            case Nothing _ -> false;
            case Whole whole -> whole.sign() != 0;
            case Real real -> real.value() != 0;
            case Text text -> text.length() != 0;
            case Tuple tuple -> tuple.size() != 0;
            case Span span -> span.length().sign() != 0;
            case ListBox list -> list.size() != 0;
            case DictBox dict -> dict.size() != 0;
            case SetBox set -> set.size() != 0;
            case DictView view -> view.dict().size() != 0;
            case Delta delta -> !delta.isZero();
            case InstanceBox _,
                    IteratorBox _,
                    Moment _,
                    Day _,
                    ClockTime _,
                    Zone _,
                    ExceptionBox _,
                    Member _,
                    Type _,
                    Module _,
                    Builtin _,
                    BoundMethod _,
                    UserFunction _,
                    Pattern _,
                    Match _ -> true;
        };
    }
}

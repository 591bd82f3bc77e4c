package telos.plans.values;

/** A function or lambda of the plan. The interpreter makes and calls it. */
public non-sealed interface UserFunction extends Payload {
    String name();

    @Override
    default Kind kind() {
        return Kind.FUNCTION;
    }
}

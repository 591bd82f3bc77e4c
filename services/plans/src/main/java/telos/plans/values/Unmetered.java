package telos.plans.values;

import telos.kernel.security.Label;

/** The context of what is done outside any run: nothing is charged, and nothing can be called. */
final class Unmetered implements Context {
    static final Context CONTEXT = new Unmetered();

    private Unmetered() {}

    @Override
    public Label pc() {
        return Label.BOTTOM;
    }

    @Override
    public void steps(long count) {}

    @Override
    public void bytes(long count) {}

    @Override
    public Value call(Value callee, Arguments arguments) {
        return Calls.call(this, callee, arguments);
    }
}

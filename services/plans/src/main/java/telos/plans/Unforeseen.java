package telos.plans;

import telos.plans.values.ErrorKind;
import telos.plans.values.Type;

/**
 * A run came to a failure that not everybody may know of and that its walks had not foreseen. What follows could tell the
 * secret, so nothing follows: the run is lost. It is always a fault of ours, and tests, which run with assertions, see it
 * as an error.
 */
final class Unforeseen extends RuntimeException {
    private static final long serialVersionUID = 1;

    private Unforeseen(String message) {
        super(message, null, false, false);
    }

    static Unforeseen failure(Type type) {
        boolean ours = false;
        for (ErrorKind each : ErrorKind.values()) {
            ours |= each.type().isWithin(type) && type.isWithin(each.type());
        }
        return new Unforeseen("the run was ended, for its analysis had not foreseen "
                + (ours ? "a " + type.simpleName() : "an exception")
                + " that depends on what not everyone may read: a fault in telos itself, please report the plan");
    }

    static Unforeseen end() {
        return new Unforeseen("the run was ended by what not everyone may read, and its analysis had not foreseen that:"
                + " a fault in telos itself, please report the plan");
    }
}

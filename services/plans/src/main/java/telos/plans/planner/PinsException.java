package telos.plans.planner;

import java.io.Serial;

/** A file of pins, or a server's list of tools, cannot be read: what is wrong, and how to mend it. */
public final class PinsException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    PinsException(String message) {
        super(message);
    }
}

package telos.plans;

import java.io.Serial;

/** A world file is faulty: where, what is wrong and how to mend it, in one sentence. */
public final class WorldException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    WorldException(String message) {
        super(message);
    }
}

package telos.server;

import java.io.Serial;

/** A model file cannot be read or written; the message says which, why and how to mend it. */
public final class ModelFileException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    public ModelFileException(String message) {
        super(message);
    }

    public ModelFileException(String message, Throwable cause) {
        super(message, cause);
    }
}

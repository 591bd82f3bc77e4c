package telos.inference.gguf;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A model file that cannot be used or made. The message says what, where and how to mend it, fit for a user. */
public final class GgufException extends IOException {
    private static final long serialVersionUID = 1L;

    public GgufException(String message) {
        super(message);
    }

    public GgufException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

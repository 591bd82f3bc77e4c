package telos.cli.wire;

import java.io.IOException;
import java.io.Serial;

/** The other side said something that this side cannot read: not HTTP, not JSON, cut short, or without end. */
public final class ProtocolException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    public ProtocolException(String message) {
        super(message);
    }
}

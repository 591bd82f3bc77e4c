package telos.inference.sampling;

/** The logits of one sequence cannot be sampled from; it stops that sequence only. */
public final class LogitsFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LogitsFault(String message) {
        super(message);
    }
}

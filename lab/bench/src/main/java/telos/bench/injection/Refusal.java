package telos.bench.injection;

/** A tool could not do what it was asked; the message says why. */
public final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    public Refusal(String message) {
        super(message);
    }
}

package telos.simulation;

/** Something that must always hold did not. Its message has the command that shows it again. */
public final class InvariantException extends RuntimeException {
    private static final long serialVersionUID = 1;

    InvariantException(String replay, int step, String what) {
        super(what + " (step " + step + "); to see it again: " + replay);
    }
}

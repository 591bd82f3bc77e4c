package telos.tools.report;

/** Instead of a report: what was asked for cannot be told. The message is fit for a person and safe to print. */
public final class Unavailable extends Exception {
    private static final long serialVersionUID = 1L;

    public Unavailable(String message) {
        super(Printable.name(message), null, false, false);
    }

    /** The message, never null. */
    public String why() {
        return String.valueOf(getMessage());
    }
}

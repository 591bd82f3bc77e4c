package telos.bench;

/** A benchmark could not be run; the message says why and how to mend it. */
final class BenchException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    private BenchException(int status, String message) {
        super(message);
        this.status = status;
    }

    BenchException(String message) {
        this(1, message);
    }

    BenchException(String message, Throwable cause) {
        super(message, cause);
        this.status = 1;
    }

    /** It was asked for in a way that it does not know. */
    static BenchException usage(String message) {
        return new BenchException(2, message);
    }

    /** What the program exits with. */
    int status() {
        return status;
    }
}

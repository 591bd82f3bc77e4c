package telos.training.curriculum;

/** A grammar file is wrong; the message says where and what. */
final class GrammarException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GrammarException(String message) {
        super(message);
    }
}

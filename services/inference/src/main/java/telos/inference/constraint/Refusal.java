package telos.inference.constraint;

/** Carries the reason why a schema is refused out of the compiler; it never leaves this package. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final String keyword;
    private final String where;

    Refusal(String keyword, String where, String why) {
        super(why, null, false, false);
        this.keyword = keyword;
        this.where = where;
    }

    Compilation.Unsupported value() {
        return new Compilation.Unsupported(keyword, where, String.valueOf(getMessage()));
    }
}

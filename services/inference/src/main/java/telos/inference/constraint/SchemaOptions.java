package telos.inference.constraint;

/**
 * How JSON is written.
 *
 * @param compact without any white space; otherwise some may stand after brackets, commas and colons
 * @param references how many {@code $ref} may lie one within another; this bounds recursion; 1 to 16
 */
public record SchemaOptions(boolean compact, int references) {
    static final int LONGEST_SCHEMA = 1 << 18;
    static final int DEEPEST_SCHEMA = 32;
    static final int MOST_PARTS = 50_000;
    static final int LONGEST_MINIMUM = 1 << 16;
    /** The nesting of a value that the schema leaves free. */
    static final int FREE_DEPTH = 3;

    public SchemaOptions {
        if (references < 1 || references > 16) {
            throw new IllegalArgumentException("references is " + references + ": give a whole number from 1 to 16");
        }
    }

    /** Compact, at most 12 references deep. */
    public static SchemaOptions standard() {
        return new SchemaOptions(true, 12);
    }
}

package telos.inference.constraint;

/**
 * How JSON is written.
 *
 * @param compact without any white space; otherwise some may stand after brackets, commas and colons
 * @param references how often a schema may lie within itself; this bounds recursion; 1 to 64
 * @param freeOrder whether the members of an object may come in any order; otherwise in that of the schema
 */
public record SchemaOptions(boolean compact, int references, boolean freeOrder) {
    static final int LONGEST_SCHEMA = 1 << 18;
    static final int DEEPEST_SCHEMA = 32;
    static final int LONGEST_MINIMUM = 1 << 16;
    /** The nesting of a value that the schema leaves free. */
    static final int FREE_DEPTH = 3;

    public SchemaOptions {
        if (references < 1 || references > 64) {
            throw new IllegalArgumentException("references is " + references + ": give a whole number from 1 to 64");
        }
    }

    /** In the order of the schema. */
    public SchemaOptions(boolean compact, int references) {
        this(compact, references, false);
    }

    /** Compact, in the order of the schema, a schema at most 24 times within itself. */
    public static SchemaOptions standard() {
        return new SchemaOptions(true, 24, false);
    }

    /** The same with members in any order. */
    public SchemaOptions withFreeOrder() {
        return new SchemaOptions(compact, references, true);
    }
}

package telos.inference.constraint;

/**
 * Holds a text to be JSON of a schema: JSON Schema 2020-12, and the spellings of draft-07. A keyword that could make a
 * value invalid and that is not kept in full is refused by its name; {@code docs/structured-output.md} lists them.
 */
public final class JsonSchemaConstraint {
    private JsonSchemaConstraint() {}

    /** Compiles a JSON Schema, given as JSON text. */
    public static Compilation compile(String schema, TokenTrie trie, SchemaOptions options) {
        try {
            return Compilation.of(SchemaCompiler.compile(schema, false, options), options.references(), trie);
        } catch (Refusal refusal) {
            return refusal.value();
        }
    }
}

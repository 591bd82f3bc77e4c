package telos.inference.constraint;

/**
 * Holds a text to be JSON of a schema. Understood are {@code type} (also a list), {@code properties}, {@code required},
 * {@code additionalProperties}, {@code items}, {@code minItems}, {@code maxItems}, {@code enum}, {@code const},
 * {@code minLength}, {@code maxLength}, {@code minimum}, {@code maximum} and their exclusive forms, {@code anyOf},
 * {@code oneOf} of branches that are provably apart, and {@code $ref} into the schema itself. Every other keyword that
 * could make a value invalid is refused by its name.
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

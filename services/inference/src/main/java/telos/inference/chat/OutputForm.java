package telos.inference.chat;

/** What an answer must look like. */
public sealed interface OutputForm {
    /** Anything. */
    record Free() implements OutputForm {}

    /** Some JSON object, as {@code json_object} asks for. */
    record AnyJson() implements OutputForm {}

    /**
     * JSON that satisfies a schema.
     *
     * @param json the JSON Schema as JSON text
     * @param freeOrder whether the model may write properties in any order, not only in that of the schema
     */
    record Schema(String json, boolean freeOrder) implements OutputForm {}

    /** A text that a regular expression matches as a whole. */
    record Pattern(String regex) implements OutputForm {}

    /** A text of a grammar in Backus-Naur form. */
    record Grammar(String text) implements OutputForm {}
}

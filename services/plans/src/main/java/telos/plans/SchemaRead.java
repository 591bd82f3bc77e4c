package telos.plans;

/** What became of a schema that was read. */
public sealed interface SchemaRead {
    record Accepted(Schema schema) implements SchemaRead {}

    /** What is wrong, where in the schema, and what to write instead. */
    record Refused(String why) implements SchemaRead {}
}

package telos.inference.chat;

/** Whether the model may, must or must not call a tool. */
public sealed interface ToolChoice {
    /** The model decides. */
    record Auto() implements ToolChoice {}

    /** The model only talks. */
    record None() implements ToolChoice {}

    /** The model calls some tool. */
    record Required() implements ToolChoice {}

    /** The model calls this tool. */
    record Named(String tool) implements ToolChoice {}
}

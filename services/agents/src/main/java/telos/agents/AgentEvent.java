package telos.agents;

import telos.kernel.ToolCall;

/** What an agent does, as it does it. */
public sealed interface AgentEvent {
    /** The model asked for a tool; it is about to run. */
    record Calling(ToolCall call) implements AgentEvent {}

    /** The tool came back; {@code failed} says that it could not do what was asked. */
    record Returned(ToolCall call, String result, boolean failed) implements AgentEvent {}
}

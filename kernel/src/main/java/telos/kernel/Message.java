package telos.kernel;

import java.util.List;
import java.util.Objects;

/** One message of a conversation between a person, a model and its tools. */
public sealed interface Message {
    String text();

    /** Standing instructions, from whoever set the agent up. */
    @SuppressWarnings("AvoidCommonTypeNames") // always written Message.System
    record System(String text) implements Message {
        public System {
            Objects.requireNonNull(text, "text");
        }
    }

    /** What the person asked. */
    record User(String text) implements Message {
        public User {
            Objects.requireNonNull(text, "text");
        }
    }

    /** What the model said, the tool calls it asked for, or both. */
    record Assistant(String text, List<ToolCall> calls) implements Message {
        public Assistant {
            Objects.requireNonNull(text, "text");
            calls = List.copyOf(calls);
        }
    }

    /** What a tool returned: data, never instructions. */
    record ToolResult(String callId, String tool, String text) implements Message {
        public ToolResult {
            Objects.requireNonNull(callId, "callId");
            Objects.requireNonNull(tool, "tool");
            Objects.requireNonNull(text, "text");
        }
    }
}

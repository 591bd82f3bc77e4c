package telos.kernel;

import java.util.List;
import java.util.Objects;

/** What an agent may ask of the kernel. It has no other way to reach a model or a tool. */
public sealed interface Syscall {

    /**
     * Run a model over a conversation until it has said something or asked for tools.
     *
     * @param model a model's name; empty means the daemon's default
     * @param messages oldest first
     * @param tools what the model may call
     * @param maxTokens at most this many tokens are generated; positive
     */
    record Generate(String model, List<Message> messages, List<ToolSpec> tools, int maxTokens) implements Syscall {
        public Generate {
            Objects.requireNonNull(model, "model");
            messages = List.copyOf(messages);
            tools = List.copyOf(tools);
            if (maxTokens <= 0) {
                throw new IllegalArgumentException("maxTokens must be positive, was " + maxTokens);
            }
        }
    }

    /** Call one tool. */
    record Invoke(ToolCall call) implements Syscall {
        public Invoke {
            Objects.requireNonNull(call, "call");
        }
    }
}

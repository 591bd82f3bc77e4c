package telos.kernel;

import java.util.Objects;

/** What the kernel answers to a {@link Syscall}. Refusals and failures are values: the agent decides what follows. */
public sealed interface Reply {

    /** The model's turn, and how many tokens it read and wrote. */
    record Generated(Message.Assistant message, int promptTokens, int completionTokens) implements Reply {
        public Generated {
            Objects.requireNonNull(message, "message");
        }
    }

    /** The tool ran; this is what it printed. */
    record Returned(String text) implements Reply {
        public Returned {
            Objects.requireNonNull(text, "text");
        }
    }

    /** The tool ran and could not do it, in words that a person or a model can act on. */
    record Failed(String why) implements Reply {
        public Failed {
            Objects.requireNonNull(why, "why");
        }
    }

    /** The call was not carried out. */
    record Refused(String why) implements Reply {
        public Refused {
            Objects.requireNonNull(why, "why");
        }
    }
}

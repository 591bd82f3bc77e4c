package telos.inference.chat;

import java.util.List;
import java.util.Optional;
import telos.kernel.Message;

/** How a turn ended. */
public sealed interface ChatOutcome {
    /**
     * The model finished its turn.
     *
     * @param stopText the stop text that ended it, if one did
     * @param tokens every token of the turn with its probability; empty unless asked for
     */
    record Completed(
            Message.Assistant message,
            Finish finish,
            Optional<String> stopText,
            Usage usage,
            List<TokenProbability> tokens)
            implements ChatOutcome {
        public Completed {
            tokens = List.copyOf(tokens);
        }

        /** A turn that no stop text ended, without probabilities. */
        public Completed(Message.Assistant message, Finish finish, Usage usage) {
            this(message, finish, Optional.empty(), usage, List.of());
        }
    }

    /** The turn was not started; the reason is fit for the client. */
    record Refused(Reason reason, String why) implements ChatOutcome {}

    /** The turn was started and broke off through a fault of ours or of a model server elsewhere. */
    record Failed(String why) implements ChatOutcome {}

    /** Why the model stopped. */
    enum Finish {
        STOP,
        LENGTH,
        TOOL_CALLS
    }

    /** Why a turn was not started. */
    enum Reason {
        INVALID,
        TOO_LONG,
        BUSY,
        /** Its tenant may not have more for now. */
        QUOTA,
        /** It would end after its deadline. */
        TOO_LATE,
        /** It may not go where the model is. */
        FORBIDDEN,
        UNSUPPORTED
    }

    /**
     * Tokens of a turn.
     *
     * @param cached how many of the prompt's tokens were found in memory and not computed again
     */
    record Usage(int prompt, int cached, int completion) {}
}

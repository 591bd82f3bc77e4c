package telos.inference.chat;

import java.util.List;

/** What came of a text that was to be cut into tokens. */
public sealed interface Tokenized {
    /** Its tokens. */
    record Tokens(List<Integer> tokens) implements Tokenized {
        public Tokens {
            tokens = List.copyOf(tokens);
        }
    }

    /** The model cannot tell; the reason is fit for the client. */
    record Refused(ChatOutcome.Reason reason, String why) implements Tokenized {}
}

package telos.inference.chat;

import java.util.List;

/** What came of texts that were to be put into vectors. */
public sealed interface Embedded {
    /**
     * One vector of length 1 for each input, in their order.
     *
     * @param promptTokens tokens of all inputs together
     */
    record Vectors(List<float[]> vectors, int promptTokens) implements Embedded {
        public Vectors {
            vectors = List.copyOf(vectors);
        }
    }

    /** Nothing was computed; the reason is fit for the client. */
    record Refused(ChatOutcome.Reason reason, String why) implements Embedded {}

    /** It was started and broke off through a fault of ours. */
    record Failed(String why) implements Embedded {}
}

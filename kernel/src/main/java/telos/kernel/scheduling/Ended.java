package telos.kernel.scheduling;

import java.util.Objects;

/** A sequence that left the scheduler; its blocks are given back. */
public record Ended(long sequence, Reason reason) {
    public Ended {
        Objects.requireNonNull(reason, "reason");
    }

    /** Why it left. */
    public enum Reason {
        /** Its last token was sampled. */
        FINISHED,
        /** It has generated as many tokens as it asked for. */
        LENGTH,
        /** Its step failed. */
        FAILED,
        /** It was cancelled while its step ran; whatever that gave is dropped. */
        CANCELLED
    }
}

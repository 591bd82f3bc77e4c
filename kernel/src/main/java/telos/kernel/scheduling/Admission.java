package telos.kernel.scheduling;

import java.util.Objects;

/** Whether a request was taken. What is taken ends: it finishes, fails or is cancelled. */
public sealed interface Admission {

    /** It waits for its turn. */
    record Accepted(long sequence) implements Admission {}

    /**
     * It was not taken, and nothing was changed.
     *
     * @param asked what the request would come to
     * @param limit what there is, in the same unit
     */
    record Refused(long sequence, Why why, long asked, long limit) implements Admission {
        public Refused {
            Objects.requireNonNull(why, "why");
        }
    }

    /** Why a request was not taken. */
    enum Why {
        /** Prompt and generated tokens together are more than the context has. In tokens. */
        LARGER_THAN_CONTEXT,
        /** Alone in the pool it would still not fit. In blocks. */
        LARGER_THAN_POOL,
        /** Too many requests wait already. In requests. */
        QUEUE_FULL,
        /** Its tenant has too many requests that wait. In requests. */
        SHARE_OF_QUEUE_FULL,
        /** It would take longer than until its deadline. In milliseconds. */
        DEADLINE_TOO_NEAR,
        /** With what was promised to others, there would be more to do than time to do it. In thousandths of the time. */
        DEADLINES_OVERBOOKED
    }
}

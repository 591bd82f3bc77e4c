package telos.kernel.scheduling;

import java.util.List;
import telos.kernel.memory.BlockCopy;

/**
 * What to do in one iteration: first the copies, in their order, then all steps.
 *
 * @param steps sequences that decode, then those that prefill
 * @param preempted sequences that lost their blocks and wait again; nothing is asked of the caller
 */
public record Batch(List<Step> steps, List<BlockCopy> copies, List<Long> preempted) {
    public Batch {
        steps = List.copyOf(steps);
        copies = List.copyOf(copies);
        preempted = List.copyOf(preempted);
    }

    /**
     * Compute the tokens at positions {@code start .. start + count - 1} of a sequence into their slots.
     *
     * @param depth the part of the model's depth to take them through; what came before it was done in earlier steps, of
     *     these tokens and perhaps of others that followed them
     * @param logits the step reaches the sequence's last token and the end of the depth, so the outcome must carry the
     *     token that follows it
     */
    public record Step(long sequence, int start, int count, Depth depth, boolean logits) {
        /** Through the whole depth of a model that is not cut. */
        public Step(long sequence, int start, int count, boolean logits) {
            this(sequence, start, count, Depth.WHOLE, logits);
        }

        Piece piece() {
            return new Piece(start, count, depth);
        }
    }

    /** Nothing to run; there is nothing to apply, and calling again helps only after a submit. */
    public boolean isEmpty() {
        return steps.isEmpty();
    }

    /** Tokens that the iteration computes, at least in part. */
    public int tokens() {
        return steps.stream().mapToInt(Step::count).sum();
    }
}

package telos.kernel.scheduling;

import java.util.List;

/**
 * What came of a batch: one token for each step that needed logits, or its failure. A step without logits is taken as
 * computed unless it failed.
 */
public record Outcome(List<Sampled> sampled, List<Long> failed) {
    public Outcome {
        sampled = List.copyOf(sampled);
        failed = List.copyOf(failed);
    }

    /** Every step of the batch failed. */
    public static Outcome failed(Batch batch) {
        return new Outcome(
                List.of(), batch.steps().stream().map(Batch.Step::sequence).toList());
    }

    /**
     * The token that follows a sequence's last.
     *
     * @param last nothing more is wanted of the sequence
     */
    public record Sampled(long sequence, int token, boolean last) {}
}

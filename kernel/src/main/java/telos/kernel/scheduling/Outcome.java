package telos.kernel.scheduling;

import java.util.List;

/**
 * What came of a batch: the next tokens for each step that needed logits, or its failure. A step without logits is taken as
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
     * What follows a sequence's last token.
     *
     * @param tokens at least one; several where those after the first are known without asking the model, and never more
     *     than the sequence may still generate
     * @param last nothing more is wanted of the sequence
     */
    public record Sampled(long sequence, List<Integer> tokens, boolean last) {
        public Sampled {
            tokens = List.copyOf(tokens);
            if (tokens.isEmpty()) {
                throw new IllegalArgumentException("nothing follows the last token of sequence " + sequence);
            }
        }

        public Sampled(long sequence, int token, boolean last) {
            this(sequence, List.of(token), last);
        }
    }
}

package telos.inference.model;

/**
 * One sequence's part in a batch: its next tokens. A prompt may come in several chunks, a decoding step is a chunk of one
 * or, where the next tokens are known, of several. The arrays belong to the caller and must not change while the batch is
 * computed.
 *
 * @param blockTable the sequence's blocks in the KV store; block i holds positions 16·i to 16·i + 15. It must reach to the
 *     chunk's last token; what lies before {@code start} has been written by earlier chunks or by a sequence that shares
 *     these blocks
 * @param start the position of the first token
 * @param tokens at least one
 * @param output what is to be given out: nothing before the passage that reaches the end
 * @param passage the layers it goes through; its keys and values of other layers are not touched
 */
@SuppressWarnings("ArrayRecordComponent") // read once in a step, and never compared
public record Chunk(int[] blockTable, int start, int[] tokens, Output output, Passage passage) {
    /** What a chunk gives out. */
    public enum Output {
        NOTHING,
        /** The logits after the last token. */
        LOGITS,
        /** The hidden state of every token after the final norm, [tokens][embedding]. */
        STATES
    }

    /** A chunk that goes through all layers at once. */
    public Chunk(int[] blockTable, int start, int[] tokens, Output output) {
        this(blockTable, start, tokens, output, Passage.whole());
    }

    /**
     * A chunk that goes through all layers at once and gives out logits or nothing.
     *
     * @param logits whether the logits after the last token are wanted
     */
    public Chunk(int[] blockTable, int start, int[] tokens, boolean logits) {
        this(blockTable, start, tokens, logits ? Output.LOGITS : Output.NOTHING);
    }

    public boolean logits() {
        return output == Output.LOGITS;
    }
}

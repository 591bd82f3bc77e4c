package telos.inference.model;

/**
 * The layers that a chunk goes through in one pass: of the depth, cut into {@code of} parts as equal as its layers allow,
 * those from {@code from} to before {@code to}. The passes of a chunk follow one another without a gap, over the same
 * tokens or, from some pass on, over the first of them; none of the sequence's later tokens comes between.
 *
 * @param between where its hidden states are kept until the next pass
 */
public record Passage(int from, int to, int of, HiddenStates between) {
    public Passage {
        if (from < 0 || to <= from || of < to) {
            throw new IllegalArgumentException("of " + of + " parts there are none from " + from + " to " + to);
        }
    }

    /** Through all layers at once. */
    static Passage whole() {
        return new Passage(0, 1, 1, new HiddenStates());
    }

    public boolean reachesTheEnd() {
        return to == of;
    }

    /** The first of its layers. */
    int firstLayer(int layers) {
        return (int) ((long) from * layers / of);
    }

    /** The layer after its last. */
    int lastLayer(int layers) {
        return (int) ((long) to * layers / of);
    }
}

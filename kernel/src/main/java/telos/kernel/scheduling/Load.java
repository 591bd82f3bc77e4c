package telos.kernel.scheduling;

/**
 * What an iteration computes, in the terms that its time depends on.
 *
 * @param decodes sequences of which one token is computed, and what follows it
 * @param prefill all other tokens; what is taken through a part of the depth counts as that part
 * @param decodeContext positions that the decodes attend to, all together
 * @param prefillContext positions that the other tokens attend to, likewise
 */
public record Load(long decodes, double prefill, long decodeContext, double prefillContext) {
    public static final Load NONE = new Load(0, 0, 0, 0);

    /** Terms of a {@link CostModel} of iterations. */
    static final int TERMS = 5;

    /** The term that counts prefilled tokens. */
    static final int PREFILL = 2;

    public static Load of(Batch batch) {
        Load load = NONE;
        for (Batch.Step step : batch.steps()) {
            load = step.logits() && step.count() == 1 && step.depth().isWhole()
                    ? load.andDecode(step.start())
                    : load.and(step.piece());
        }
        return load;
    }

    /** With one decode more, at this position. */
    Load andDecode(int position) {
        return new Load(decodes + 1, prefill, decodeContext + position + 1, prefillContext);
    }

    /** With the tokens at {@code start .. start + count - 1} more. */
    Load andPrefill(int start, int count) {
        return and(new Piece(start, count, Depth.WHOLE));
    }

    /** With a piece of a prompt more. */
    Load and(Piece piece) {
        double share = (double) piece.depth().parts() / piece.depth().of();
        double attended = (double) piece.count() * piece.start() + (double) piece.count() * (piece.count() + 1) / 2;
        return new Load(decodes, prefill + share * piece.count(), decodeContext, prefillContext + share * attended);
    }

    /** Without the other tokens. */
    Load decodesAlone() {
        return new Load(decodes, 0, decodeContext, 0);
    }

    double[] terms() {
        return new double[] {1, decodes, prefill, decodeContext, prefillContext};
    }
}

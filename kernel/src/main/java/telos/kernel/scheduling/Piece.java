package telos.kernel.scheduling;

/**
 * Work on a prompt: the tokens at {@code start .. start + count - 1}, through a part of the model's depth. What it leaves
 * of the depth belongs to later pieces of the same tokens; of a piece without tokens nothing is computed.
 */
public record Piece(int start, int count, Depth depth) {
    public Piece {
        if (start < 0 || count < 0) {
            throw new IllegalArgumentException("there are no " + count + " tokens at position " + start);
        }
    }

    /** Of its first tokens. */
    public Piece tokens(int first) {
        return new Piece(start, first, depth);
    }

    /** Through its first parts of the depth. */
    public Piece parts(int first) {
        return new Piece(start, count, depth.first(first));
    }

    /** The same tokens through what comes after it. */
    Piece rest() {
        return new Piece(start, count, depth.rest());
    }
}

package telos.inference.sampling;

/** The tokens before the one to be drawn: a view of an array, which is read, never kept beyond the draw or changed. */
public final class History {
    private final int[] tokens;
    private final int length;
    private final int prompt;

    /**
     * A view.
     *
     * @param tokens prompt and answer so far, in its first {@code length} places
     * @param length how many tokens there are; also the position of the token to be drawn
     * @param prompt how many of them came with the request
     */
    public History(int[] tokens, int length, int prompt) {
        if (length < 0 || length > tokens.length || prompt < 0 || prompt > length) {
            throw new IllegalArgumentException("a history of " + length + " tokens, " + prompt
                    + " of them prompt, does not fit an array of " + tokens.length);
        }
        this.tokens = tokens;
        this.length = length;
        this.prompt = prompt;
    }

    /** No token yet. */
    public static History empty() {
        return new History(new int[0], 0, 0);
    }

    int token(int position) {
        return tokens[position];
    }

    int length() {
        return length;
    }

    int prompt() {
        return prompt;
    }
}

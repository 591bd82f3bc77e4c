package telos.inference.model;

import java.util.Arrays;

/**
 * The hidden states of one sequence's chunk on its way through the layers in several passes, kept from pass to pass. Not
 * thread-safe; it belongs to the sequence, and what it holds is worth nothing once the sequence has lost its blocks.
 */
public final class HiddenStates {
    private static final float[] NONE = {};

    private float[] rows = NONE; // [count][embedding]
    private int start;
    private int count;
    private int layer;

    /** Lets go of what it holds. */
    public void clear() {
        rows = NONE;
        count = 0;
    }

    /**
     * Whether it holds these tokens as they come into a layer, perhaps with others that follow them.
     *
     * @param first the position of the first token
     */
    boolean holds(int first, int tokens, int atLayer) {
        return tokens <= count && first == start && atLayer == layer;
    }

    /** Takes the first {@code tokens} rows from {@code from} on; {@code atLayer} is the next that they go through. */
    void take(int first, int tokens, int atLayer, float[] states, int from, int width) {
        rows = Arrays.copyOfRange(states, from, from + tokens * width);
        start = first;
        count = tokens;
        layer = atLayer;
    }

    /** Gives its first values out, and keeps nothing. */
    void give(float[] states, int to, int values) {
        System.arraycopy(rows, 0, states, to, values);
        clear();
    }
}

package telos.inference.model;

import java.util.Arrays;
import java.util.List;

/**
 * The working arrays of a forward pass, one row per token, kept from step to step. They grow to the largest batch seen
 * and hold one batch at a time.
 */
final class Activations {
    private static final int[] NO_TABLE = {};
    private static final float[] NO_ROW = {};

    private final ModelConfig config;
    private int capacity;

    /** How many tokens the batch has; after {@link #keepOnlyWanted}, how many are still followed. */
    int tokens;

    int[] ids = {}; // [tokens]
    int[] positions = {}; // [tokens]
    int[][] tables = {}; // [tokens], the block table of the token's sequence
    private int[] wanted = {}; // rows that are given out, ascending
    private int wantedCount;

    float[] state = {}; // [tokens][embedding]
    float[] normed = {}; // [tokens][embedding]
    float[] projected = {}; // [tokens][embedding]
    float[] query = {}; // [tokens][heads][headDim]
    float[] attended = {}; // [tokens][heads][headDim]
    float[] key = {}; // [tokens][kvHeads][headDim]
    float[] value = {}; // [tokens][kvHeads][headDim]
    float[] gate = {}; // [tokens][feedForward]
    float[] up = {}; // [tokens][feedForward]
    private float[] logits = {}; // [wanted][vocabulary]
    private float[][] states = {}; // by chunk, [tokens][embedding]; empty where they are not wanted
    private float[][] rows = {}; // what the caller sees

    Activations(ModelConfig config) {
        this.config = config;
    }

    /** Lays out a batch, one row per token in the order of the chunks. */
    void fill(List<Chunk> batch) {
        tokens = 0;
        for (Chunk chunk : batch) {
            tokens += chunk.tokens().length;
        }
        reserve(tokens);
        wantedCount = 0;
        int row = 0;
        for (Chunk chunk : batch) {
            for (int i = 0; i < chunk.tokens().length; i++, row++) {
                ids[row] = chunk.tokens()[i];
                positions[row] = chunk.start() + i;
                tables[row] = chunk.blockTable();
            }
            int given = switch (chunk.output()) {
                case NOTHING -> 0;
                case LOGITS -> 1;
                case STATES -> chunk.tokens().length;
            };
            for (int i = given; i > 0; i--) {
                wanted[wantedCount++] = row - i;
            }
        }
    }

    /** Moves the rows that are given out to the front and forgets the others; keys and values are not moved. */
    void keepOnlyWanted() {
        int width = config.embedding();
        for (int i = 0; i < wantedCount; i++) {
            int row = wanted[i];
            positions[i] = positions[row];
            tables[i] = tables[row];
            System.arraycopy(state, row * width, state, i * width, width);
            System.arraycopy(normed, row * width, normed, i * width, width);
        }
        tokens = wantedCount;
    }

    /**
     * Takes the states that are given out from {@link #normed}, and moves the rows there whose logits are wanted to the
     * front.
     */
    void takeStates(List<Chunk> batch) {
        int width = config.embedding();
        int row = 0;
        int kept = 0;
        states = new float[batch.size()][];
        for (int i = 0; i < states.length; i++) {
            Chunk chunk = batch.get(i);
            switch (chunk.output()) {
                case NOTHING -> states[i] = NO_ROW;
                case LOGITS -> {
                    states[i] = NO_ROW;
                    System.arraycopy(normed, row++ * width, normed, kept++ * width, width);
                }
                case STATES -> {
                    int count = chunk.tokens().length;
                    states[i] = Arrays.copyOfRange(normed, row * width, (row + count) * width);
                    row += count;
                }
            }
        }
        tokens = kept;
    }

    /** Room for the logits of the tokens that are left. */
    float[] logits() {
        int need = Math.multiplyExact(tokens, config.vocabulary());
        if (logits.length < need) {
            logits = new float[need];
        }
        return logits;
    }

    /** What each chunk asked for, in its place; an empty array where it asked for nothing. */
    float[][] rows(List<Chunk> batch) {
        int vocabulary = config.vocabulary();
        if (rows.length < tokens) {
            int old = rows.length;
            rows = Arrays.copyOf(rows, tokens);
            for (int i = old; i < tokens; i++) {
                rows[i] = new float[vocabulary];
            }
        }
        float[][] result = new float[batch.size()][];
        int next = 0;
        for (int i = 0; i < result.length; i++) {
            if (batch.get(i).logits()) {
                System.arraycopy(logits, next * vocabulary, rows[next], 0, vocabulary);
                result[i] = rows[next++];
            } else {
                result[i] = batch.get(i).output() == Chunk.Output.STATES ? states[i] : NO_ROW;
            }
        }
        return result;
    }

    /** Lets go of the caller's block tables. */
    void release() {
        Arrays.fill(tables, NO_TABLE);
    }

    private void reserve(int need) {
        if (need <= capacity) {
            return;
        }
        capacity = Math.max(need, Math.min(2 * capacity, 512));
        ids = new int[capacity];
        positions = new int[capacity];
        tables = new int[capacity][];
        wanted = new int[capacity];
        state = rows(config.embedding());
        normed = rows(config.embedding());
        projected = rows(config.embedding());
        query = rows(config.heads() * config.headDim());
        attended = rows(config.heads() * config.headDim());
        key = rows(config.kvHeads() * config.headDim());
        value = rows(config.kvHeads() * config.headDim());
        gate = rows(config.feedForward());
        up = rows(config.feedForward());
    }

    private float[] rows(int width) {
        return new float[Math.multiplyExact(capacity, width)];
    }
}

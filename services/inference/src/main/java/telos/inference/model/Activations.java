package telos.inference.model;

import java.util.Arrays;
import java.util.List;

/**
 * The working arrays of a forward pass, one row per token, kept from step to step. They grow to the largest batch seen
 * and hold one batch at a time. At each layer the rows are those of the chunks that go through it.
 */
final class Activations {
    private static final int[] NO_TABLE = {};
    private static final float[] NO_ROW = {};

    private final ModelConfig config;
    private int capacity;

    /** How many tokens go through the layer; after {@link #keepOnlyWanted}, how many are still followed. */
    int tokens;

    int[] ids = {}; // [tokens]
    int[] positions = {}; // [tokens]
    int[][] tables = {}; // [tokens], the block table of the token's sequence
    private List<Chunk> batch = List.of();
    private int[] present = {}; // places in the batch of the chunks that have rows, in the rows' order
    private int presentCount;

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
    private float[][] rows = {}; // of logits, as the caller sees them
    private float[][] given = {}; // by chunk, what it asked for

    Activations(ModelConfig config) {
        this.config = config;
    }

    /** Begins a batch; nothing of it has rows yet. */
    void begin(List<Chunk> chunks) {
        int most = 0;
        for (Chunk chunk : chunks) {
            most += chunk.tokens().length;
        }
        reserve(most);
        batch = chunks;
        if (present.length < chunks.size()) {
            present = new int[chunks.size()];
        }
        presentCount = 0;
        tokens = 0;
        given = new float[chunks.size()][];
        Arrays.fill(given, NO_ROW);
    }

    /** Adds rows for the chunks that begin at this layer: with their states, but for those that begin at the first. */
    void enter(int layer) {
        int width = config.embedding();
        for (int place = 0; place < batch.size(); place++) {
            Chunk chunk = batch.get(place);
            Passage passage = chunk.passage();
            int first = passage.firstLayer(config.layers());
            if (first != layer || passage.lastLayer(config.layers()) == first) {
                continue;
            }
            present[presentCount++] = place;
            int length = chunk.tokens().length;
            if (first > 0) {
                passage.between().give(state, tokens * width, length * width);
            }
            for (int i = 0; i < length; i++, tokens++) {
                ids[tokens] = chunk.tokens()[i];
                positions[tokens] = chunk.start() + i;
                tables[tokens] = chunk.blockTable();
            }
        }
    }

    /** Takes the rows away, and keeps the states, of the chunks that go no further than this layer. */
    void leave(int layer) {
        int next = layer + 1;
        if (next == config.layers()) {
            return;
        }
        int width = config.embedding();
        int row = 0;
        int kept = 0;
        int keptChunks = 0;
        for (int i = 0; i < presentCount; i++) {
            Chunk chunk = batch.get(present[i]);
            int length = chunk.tokens().length;
            if (chunk.passage().lastLayer(config.layers()) == next) {
                chunk.passage().between().take(chunk.start(), length, next, state, row * width, width);
            } else {
                move(row, kept, length, state);
                kept += length;
                present[keptChunks++] = present[i];
            }
            row += length;
        }
        tokens = kept;
        presentCount = keptChunks;
    }

    /** Moves the rows that are given out to the front and forgets the others; keys and values are not moved. */
    void keepOnlyWanted() {
        int row = 0;
        int kept = 0;
        for (int i = 0; i < presentCount; i++) {
            Chunk chunk = batch.get(present[i]);
            row += chunk.tokens().length;
            int given = switch (chunk.output()) {
                case NOTHING -> 0;
                case LOGITS -> 1;
                case STATES -> chunk.tokens().length;
            };
            move(row - given, kept, given, state, normed);
            kept += given;
        }
        tokens = kept;
    }

    /** Moves rows to the front, with their values in some arrays of [tokens][embedding]. */
    private void move(int from, int to, int count, float[]... values) {
        if (from == to || count == 0) {
            return;
        }
        System.arraycopy(positions, from, positions, to, count);
        System.arraycopy(tables, from, tables, to, count);
        int width = config.embedding();
        for (float[] each : values) {
            System.arraycopy(each, from * width, each, to * width, count * width);
        }
    }

    /**
     * Takes the states that are given out from {@link #normed}, and moves the rows there whose logits are wanted to the
     * front.
     */
    void takeStates() {
        int width = config.embedding();
        int row = 0;
        int kept = 0;
        for (int i = 0; i < presentCount; i++) {
            Chunk chunk = batch.get(present[i]);
            switch (chunk.output()) {
                case NOTHING -> {}
                case LOGITS -> System.arraycopy(normed, row++ * width, normed, kept++ * width, width);
                case STATES -> {
                    int count = chunk.tokens().length;
                    given[present[i]] = Arrays.copyOfRange(normed, row * width, (row + count) * width);
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

    /** What each chunk asked for, in its place; an empty array where it asked for nothing. It lets go of the batch. */
    float[][] givenOut() {
        int vocabulary = config.vocabulary();
        if (rows.length < tokens) {
            int old = rows.length;
            rows = Arrays.copyOf(rows, tokens);
            for (int i = old; i < tokens; i++) {
                rows[i] = new float[vocabulary];
            }
        }
        int next = 0;
        for (int i = 0; i < presentCount; i++) {
            if (batch.get(present[i]).logits()) {
                System.arraycopy(logits, next * vocabulary, rows[next], 0, vocabulary);
                given[present[i]] = rows[next++];
            }
        }
        float[][] result = given;
        Arrays.fill(tables, NO_TABLE);
        batch = List.of();
        given = new float[0][];
        return result;
    }

    private void reserve(int need) {
        if (need <= capacity) {
            return;
        }
        capacity = Math.max(need, Math.min(2 * capacity, 512));
        ids = new int[capacity];
        positions = new int[capacity];
        tables = new int[capacity][];
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

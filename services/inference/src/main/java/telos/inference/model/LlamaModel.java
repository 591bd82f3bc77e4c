package telos.inference.model;

import java.time.Duration;
import java.util.List;
import telos.devices.cpu.Arena;
import telos.devices.cpu.Attention;
import telos.devices.cpu.KvStore;
import telos.devices.cpu.Multiply;
import telos.devices.cpu.Rope;
import telos.devices.cpu.Vectors;
import telos.devices.cpu.Workers;
import telos.inference.gguf.GgufException;
import telos.inference.gguf.GgufFile;

/**
 * A model in memory and its forward pass. A batch may mix prompts and decoding steps of any sequences: all their tokens go
 * through each matrix together, and only attention looks at one token's own past. Every operation on a token's row has one
 * formula and one order of summation, whatever rows stand beside it; so a sequence's logits are the same bits alone, in
 * company, in chunks, in several passes of some layers each, after a prefix hit and after recomputation.
 *
 * <p>One thread at a time may call {@link #forward}. Close it only when none does.
 */
public final class LlamaModel implements AutoCloseable {
    /** Elements below which it is quicker not to wake the workers for a row-wise operation. */
    private static final int SMALL = 1 << 14;

    private final ModelConfig config;
    private final Arena arena;
    private final Workers workers;
    private final Weights weights;
    private final Multiply multiply;
    private final Attention attention;
    private final Rope rope;
    private final Activations a;

    private LlamaModel(ModelConfig config, Arena arena, Workers workers, Weights weights) {
        this.config = config;
        this.arena = arena;
        this.workers = workers;
        this.weights = weights;
        multiply = new Multiply(workers);
        attention = new Attention(workers);
        rope = new Rope(
                Rope.Pairing.NEIGHBOURS,
                config.headDim(),
                config.ropeDimensions(),
                config.context(),
                config.ropeBase(),
                config.ropeScale(),
                weights.ropeFactors());
        a = new Activations(config);
    }

    /** Reads a model into memory of its own; the file is not needed afterwards. */
    public static LlamaModel load(GgufFile file, Workers workers) throws GgufException {
        ModelConfig config = ModelConfig.of(file);
        Arena arena = new Arena();
        try {
            return new LlamaModel(config, arena, workers, Weights.read(file, config, arena, workers));
        } catch (GgufException | RuntimeException | Error e) {
            arena.close();
            throw e;
        }
    }

    public ModelConfig config() {
        return config;
    }

    /**
     * Runs the kernels that this model needs until they are compiled, for about {@code limit} at most. Results are the
     * same before and after; only the speed differs. Another thread may call {@link #forward} meanwhile.
     *
     * @return whether all of them are fast now
     */
    public boolean warm(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        boolean multiplies = multiply.warm(weights.types(), limit).containsAll(weights.types());
        Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
        return attention.warm(config.headDim(), config.heads() / config.kvHeads(), left) && multiplies;
    }

    /** Bytes of the weights in memory. */
    public long weightBytes() {
        return arena.bytes();
    }

    /** A KV store of the shape that this model needs. */
    public KvStore kvStore(Arena owner, int blocks) {
        return new KvStore(owner, config.layers(), config.kvHeads(), config.headDim(), blocks);
    }

    /**
     * Computes one batch and writes its keys and values to {@code store}.
     *
     * @param batch at most one chunk per sequence
     * @return for each chunk what it asked for, or an empty array where it asked for nothing. The arrays may be
     *     changed by the caller and are used again by the next call
     */
    public float[][] forward(KvStore store, List<Chunk> batch) {
        check(store, batch);
        a.begin(batch);
        for (int layer = 0; layer < config.layers(); layer++) {
            a.enter(layer);
            if (layer == 0) {
                embed();
            }
            if (a.tokens > 0) {
                layer(store, layer);
            }
            a.leave(layer);
        }
        if (a.tokens > 0) {
            rows(config.embedding(), row -> normalise(row, weights.outputNorm()));
            a.takeStates();
        }
        if (a.tokens > 0) {
            multiply.multiply(weights.output(), a.normed, a.tokens, a.logits());
        }
        return a.givenOut();
    }

    private void embed() {
        int width = config.embedding();
        rows(4 * width, row -> weights.embedding().decodeRow(a.ids[row], a.state, row * width));
    }

    private void layer(KvStore store, int index) {
        Weights.Layer layer = weights.layers().get(index);
        int heads = config.heads();
        int headDim = config.headDim();
        int queryWidth = heads * headDim;
        int keyWidth = config.kvHeads() * headDim;

        rows(config.embedding(), row -> normalise(row, layer.attentionNorm()));
        multiply.multiply(layer.key(), a.normed, a.tokens, a.key);
        multiply.multiply(layer.value(), a.normed, a.tokens, a.value);
        rows(4 * keyWidth, row -> {
            int position = a.positions[row];
            rope.rotate(a.key, row * keyWidth, config.kvHeads(), position);
            int block = a.tables[row][position / KvStore.BLOCK_TOKENS];
            int slot = position % KvStore.BLOCK_TOKENS;
            store.write(index, block, slot, a.key, row * keyWidth, a.value, row * keyWidth);
        });
        if (index == config.layers() - 1) {
            // Of the last layer, the tokens that nobody asks about owe the others only their keys and values.
            a.keepOnlyWanted();
            if (a.tokens == 0) {
                return;
            }
        }
        multiply.multiply(layer.query(), a.normed, a.tokens, a.query);
        rows(queryWidth, row -> rope.rotate(a.query, row * queryWidth, heads, a.positions[row]));
        attention.attend(store, index, a.tokens, a.tables, a.positions, a.query, a.attended, heads);
        multiply.multiply(layer.attentionOutput(), a.attended, a.tokens, a.projected);
        rows(2 * config.embedding(), row -> {
            addProjected(row);
            normalise(row, layer.feedForwardNorm());
        });

        int inner = config.feedForward();
        multiply.multiply(layer.gate(), a.normed, a.tokens, a.gate);
        multiply.multiply(layer.up(), a.normed, a.tokens, a.up);
        rows(4 * inner, row -> Vectors.swiglu(a.gate, row * inner, a.up, row * inner, inner, a.gate, row * inner));
        multiply.multiply(layer.down(), a.gate, a.tokens, a.projected);
        rows(config.embedding(), this::addProjected);
    }

    private void normalise(int row, float[] weight) {
        int at = row * config.embedding();
        Vectors.rmsNorm(a.state, at, weight, config.normEpsilon(), config.embedding(), a.normed, at);
    }

    private void addProjected(int row) {
        int at = row * config.embedding();
        Vectors.add(a.state, at, a.projected, at, config.embedding());
    }

    /** One operation on one token's row. */
    @FunctionalInterface
    private interface RowTask {
        void run(int row);
    }

    /** Runs a task for every row, on the workers if it is worth it; {@code cost} is the work per row in elements. */
    private void rows(int cost, RowTask task) {
        if (a.tokens == 1 || (long) a.tokens * cost < SMALL) {
            for (int row = 0; row < a.tokens; row++) {
                task.run(row);
            }
        } else {
            workers.run(a.tokens, (row, _) -> task.run(row));
        }
    }

    private void check(KvStore store, List<Chunk> batch) {
        if (store.layers() != config.layers()
                || store.kvHeads() != config.kvHeads()
                || store.headDim() != config.headDim()) {
            throw new IllegalArgumentException("the KV store was made for a model of another shape");
        }
        if (batch.isEmpty()) {
            throw new IllegalArgumentException("a batch needs at least one chunk");
        }
        for (Chunk chunk : batch) {
            int length = chunk.tokens().length;
            int end = chunk.start() + length;
            check(chunk.passage(), chunk);
            if (length == 0 || chunk.start() < 0 || end < 0 || end > config.context()) {
                throw new IllegalArgumentException("positions " + chunk.start() + " to " + end
                        + " are not within the model's context of " + config.context());
            }
            if ((end - 1) / KvStore.BLOCK_TOKENS >= chunk.blockTable().length) {
                throw new IllegalArgumentException("a block table of " + chunk.blockTable().length
                        + " blocks does not reach to position " + (end - 1));
            }
            for (int token : chunk.tokens()) {
                if (token < 0 || token >= config.vocabulary()) {
                    throw new IllegalArgumentException(
                            "token " + token + " is outside the vocabulary of " + config.vocabulary());
                }
            }
        }
    }

    private void check(Passage passage, Chunk chunk) {
        int first = passage.firstLayer(config.layers());
        if (first > 0 && !passage.between().holds(chunk.start(), chunk.tokens().length, first)) {
            throw new IllegalArgumentException("the tokens at position " + chunk.start()
                    + " did not come through the layers before layer " + first);
        }
        if (!passage.reachesTheEnd() && chunk.output() != Chunk.Output.NOTHING) {
            throw new IllegalArgumentException(
                    "a chunk gives out nothing before it has gone through all " + config.layers() + " layers");
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}

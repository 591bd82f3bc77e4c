package telos.inference.model;

import java.util.List;
import java.util.OptionalDouble;
import telos.inference.gguf.GgufException;
import telos.inference.gguf.GgufFile;
import telos.inference.gguf.GgufWriter;
import telos.inference.gguf.Metadata;
import telos.inference.gguf.TensorInfo;

/**
 * The shape and constants of a model.
 *
 * @param context the longest sequence that it was made for, in tokens
 * @param embedding the width of a token's state
 * @param kvHeads each serves heads / kvHeads neighbouring query heads
 * @param headDim elements of one head
 * @param feedForward the inner width of the feed-forward network
 * @param ropeDimensions how many elements of a head are rotated
 * @param ropeScale what positions are multiplied with
 */
public record ModelConfig(
        String name,
        int vocabulary,
        int context,
        int layers,
        int embedding,
        int heads,
        int kvHeads,
        int headDim,
        int feedForward,
        float normEpsilon,
        int ropeDimensions,
        double ropeBase,
        double ropeScale) {
    public static final String ARCHITECTURE = "llama";

    public ModelConfig {
        if (heads % kvHeads != 0) {
            throw new IllegalArgumentException(heads + " heads do not share " + kvHeads + " KV heads evenly");
        }
        if (ropeDimensions < 2 || ropeDimensions % 2 != 0 || ropeDimensions > headDim) {
            throw new IllegalArgumentException("the rotated dimensions must be even and at most the head's " + headDim
                    + ", not " + ropeDimensions);
        }
    }

    /** Reads it from a file and checks that every tensor that it needs is there in the right shape. */
    public static ModelConfig of(GgufFile file) throws GgufException {
        Metadata metadata = file.metadata();
        String architecture = metadata.requiredString("general.architecture");
        if (!architecture.equals(ARCHITECTURE)) {
            throw new GgufException(file.path() + ": the architecture " + printable(architecture)
                    + " is not known to Telos, which runs " + ARCHITECTURE
                    + " (Llama 2 and 3, Mistral, SmolLM). Choose a model of that architecture");
        }
        if (metadata.integer(key("expert_count"), 0, 0, 1 << 16) > 0) {
            throw new GgufException(file.path() + ": is a mixture of experts (" + key("expert_count")
                    + "), which Telos does not run. Choose a dense model");
        }
        int embedding = metadata.requiredInteger(key("embedding_length"), 1, 1 << 17);
        int heads = metadata.requiredInteger(key("attention.head_count"), 1, 1 << 12);
        int kvHeads = metadata.integer(key("attention.head_count_kv"), heads, 1, heads);
        if (!metadata.contains(key("attention.key_length")) && embedding % heads != 0) {
            throw new GgufException(file.path() + ": " + heads + " heads do not divide the width " + embedding + " and "
                    + key("attention.key_length") + " is missing; convert the model again");
        }
        int headDim = metadata.integer(key("attention.key_length"), embedding / heads, 2, 1 << 12);
        if (metadata.integer(key("attention.value_length"), headDim, 2, 1 << 12) != headDim) {
            throw new GgufException(file.path() + ": " + key("attention.value_length") + " differs from "
                    + key("attention.key_length") + ", which Telos does not run");
        }
        try {
            ModelConfig config = new ModelConfig(
                    printable(metadata.string("general.name").orElse("unnamed")),
                    vocabulary(file),
                    metadata.requiredInteger(key("context_length"), 1, 1 << 24),
                    metadata.requiredInteger(key("block_count"), 1, 1 << 10),
                    embedding,
                    heads,
                    kvHeads,
                    headDim,
                    metadata.requiredInteger(key("feed_forward_length"), 1, 1 << 20),
                    (float) positive(file, "attention.layer_norm_rms_epsilon", 1e-5),
                    metadata.integer(key("rope.dimension_count"), headDim, 2, headDim),
                    positive(file, "rope.freq_base", 10000),
                    ropeScale(file));
            LlamaTensors.check(file, config);
            return config;
        } catch (IllegalArgumentException e) {
            throw new GgufException(file.path() + ": " + e.getMessage() + "; the file is damaged", e);
        }
    }

    private static String key(String name) {
        return ARCHITECTURE + "." + name;
    }

    private static String printable(String text) {
        String safe = text.replaceAll("\\p{C}", "?");
        return safe.length() > 80 ? safe.substring(0, 80) + "…" : safe;
    }

    private static int vocabulary(GgufFile file) throws GgufException {
        TensorInfo embedding = file.tensor(LlamaTensors.EMBEDDING)
                .orElseThrow(() -> LlamaTensors.missing(file, LlamaTensors.EMBEDDING));
        long rows = embedding.dimension(1);
        if (rows > 1 << 22) {
            throw new GgufException(file.path() + ": the tensor " + LlamaTensors.EMBEDDING + " claims " + rows
                    + " tokens; the file is damaged");
        }
        int tokens = file.metadata().strings("tokenizer.ggml.tokens").size();
        if (tokens > rows) {
            throw new GgufException(file.path() + ": the vocabulary has " + tokens + " tokens, but "
                    + LlamaTensors.EMBEDDING + " only " + rows + " rows; convert the model again");
        }
        return (int) rows;
    }

    private static double positive(GgufFile file, String name, double fallback) throws GgufException {
        double value = file.metadata().number(key(name)).orElse(fallback);
        if (!(value > 0 && value < 1e15)) {
            throw new GgufException(
                    file.path() + ": the metadata key " + key(name) + " is " + value + "; the file is damaged");
        }
        return value;
    }

    private static double ropeScale(GgufFile file) throws GgufException {
        Metadata metadata = file.metadata();
        String type = metadata.string(key("rope.scaling.type")).orElse("linear");
        return switch (type) {
            case "none" -> 1;
            case "linear" -> {
                OptionalDouble older = metadata.number(key("rope.scale_linear"));
                yield 1
                        / (older.isPresent() && !metadata.contains(key("rope.scaling.factor"))
                                ? positive(file, "rope.scale_linear", 1)
                                : positive(file, "rope.scaling.factor", 1));
            }
            default ->
                throw new GgufException(file.path() + ": " + key("rope.scaling.type") + " is " + printable(type)
                        + "; Telos knows none and linear, and the factors of Llama 3 in a tensor rope_freqs.weight");
        };
    }

    /** What one token's keys and values take in the KV store, in bytes. */
    public long kvBytesPerToken() {
        return 2L * 2 * layers * kvHeads * headDim;
    }

    /** Writes the keys that {@link #of} reads; the tokenizer's are not among them. */
    public void writeTo(GgufWriter writer) {
        writer.string("general.architecture", ARCHITECTURE)
                .string("general.name", name)
                .integer(key("vocab_size"), vocabulary)
                .integer(key("context_length"), context)
                .integer(key("block_count"), layers)
                .integer(key("embedding_length"), embedding)
                .integer(key("feed_forward_length"), feedForward)
                .integer(key("attention.head_count"), heads)
                .integer(key("attention.head_count_kv"), kvHeads)
                .integer(key("attention.key_length"), headDim)
                .integer(key("attention.value_length"), headDim)
                .number(key("attention.layer_norm_rms_epsilon"), normEpsilon)
                .integer(key("rope.dimension_count"), ropeDimensions)
                .number(key("rope.freq_base"), (float) ropeBase);
        if (ropeScale != 1) {
            writer.string(key("rope.scaling.type"), "linear")
                    .number(key("rope.scaling.factor"), (float) (1 / ropeScale));
        }
    }

    /** The tensors that such a model has, with their extents, in the order of a file. */
    public List<TensorShape> tensors(boolean tied) {
        return LlamaTensors.required(this, tied);
    }
}

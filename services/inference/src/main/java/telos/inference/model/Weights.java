package telos.inference.model;

import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import telos.devices.cpu.Arena;
import telos.devices.cpu.WeightMatrix;
import telos.devices.cpu.WeightType;
import telos.devices.cpu.Workers;
import telos.inference.gguf.GgufException;
import telos.inference.gguf.GgufFile;
import telos.inference.gguf.TensorInfo;
import telos.inference.gguf.TensorReader;
import telos.inference.gguf.TensorType;

/**
 * A model's weights in memory. Shapes: a matrix is (outputs, inputs), a norm has one weight per element of its input.
 *
 * @param output the same object as {@code embedding} when the file has none of its own
 * @param ropeFactors one per rotated pair, or empty
 * @param types those of the matrices
 */
@SuppressWarnings("ArrayRecordComponent") // shared and never changed
record Weights(
        WeightMatrix embedding,
        List<Layer> layers,
        float[] outputNorm,
        WeightMatrix output,
        float[] ropeFactors,
        Set<WeightType> types) {

    /** One layer's weights. */
    @SuppressWarnings("ArrayRecordComponent") // shared and never changed
    record Layer(
            float[] attentionNorm, // (embedding)
            WeightMatrix query, // (heads · headDim, embedding)
            WeightMatrix key, // (kvHeads · headDim, embedding)
            WeightMatrix value, // (kvHeads · headDim, embedding)
            WeightMatrix attentionOutput, // (embedding, heads · headDim)
            float[] feedForwardNorm, // (embedding)
            WeightMatrix gate, // (feedForward, embedding)
            WeightMatrix up, // (feedForward, embedding)
            WeightMatrix down) {} // (embedding, feedForward)

    /** Reads all tensors of a file that {@link ModelConfig#of} accepted. The workers share the work. */
    static Weights read(GgufFile file, ModelConfig config, Arena arena, Workers workers) throws GgufException {
        List<TensorInfo> tensors = file.tensors();
        Map<String, WeightMatrix> matrices = new ConcurrentHashMap<>();
        Map<String, float[]> vectors = new ConcurrentHashMap<>();
        try (TensorReader reader = file.open()) {
            workers.run(tensors.size(), (i, _) -> {
                TensorInfo tensor = tensors.get(i);
                try {
                    if (LlamaTensors.isMatrix(tensor)) {
                        matrices.put(tensor.name(), matrix(file, reader, tensor, arena));
                    } else {
                        vectors.put(tensor.name(), reader.floats(tensor));
                    }
                } catch (GgufException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause() instanceof GgufException cause ? cause : new GgufException(file.path() + ": " + e, e);
        } catch (OutOfMemoryError e) {
            throw new GgufException(
                    file.path() + ": there is not enough memory to load it; 'telos model inspect' says what it needs",
                    e);
        }
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < config.layers(); i++) {
            layers.add(new Layer(
                    need(vectors, LlamaTensors.block(i, "attn_norm")),
                    need(matrices, LlamaTensors.block(i, "attn_q")),
                    need(matrices, LlamaTensors.block(i, "attn_k")),
                    need(matrices, LlamaTensors.block(i, "attn_v")),
                    need(matrices, LlamaTensors.block(i, "attn_output")),
                    need(vectors, LlamaTensors.block(i, "ffn_norm")),
                    need(matrices, LlamaTensors.block(i, "ffn_gate")),
                    need(matrices, LlamaTensors.block(i, "ffn_up")),
                    need(matrices, LlamaTensors.block(i, "ffn_down"))));
        }
        WeightMatrix embedding = need(matrices, LlamaTensors.EMBEDDING);
        return new Weights(
                embedding,
                List.copyOf(layers),
                need(vectors, LlamaTensors.OUTPUT_NORM),
                matrices.getOrDefault(LlamaTensors.OUTPUT, embedding),
                vectors.getOrDefault(LlamaTensors.ROPE_FACTORS, new float[0]),
                tensors.stream()
                        .filter(LlamaTensors::isMatrix)
                        .map(tensor -> type(tensor.type()))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /** The check of the configuration has found them all; one that is not here now is a mistake of ours. */
    private static <T> T need(Map<String, T> tensors, String name) {
        return Objects.requireNonNull(tensors.get(name), name);
    }

    private static WeightMatrix matrix(GgufFile file, TensorReader reader, TensorInfo tensor, Arena arena)
            throws GgufException {
        int columns = (int) tensor.dimension(0);
        int rows = (int) (tensor.elements() / columns);
        try (java.lang.foreign.Arena scratch = java.lang.foreign.Arena.ofConfined()) {
            MemorySegment raw = scratch.allocate(tensor.bytes(), 64);
            reader.read(tensor, 0, raw);
            return WeightMatrix.pack(arena, type(tensor.type()), rows, columns, raw);
        } catch (IllegalArgumentException e) {
            throw new GgufException(
                    file.path() + ": the tensor " + tensor.name() + ": " + e.getMessage() + "; download it again", e);
        }
    }

    private static WeightType type(TensorType type) {
        return switch (type) {
            case F32 -> WeightType.F32;
            case F16 -> WeightType.F16;
            case BF16 -> WeightType.BF16;
            case Q8_0 -> WeightType.Q8_0;
            case Q4_0 -> WeightType.Q4_0;
        };
    }
}

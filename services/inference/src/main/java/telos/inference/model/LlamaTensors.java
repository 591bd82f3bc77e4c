package telos.inference.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import telos.inference.gguf.GgufException;
import telos.inference.gguf.GgufFile;
import telos.inference.gguf.TensorInfo;

/** The names and shapes of a llama model's tensors, and the check that a file has them and nothing that would be ignored. */
final class LlamaTensors {
    static final String EMBEDDING = "token_embd.weight";
    static final String OUTPUT_NORM = "output_norm.weight";
    static final String OUTPUT = "output.weight";
    static final String ROPE_FACTORS = "rope_freqs.weight";
    /** Written by old converters; repeats what the configuration says. */
    private static final String ROTATION_TABLE = ".attn_rot_embd.weight";

    private LlamaTensors() {}

    static String block(int layer, String part) {
        return "blk." + layer + "." + part + ".weight";
    }

    static List<TensorShape> required(ModelConfig c, boolean tied) {
        long width = c.embedding();
        long query = (long) c.heads() * c.headDim();
        long keys = (long) c.kvHeads() * c.headDim();
        long inner = c.feedForward();
        List<TensorShape> shapes = new ArrayList<>();
        shapes.add(matrix(EMBEDDING, width, c.vocabulary()));
        for (int layer = 0; layer < c.layers(); layer++) {
            shapes.add(norm(block(layer, "attn_norm"), width));
            shapes.add(matrix(block(layer, "attn_q"), width, query));
            shapes.add(matrix(block(layer, "attn_k"), width, keys));
            shapes.add(matrix(block(layer, "attn_v"), width, keys));
            shapes.add(matrix(block(layer, "attn_output"), query, width));
            shapes.add(norm(block(layer, "ffn_norm"), width));
            shapes.add(matrix(block(layer, "ffn_gate"), width, inner));
            shapes.add(matrix(block(layer, "ffn_up"), width, inner));
            shapes.add(matrix(block(layer, "ffn_down"), inner, width));
        }
        shapes.add(norm(OUTPUT_NORM, width));
        if (!tied) {
            shapes.add(matrix(OUTPUT, width, c.vocabulary()));
        }
        return shapes;
    }

    static void check(GgufFile file, ModelConfig config) throws GgufException {
        boolean tied = file.tensor(OUTPUT).isEmpty();
        Map<String, TensorShape> wanted = new HashMap<>();
        for (TensorShape shape : required(config, tied)) {
            wanted.put(shape.name(), shape);
            TensorInfo found = file.tensor(shape.name()).orElseThrow(() -> missing(file, shape.name()));
            requireShape(file, found, shape.dimensions());
        }
        Optional<TensorInfo> factors = file.tensor(ROPE_FACTORS);
        if (factors.isPresent()) {
            requireShape(file, factors.get(), List.of(config.ropeDimensions() / 2L));
        }
        for (TensorInfo tensor : file.tensors()) {
            boolean known = wanted.containsKey(tensor.name())
                    || tensor.name().equals(ROPE_FACTORS)
                    || tensor.name().endsWith(ROTATION_TABLE);
            if (!known) {
                throw new GgufException(file.path() + ": has the tensor " + tensor.name()
                        + ", which Telos cannot use; without it the results would be wrong. Choose another model");
            }
        }
    }

    /** Whether a tensor of a checked file goes through the matrix kernels; the others are a few floats each. */
    static boolean isMatrix(TensorInfo tensor) {
        String name = tensor.name();
        return !name.endsWith("_norm.weight") && !name.equals(ROPE_FACTORS) && !name.endsWith(ROTATION_TABLE);
    }

    static GgufException missing(GgufFile file, String name) {
        return new GgufException(
                file.path() + ": the tensor " + name + " is missing; download or convert the model again");
    }

    private static void requireShape(GgufFile file, TensorInfo found, List<Long> wanted) throws GgufException {
        boolean equal = true;
        for (int axis = 0; axis < Math.max(wanted.size(), found.dimensions().size()); axis++) {
            equal &= found.dimension(axis) == (axis < wanted.size() ? wanted.get(axis) : 1);
        }
        if (!equal) {
            throw new GgufException(file.path() + ": the tensor " + found.name() + " has the shape "
                    + found.dimensions() + ", but the configuration asks for " + wanted
                    + "; download or convert the model again");
        }
    }

    private static TensorShape matrix(String name, long inputs, long outputs) {
        return new TensorShape(name, List.of(inputs, outputs));
    }

    private static TensorShape norm(String name, long width) {
        return new TensorShape(name, List.of(width));
    }
}

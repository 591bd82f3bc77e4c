package telos.inference.gguf;

import java.util.List;

/**
 * A tensor's entry in a file.
 *
 * @param dimensions the extents, fastest-varying first: a weight matrix is [inputs, outputs]
 * @param offset where its bytes begin, counted from the start of the file
 * @param bytes how many there are
 */
public record TensorInfo(String name, TensorType type, List<Long> dimensions, long offset, long bytes) {
    public TensorInfo {
        dimensions = List.copyOf(dimensions);
    }

    /** The extent along an axis; 1 beyond the last. */
    public long dimension(int axis) {
        return axis < dimensions.size() ? dimensions.get(axis) : 1;
    }

    public long elements() {
        long product = 1;
        for (long dimension : dimensions) {
            product *= dimension;
        }
        return product;
    }
}

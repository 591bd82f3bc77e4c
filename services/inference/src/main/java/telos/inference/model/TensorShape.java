package telos.inference.model;

import java.util.List;

/**
 * A tensor that a model needs.
 *
 * @param dimensions fastest first; one for a norm's weights, two (inputs, outputs) for a matrix
 */
public record TensorShape(String name, List<Long> dimensions) {
    public TensorShape {
        dimensions = List.copyOf(dimensions);
    }

    /** A norm's weights are few and stay F32. */
    public boolean isNorm() {
        return dimensions.size() == 1;
    }

    public long elements() {
        return dimensions.stream().reduce(1L, Math::multiplyExact);
    }
}

package telos.training.transformer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * AdamW (Loshchilov and Hutter, arXiv:1711.05101) with clipping of the gradient's global norm. Its two moments are open
 * to view, so that a checkpoint can hold them.
 */
public final class AdamW implements AutoCloseable {
    private static final float BETA1 = 0.9f;
    private static final float BETA2 = 0.99f;
    private static final float EPSILON = 1e-8f;

    /** Both moments, saved. */
    public record Moments(Snapshot first, Snapshot second) {}

    private final NDManager manager;
    private final Map<String, NDArray> weights;
    private final Map<String, NDArray> first = new LinkedHashMap<>();
    private final Map<String, NDArray> second = new LinkedHashMap<>();
    private final float decay;
    private final float largestNorm;

    /** {@code moments}: what {@link #first} and {@link #second} were, to go on from there; empty to begin with zeros. */
    public AdamW(Transformer model, NDManager parent, float decay, float largestNorm, Optional<Moments> moments) {
        this.manager = parent.newSubManager();
        this.weights = model.weights();
        this.decay = decay;
        this.largestNorm = largestNorm;
        weights.forEach((name, weight) -> {
            float[] zeros = new float[(int) weight.size()];
            float[] one = moments.map(it -> it.first().array(name)).orElse(zeros);
            float[] two = moments.map(it -> it.second().array(name)).orElse(zeros);
            first.put(name, manager.create(one, weight.getShape()));
            second.put(name, manager.create(two, weight.getShape()));
        });
    }

    /** Changes the weights by the gradients that the last backward pass left; returns the gradient's norm. */
    public float step(int step, float rate) {
        try (NDManager scratch = manager.newSubManager()) {
            NDList gradients = new NDList();
            NDList squares = new NDList();
            for (NDArray weight : weights.values()) {
                NDArray gradient = weight.getGradient();
                gradient.attach(scratch);
                gradients.add(gradient);
                squares.add(gradient.square().sum());
            }
            float norm = (float) Math.sqrt(NDArrays.stack(squares).sum().getFloat());
            float scale = norm > largestNorm ? largestNorm / norm : 1f;
            float corrected = (float) (rate * Math.sqrt(1 - Math.pow(BETA2, step)) / (1 - Math.pow(BETA1, step)));
            int index = 0;
            for (Map.Entry<String, NDArray> entry : weights.entrySet()) {
                String name = entry.getKey();
                NDArray weight = entry.getValue();
                float shrink = weight.getShape().dimension() > 1 ? decay : 0f;
                NDList inputs = new NDList(weight, gradients.get(index++), first.get(name), second.get(name));
                weight.getNDArrayInternal()
                        .adamUpdate(
                                inputs,
                                new NDList(weight),
                                rate,
                                corrected,
                                shrink,
                                scale,
                                -1f,
                                BETA1,
                                BETA2,
                                EPSILON,
                                false,
                                true);
            }
            return norm;
        }
    }

    /** Means of the gradients, by weight. */
    public Map<String, NDArray> first() {
        return Collections.unmodifiableMap(first);
    }

    /** Means of the squared gradients, by weight. */
    public Map<String, NDArray> second() {
        return Collections.unmodifiableMap(second);
    }

    @Override
    public void close() {
        manager.close();
    }
}

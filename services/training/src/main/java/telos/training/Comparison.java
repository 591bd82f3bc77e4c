package telos.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import telos.training.transformer.Transformer;

/**
 * How far the engine's logits, from 8-bit weights, are from those of training.
 *
 * @param distance the root mean square of the differences, as a share of the logits' own
 * @param sameChoice whether the likeliest token is the same
 */
record Comparison(double distance, boolean sameChoice) {

    static Comparison of(Transformer model, NDManager manager, EngineModel engine, int[] tokens) {
        float[] expected;
        try (NDManager scratch = manager.newSubManager()) {
            NDArray in = scratch.create(Arrays.stream(tokens).asLongStream().toArray(), new Shape(1, tokens.length));
            expected = model.logits(in)
                    .get(new NDIndex("0," + (tokens.length - 1)))
                    .toFloatArray();
        }
        float[] actual = engine.logits(tokens);
        double difference = 0;
        double size = 0;
        int best = 0;
        int likeliest = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += Math.pow(actual[i] - expected[i], 2);
            size += Math.pow(expected[i], 2);
            best = actual[i] > actual[best] ? i : best;
            likeliest = expected[i] > expected[likeliest] ? i : likeliest;
        }
        return new Comparison(Math.sqrt(difference / size), best == likeliest);
    }
}

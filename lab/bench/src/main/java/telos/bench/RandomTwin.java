package telos.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import telos.inference.gguf.GgufException;
import telos.inference.gguf.GgufFile;
import telos.inference.gguf.GgufWriter;
import telos.inference.gguf.TensorInfo;

/**
 * A copy of a model with the same vocabulary, template and shapes, but weights drawn from a Gaussian of variance
 * 1 / inputs; norms are ones. What it still gets right, the constraint gives away.
 */
final class RandomTwin {
    private static final String CONTEXT = "llama.context_length";

    private RandomTwin() {}

    /** Writes it. The same seed gives the same file. */
    static void write(Path model, Path target, long seed) throws GgufException {
        GgufFile file = GgufFile.read(model);
        write(file, new GgufWriter().metadata(file.metadata()), target, seed);
    }

    /** Writes one that is no operator, and reads and writes up to {@code context} tokens. */
    static void writePlain(Path model, Path target, long seed, int context) throws GgufException {
        GgufFile file = GgufFile.read(model);
        GgufWriter writer = new GgufWriter()
                .metadata(file.metadata(), Set.of(CONTEXT, "telos.protocol"))
                .integer(CONTEXT, context);
        write(file, writer, target, seed);
    }

    private static void write(GgufFile file, GgufWriter writer, Path target, long seed) throws GgufException {
        SplittableRandom random = new SplittableRandom(seed);
        for (TensorInfo tensor : file.tensors()) {
            writer.tensor(tensor.name(), tensor.type(), tensor.dimensions(), weights(tensor, random.split()));
        }
        writer.write(target);
    }

    private static float[] weights(TensorInfo tensor, SplittableRandom random) {
        float[] weights = new float[Math.toIntExact(tensor.elements())];
        if (tensor.dimensions().size() == 1) {
            Arrays.fill(weights, 1);
            return weights;
        }
        double deviation = 1 / Math.sqrt((double) tensor.dimension(0));
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) (deviation * random.nextGaussian());
        }
        return weights;
    }
}

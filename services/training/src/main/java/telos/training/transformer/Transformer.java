package telos.training.transformer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Embedding;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * A decoder of the Llama shape with trainable weights: tied embedding, RMSNorm, rotary positions, grouped-query
 * attention and SwiGLU.
 *
 * <p>Weights are stored input-major ({@code [in][out]}), query, key and value in one matrix, gate and up in one matrix.
 * Rotary pairs are the components {@code (i, i + headWidth/2)} of a head here; {@link Snapshot} reorders them to the
 * neighbouring pairs that a GGUF file of architecture {@code llama} has.
 *
 * <p>What is multiplied by must be an array that outlives the backward pass: DJL turns a plain number into an array whose
 * memory the garbage collector may take before the gradient is computed.
 */
public final class Transformer implements AutoCloseable {
    private final Dimensions dimensions;
    private final NDManager manager;
    private final Map<String, NDArray> weights = new LinkedHashMap<>();
    private final NDArray mask;
    private final NDArray scale;
    private final NDArray cosine;
    private final NDArray sine;

    /** {@code longest} is the longest sequence that can be run. */
    public Transformer(Dimensions dimensions, NDManager parent, int longest, Snapshot initial) {
        this.dimensions = dimensions;
        this.manager = parent.newSubManager();
        shapes(dimensions).forEach((name, shape) -> {
            NDArray array = manager.create(initial.array(name), shape);
            array.setRequiresGradient(true);
            weights.put(name, array);
        });
        this.mask = causal(longest);
        this.scale = manager.create(1f / (float) Math.sqrt(dimensions.headWidth()));
        Dimensions d = dimensions;
        int half = d.headWidth() / 2;
        float[] cos = new float[longest * half];
        float[] sin = new float[longest * half];
        for (int position = 0; position < longest; position++) {
            for (int i = 0; i < half; i++) {
                double angle = position * Math.pow(Dimensions.ROPE_BASE, -2.0 * i / d.headWidth());
                cos[position * half + i] = (float) Math.cos(angle);
                sin[position * half + i] = (float) Math.sin(angle);
            }
        }
        this.cosine = manager.create(cos, new Shape(longest, 1, half));
        this.sine = manager.create(sin, new Shape(longest, 1, half));
    }

    /** Fresh weights: Gaussian from {@code seed}, norms one. */
    public static Snapshot fresh(Dimensions d, long seed) {
        Random random = new Random(seed);
        float residual = 0.02f / (float) Math.sqrt(2.0 * d.layers());
        Map<String, float[]> arrays = new LinkedHashMap<>();
        shapes(d).forEach((name, shape) -> {
            float[] values = new float[(int) shape.size()];
            boolean writesBack = name.endsWith(".attention_out") || name.endsWith(".down");
            for (int i = 0; i < values.length; i++) {
                values[i] =
                        shape.dimension() == 1 ? 1 : (float) random.nextGaussian() * (writesBack ? residual : 0.02f);
            }
            arrays.put(name, values);
        });
        return new Snapshot(arrays);
    }

    private static Map<String, Shape> shapes(Dimensions d) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        shapes.put("embedding", new Shape(d.vocabulary(), d.width()));
        for (int layer = 0; layer < d.layers(); layer++) {
            String at = layer + ".";
            shapes.put(at + "attention_norm", new Shape(d.width()));
            shapes.put(at + "qkv", new Shape(d.width(), (d.heads() + 2L * d.keyHeads()) * d.headWidth()));
            shapes.put(at + "attention_out", new Shape((long) d.heads() * d.headWidth(), d.width()));
            shapes.put(at + "feed_norm", new Shape(d.width()));
            shapes.put(at + "gate_up", new Shape(d.width(), 2L * d.feedForward()));
            shapes.put(at + "down", new Shape(d.feedForward(), d.width()));
        }
        shapes.put("norm", new Shape(d.width()));
        return shapes;
    }

    public Dimensions dimensions() {
        return dimensions;
    }

    /** The weights by name, in a fixed order. */
    public Map<String, NDArray> weights() {
        return Collections.unmodifiableMap(weights);
    }

    /** Tokens {@code [batch][time]} to logits {@code [batch][time][vocabulary]}. */
    public NDArray logits(NDArray tokens) {
        Dimensions d = dimensions;
        long batch = tokens.getShape().get(0);
        long time = tokens.getShape().get(1);
        int group = d.heads() / d.keyHeads();
        int half = d.headWidth() / 2;
        NDArray cos = cosine.get(new NDIndex("0:" + time));
        NDArray sin = sine.get(new NDIndex("0:" + time));
        NDArray square = mask.get(new NDIndex("0:" + time + ",0:" + time));
        NDArray visible = NDArrays.concat(new NDList(Collections.nCopies(group, square)), 0);
        NDArray x = Embedding.embedding(tokens, weight("embedding"), SparseFormat.DENSE)
                .singletonOrThrow();
        for (int layer = 0; layer < d.layers(); layer++) {
            String at = layer + ".";
            NDArray qkv = norm(x, weight(at + "attention_norm"))
                    .matMul(weight(at + "qkv"))
                    .reshape(batch, time, d.heads() + 2L * d.keyHeads(), d.headWidth());
            NDList parts = qkv.split(new long[] {d.heads() + d.keyHeads()}, 2);
            NDList halves = parts.get(0).split(new long[] {half}, 3);
            NDArray first = halves.get(0);
            NDArray second = halves.get(1);
            NDArray turned = first.mul(cos)
                    .sub(second.mul(sin))
                    .concat(second.mul(cos).add(first.mul(sin)), 3)
                    .transpose(0, 2, 1, 3); // [batch][heads + keyHeads][time][headWidth]
            NDList queryAndKey = turned.split(new long[] {d.heads()}, 1);
            NDArray query = queryAndKey.get(0).reshape(batch, d.keyHeads(), group * time, d.headWidth());
            NDArray key = queryAndKey.get(1).transpose(0, 1, 3, 2);
            NDArray value = parts.get(1).transpose(0, 2, 1, 3);
            NDArray mixed = query.mul(scale)
                    .matMul(key)
                    .add(visible)
                    .softmax(-1)
                    .matMul(value) // [batch][keyHeads][group * time][headWidth]
                    .reshape(batch, d.heads(), time, d.headWidth())
                    .transpose(0, 2, 1, 3)
                    .reshape(batch, time, (long) d.heads() * d.headWidth());
            x = x.add(mixed.matMul(weight(at + "attention_out")));
            NDList gateUp = norm(x, weight(at + "feed_norm"))
                    .matMul(weight(at + "gate_up"))
                    .split(new long[] {d.feedForward()}, 2);
            NDArray gate = gateUp.get(0);
            x = x.add(gate.mul(Activation.sigmoid(gate)).mul(gateUp.get(1)).matMul(weight(at + "down")));
        }
        return norm(x, weight("norm")).matMul(weight("embedding").transpose());
    }

    @Override
    public void close() {
        manager.close();
    }

    private static NDArray norm(NDArray x, NDArray weight) {
        NDArray square = x.square().mean(new int[] {2}, true).add(Dimensions.NORM_EPSILON);
        return x.div(square.sqrt()).mul(weight);
    }

    private NDArray weight(String name) {
        NDArray weight = weights.get(name);
        if (weight == null) {
            throw new IllegalStateException("no weight " + name);
        }
        return weight;
    }

    private NDArray causal(int longest) {
        float[] values = new float[longest * longest];
        for (int row = 0; row < longest; row++) {
            for (int column = row + 1; column < longest; column++) {
                values[row * longest + column] = -1e9f;
            }
        }
        return manager.create(values, new Shape(longest, longest));
    }
}

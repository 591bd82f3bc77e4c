package telos.inference.model;

import java.util.HashMap;
import java.util.Map;
import telos.inference.gguf.GgufException;
import telos.inference.gguf.GgufFile;
import telos.inference.gguf.TensorInfo;
import telos.inference.gguf.TensorReader;

/** The forward pass as a textbook has it: one sequence, all of it at once, in double precision. */
final class ReferenceModel {
    private final ModelConfig config;
    private final Map<String, float[]> tensors = new HashMap<>();

    ReferenceModel(GgufFile file) throws GgufException {
        config = ModelConfig.of(file);
        try (TensorReader reader = file.open()) {
            for (TensorInfo tensor : file.tensors()) {
                tensors.put(tensor.name(), reader.floats(tensor));
            }
        }
    }

    /** The logits after the last token. */
    double[] logits(int[] tokens) {
        int n = tokens.length;
        int width = config.embedding();
        int heads = config.heads();
        int headDim = config.headDim();
        int group = heads / config.kvHeads();
        double[][] state = new double[n][width];
        for (int t = 0; t < n; t++) {
            for (int i = 0; i < width; i++) {
                state[t][i] = tensor("token_embd.weight")[tokens[t] * width + i];
            }
        }
        for (int layer = 0; layer < config.layers(); layer++) {
            double[][] queries = new double[n][];
            double[][] keys = new double[n][];
            double[][] values = new double[n][];
            for (int t = 0; t < n; t++) {
                double[] normed = norm(state[t], tensor(layer, "attn_norm"));
                queries[t] = rotate(multiply(tensor(layer, "attn_q"), normed), t);
                keys[t] = rotate(multiply(tensor(layer, "attn_k"), normed), t);
                values[t] = multiply(tensor(layer, "attn_v"), normed);
            }
            for (int t = 0; t < n; t++) {
                double[] attended = new double[heads * headDim];
                for (int head = 0; head < heads; head++) {
                    int kv = head / group * headDim;
                    double[] weights = new double[t + 1];
                    double sum = 0;
                    for (int p = 0; p <= t; p++) {
                        double score = 0;
                        for (int d = 0; d < headDim; d++) {
                            score += queries[t][head * headDim + d] * half(keys[p][kv + d]);
                        }
                        weights[p] = Math.exp(score / Math.sqrt(headDim));
                        sum += weights[p];
                    }
                    for (int p = 0; p <= t; p++) {
                        for (int d = 0; d < headDim; d++) {
                            attended[head * headDim + d] += weights[p] / sum * half(values[p][kv + d]);
                        }
                    }
                }
                add(state[t], multiply(tensor(layer, "attn_output"), attended));
                double[] normed = norm(state[t], tensor(layer, "ffn_norm"));
                double[] gate = multiply(tensor(layer, "ffn_gate"), normed);
                double[] up = multiply(tensor(layer, "ffn_up"), normed);
                for (int i = 0; i < gate.length; i++) {
                    gate[i] = gate[i] / (1 + Math.exp(-gate[i])) * up[i];
                }
                add(state[t], multiply(tensor(layer, "ffn_down"), gate));
            }
        }
        String output = tensors.containsKey("output.weight") ? "output.weight" : "token_embd.weight";
        return multiply(tensor(output), norm(state[n - 1], tensor("output_norm.weight")));
    }

    private float[] tensor(String name) {
        return java.util.Objects.requireNonNull(tensors.get(name), name);
    }

    private float[] tensor(int layer, String part) {
        return tensor("blk." + layer + "." + part + ".weight");
    }

    private static double half(double value) {
        return Float.float16ToFloat(Float.floatToFloat16((float) value));
    }

    private double[] norm(double[] x, float[] weight) {
        double squares = 0;
        for (double value : x) {
            squares += value * value;
        }
        double scale = 1 / Math.sqrt(squares / x.length + config.normEpsilon());
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = x[i] * scale * weight[i];
        }
        return y;
    }

    private static double[] multiply(float[] matrix, double[] x) {
        double[] y = new double[matrix.length / x.length];
        for (int row = 0; row < y.length; row++) {
            for (int i = 0; i < x.length; i++) {
                y[row] += matrix[row * x.length + i] * x[i];
            }
        }
        return y;
    }

    private double[] rotate(double[] x, int position) {
        int headDim = config.headDim();
        float[] factors = tensors.getOrDefault("rope_freqs.weight", new float[0]);
        for (int head = 0; head < x.length / headDim; head++) {
            for (int i = 0; i < config.ropeDimensions() / 2; i++) {
                double frequency = Math.pow(config.ropeBase(), -2.0 * i / config.ropeDimensions());
                double factor = factors.length == 0 ? 1 : factors[i];
                double angle = position * config.ropeScale() * frequency / factor;
                int at = head * headDim + 2 * i;
                double a = x[at];
                double b = x[at + 1];
                x[at] = a * Math.cos(angle) - b * Math.sin(angle);
                x[at + 1] = a * Math.sin(angle) + b * Math.cos(angle);
            }
        }
        return x;
    }

    private static void add(double[] x, double[] y) {
        for (int i = 0; i < x.length; i++) {
            x[i] += y[i];
        }
    }
}

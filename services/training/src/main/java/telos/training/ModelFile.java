package telos.training;

import java.nio.file.Path;
import java.util.List;
import telos.inference.gguf.GgufException;
import telos.inference.gguf.GgufWriter;
import telos.inference.gguf.TensorType;
import telos.inference.model.ModelConfig;
import telos.inference.tokenizer.Vocabulary;
import telos.training.transformer.Dimensions;
import telos.training.transformer.Snapshot;

/** Writes trained weights as a model file: matrices in 8 bits, rows turned to outputs, rotary pairs side by side. */
final class ModelFile {
    private ModelFile() {}

    static void write(Path target, String name, Dimensions d, Snapshot weights, Vocabulary vocabulary)
            throws GgufException {
        GgufWriter out = new GgufWriter();
        new ModelConfig(
                        name,
                        d.vocabulary(),
                        Plan.CONTEXT,
                        d.layers(),
                        d.width(),
                        d.heads(),
                        d.keyHeads(),
                        d.headWidth(),
                        d.feedForward(),
                        Dimensions.NORM_EPSILON,
                        d.headWidth(),
                        Dimensions.ROPE_BASE,
                        1)
                .writeTo(out);
        vocabulary.writeTo(out);
        out.string("general.license", "apache-2.0")
                .string("general.description", "Turns requests about this machine into calls of Telos's tools.")
                .integer("general.file_type", TensorType.Q8_0.fileType())
                .integer("general.quantization_version", 2)
                .string("tokenizer.chat_template", Protocol.TEMPLATE)
                .string("telos.protocol", "operator");
        matrix(out, "token_embd", weights.array("embedding"), d.vocabulary(), d.width());
        for (int layer = 0; layer < d.layers(); layer++) {
            String from = layer + ".";
            String to = "blk." + layer + ".";
            vector(out, to + "attn_norm", weights.array(from + "attention_norm"));
            float[] qkv = weights.array(from + "qkv");
            int heads = d.heads();
            int all = heads + 2 * d.keyHeads();
            int wide = all * d.headWidth();
            int keys = heads + d.keyHeads();
            float[] query = outputs(qkv, d.width(), wide, 0, heads * d.headWidth());
            float[] key = outputs(qkv, d.width(), wide, heads * d.headWidth(), keys * d.headWidth());
            float[] value = outputs(qkv, d.width(), wide, keys * d.headWidth(), wide);
            matrix(out, to + "attn_q", paired(query, d), heads * d.headWidth(), d.width());
            matrix(out, to + "attn_k", paired(key, d), d.keyHeads() * d.headWidth(), d.width());
            matrix(out, to + "attn_v", value, d.keyHeads() * d.headWidth(), d.width());
            int mixed = heads * d.headWidth();
            float[] attention = weights.array(from + "attention_out");
            matrix(out, to + "attn_output", outputs(attention, mixed, d.width(), 0, d.width()), d.width(), mixed);
            vector(out, to + "ffn_norm", weights.array(from + "feed_norm"));
            float[] gateUp = weights.array(from + "gate_up");
            int feed = d.feedForward();
            matrix(out, to + "ffn_gate", outputs(gateUp, d.width(), 2 * feed, 0, feed), feed, d.width());
            matrix(out, to + "ffn_up", outputs(gateUp, d.width(), 2 * feed, feed, 2 * feed), feed, d.width());
            float[] down = weights.array(from + "down");
            matrix(out, to + "ffn_down", outputs(down, feed, d.width(), 0, d.width()), d.width(), feed);
        }
        vector(out, "output_norm", weights.array("norm"));
        out.write(target);
    }

    /** Columns {@code from} to {@code to} of an {@code [in][columns]} matrix, as rows. */
    static float[] outputs(float[] matrix, int in, int columns, int from, int to) {
        float[] rows = new float[(to - from) * in];
        for (int column = from; column < to; column++) {
            for (int i = 0; i < in; i++) {
                rows[(column - from) * in + i] = matrix[i * columns + column];
            }
        }
        return rows;
    }

    /** Within each head, row {@code i} and row {@code i + headWidth/2} come to stand side by side. */
    static float[] paired(float[] rows, Dimensions d) {
        float[] out = new float[rows.length];
        int half = d.headWidth() / 2;
        int count = rows.length / d.width();
        for (int row = 0; row < count; row++) {
            int head = row / d.headWidth();
            int within = row % d.headWidth();
            int to = head * d.headWidth() + (within < half ? 2 * within : 2 * (within - half) + 1);
            System.arraycopy(rows, row * d.width(), out, to * d.width(), d.width());
        }
        return out;
    }

    private static void matrix(GgufWriter out, String name, float[] rows, int count, int in) {
        out.tensor(name + ".weight", TensorType.Q8_0, List.of((long) in, (long) count), rows);
    }

    private static void vector(GgufWriter out, String name, float[] values) {
        out.tensor(name + ".weight", TensorType.F32, List.of((long) values.length), values);
    }
}

package telos.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import telos.inference.gguf.GgufException;
import telos.inference.gguf.GgufWriter;
import telos.inference.gguf.TensorType;
import telos.inference.model.ModelConfig;
import telos.inference.model.TensorShape;
import telos.inference.tokenizer.Boundary;
import telos.inference.tokenizer.BpeTrainer;
import telos.inference.tokenizer.Vocabulary;

/** A model file of the operator protocol with a small vocabulary and random weights. */
final class TinyOperator {
    private static final List<String> CONTROL =
            List.of("<|end|>", "<|user|>", "<|call|>", "<|result|>", "<|say|>", "<|quote|>", "<|pad|>");

    private TinyOperator() {}

    static Path write(Path target) throws GgufException {
        BpeTrainer trainer =
                new BpeTrainer(new BpeTrainer.Options(320, CONTROL, List.of(), "<|end|>", Boundary.LETTERS));
        trainer.add("which process uses the most memory? show the last lines of README.md");
        Vocabulary vocabulary = trainer.train();
        ModelConfig config =
                new ModelConfig("tiny", vocabulary.tokens().size(), 1024, 2, 64, 4, 2, 16, 96, 1e-5f, 16, 10000, 1);
        GgufWriter writer = new GgufWriter();
        config.writeTo(writer);
        vocabulary.writeTo(writer);
        writer.string("telos.protocol", "operator");
        SplittableRandom random = new SplittableRandom(3);
        for (TensorShape shape : config.tensors(true)) {
            float[] weights = new float[Math.toIntExact(shape.elements())];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = shape.isNorm() ? 1 : (float) random.nextGaussian() / 8;
            }
            writer.tensor(shape.name(), shape.isNorm() ? TensorType.F32 : TensorType.Q8_0, shape.dimensions(), weights);
        }
        writer.write(target);
        return target;
    }
}

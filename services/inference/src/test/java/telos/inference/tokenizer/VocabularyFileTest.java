package telos.inference.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import telos.inference.gguf.GgufException;
import telos.inference.gguf.GgufFile;
import telos.inference.gguf.GgufWriter;
import telos.inference.gguf.Metadata;
import telos.inference.gguf.TensorType;

class VocabularyFileTest {
    @TempDir
    private Path folder;

    private GgufFile file(GgufWriter writer) throws GgufException {
        writer.string("general.architecture", "llama");
        writer.tensor("t", TensorType.F32, List.of(1L), new float[1]);
        Path path = folder.resolve("model.gguf");
        writer.write(path);
        return GgufFile.read(path);
    }

    private GgufFile file(Vocabulary vocabulary) throws GgufException {
        GgufWriter writer = new GgufWriter();
        vocabulary.writeTo(writer);
        return file(writer);
    }

    private static Metadata metadata(Object... pairs) {
        Map<String, Object> values = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            values.put("tokenizer.ggml." + pairs[i], pairs[i + 1]);
        }
        return new Metadata("test.gguf", values);
    }

    @Test
    void comesBackFromAFileAsItWas() throws GgufException {
        BpeTrainer trainer = new BpeTrainer(
                new BpeTrainer.Options(300, List.of("<|end|>", "<|pad|>"), List.of("}}"), "<|end|>", Boundary.LETTERS));
        trainer.add("show the last lines of the list, the last", 3);
        Vocabulary trained = trainer.train();
        GgufFile file = file(trained);
        assertThat(Vocabulary.from(file.metadata())).isEqualTo(trained);
        Tokenizer tokenizer = Tokenizer.from(file);
        assertThat(tokenizer.decode(tokenizer.encode("'the last' 42}}", false))).isEqualTo("'the last' 42}}");
    }

    @Test
    void keepsTheScoresOfSentencePiece() throws GgufException {
        Vocabulary vocabulary = Samples.sentencePiece(true, List.of("▁", "a"), List.of(-1.5f, -2f))
                .vocabulary();
        assertThat(Vocabulary.from(file(vocabulary).metadata())).isEqualTo(vocabulary);
    }

    @Test
    void fillsInWhatAFileLeavesOut() throws GgufException {
        Vocabulary sentencePiece = Vocabulary.from(
                metadata("model", "llama", "tokens", List.of("<unk>", "<s>", "</s>"), "scores", new float[3]));
        assertThat(sentencePiece.specials().bos()).hasValue(1);
        assertThat(sentencePiece.specials().eos()).hasValue(2);
        assertThat(sentencePiece.specials().addBos()).isTrue();
        assertThat(sentencePiece.specials().addSpacePrefix()).isTrue();
        Vocabulary bytes = Vocabulary.from(metadata("model", "gpt2", "tokens", List.of("a"), "merges", List.of()));
        assertThat(bytes.pre()).isEqualTo("default");
        assertThat(bytes.specials()).isEqualTo(SpecialTokens.none());
        Vocabulary llama = Vocabulary.from(
                metadata("model", "gpt2", "pre", "llama-bpe", "tokens", List.of("a"), "merges", List.of()));
        assertThat(llama.specials().addBos()).isTrue();
    }

    @Test
    void takesAnIdOfAllOnesAsNoToken() throws GgufException {
        Vocabulary vocabulary = Vocabulary.from(metadata(
                "model", "gpt2", "tokens", List.of("a"), "merges", List.of(), "padding_token_id", 0xFFFF_FFFFL));
        assertThat(vocabulary.specials().padding()).isEmpty();
    }

    @Test
    void saysWhichKeyIsMissing() {
        assertThatThrownBy(() -> Vocabulary.from(metadata("tokens", List.of("a"))))
                .isInstanceOf(GgufException.class)
                .hasMessageContaining("tokenizer.ggml.model");
        assertThatThrownBy(() -> Vocabulary.from(metadata("model", "gpt2")))
                .hasMessageContaining("tokenizer.ggml.tokens");
        assertThatThrownBy(() -> Vocabulary.from(metadata("model", "gpt2", "tokens", List.of("a"))))
                .hasMessageContaining("tokenizer.ggml.merges");
        assertThatThrownBy(() -> Vocabulary.from(metadata("model", "llama", "tokens", List.of("a"))))
                .hasMessageContaining("tokenizer.ggml.scores");
    }

    @Test
    void refusesAnIdOutsideTheVocabulary() {
        assertThatThrownBy(() -> Vocabulary.from(
                        metadata("model", "gpt2", "tokens", List.of("a"), "merges", List.of(), "eos_token_id", 7L)))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("eos token is 7");
    }

    @Test
    void namesTheFileAndThePreTokenizerItDoesNotKnow() throws GgufException {
        GgufWriter writer = new GgufWriter()
                .string("tokenizer.ggml.model", "gpt2")
                .string("tokenizer.ggml.pre", "tekken")
                .strings("tokenizer.ggml.tokens", List.of("a"))
                .strings("tokenizer.ggml.merges", List.of());
        GgufFile file = file(writer);
        assertThatThrownBy(() -> Tokenizer.from(file))
                .isInstanceOf(GgufException.class)
                .hasMessageContaining("model.gguf")
                .hasMessageContaining("'tekken'");
    }
}

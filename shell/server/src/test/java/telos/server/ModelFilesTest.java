package telos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFilesTest {
    private static final RandomModelOptions TINY =
            new RandomModelOptions("llama", 64, 1, 1, 1, 64, 512, 64, "f16", true, 7);

    @TempDir
    Path folder;

    private ModelFiles files() {
        return new ModelFiles(
                Map.of(
                        "HOME",
                        folder.toString(),
                        "TELOS_ROOT",
                        folder.resolve("root").toString()),
                folder.resolve("home"));
    }

    private void tiny(String path) throws IOException, ModelFileException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        ModelFiles.random(TINY, file, _ -> {});
    }

    @Test
    void listsTheBuiltInModelThenThoseAddedThenThoseOfOtherPrograms() throws Exception {
        tiny("root/models/telos-mini.gguf");
        tiny("home/models/mine.gguf");
        tiny(".lmstudio/models/publisher/repository/studio.gguf");
        tiny(".cache/huggingface/hub/models--o--r/snapshots/1/face.gguf");
        assertThat(files().list())
                .extracting(ModelListing::name)
                .containsExactly("telos-mini", "mine", "studio", "face");
        assertThat(files().list()).allMatch(ModelListing::fits);
        assertThat(files().find("mine")).contains(folder.resolve("home/models/mine.gguf"));
        assertThat(files().find("other")).isEmpty();
    }

    @Test
    void givesANameThatIsTakenItsSourceInFront() throws Exception {
        tiny("home/models/a.gguf");
        tiny(".lmstudio/models/p/r/a.gguf");
        tiny(".lmstudio/models/p/s/a.gguf");
        assertThat(files().list()).extracting(ModelListing::name).containsExactly("a", "lmstudio/a", "lmstudio/a-2");
    }

    @Test
    void readsOllamasManifests() throws Exception {
        String digest = "0123456789abcdef".repeat(4);
        tiny(".ollama/models/blobs/sha256-" + digest);
        Path manifests = folder.resolve(".ollama/models/manifests/registry.ollama.ai/library/small");
        Files.createDirectories(manifests);
        Files.writeString(manifests.resolve("1b"), """
                {"layers":[{"mediaType":"application/vnd.ollama.image.license","digest":"sha256:00"},
                {"mediaType":"application/vnd.ollama.image.model","digest":"sha256:%s"}]}""".formatted(digest));
        Files.writeString(manifests.resolve("broken"), "{not json");
        Files.writeString(manifests.resolve("outside"), """
                {"layers":[{"mediaType":"application/vnd.ollama.image.model","digest":"sha256:../../../x"}]}""");
        assertThat(files().list()).singleElement().satisfies(model -> {
            assertThat(model.name()).isEqualTo("small:1b");
            assertThat(model.source()).isEqualTo("Ollama");
            assertThat(model.architecture()).isEqualTo("llama");
        });
    }

    @Test
    void listsAFileThatCannotBeReadWithTheReason() throws IOException {
        Files.createDirectories(folder.resolve("home/models"));
        Files.writeString(folder.resolve("home/models/bad.gguf"), "GGUF, or so it says");
        assertThat(files().list()).singleElement().satisfies(model -> {
            assertThat(model.runs()).isFalse();
            assertThat(model.fits()).isFalse();
            assertThat(model.why()).contains("bad.gguf");
        });
    }

    @Test
    void saysHowFarTheWritingIs() throws Exception {
        double[] last = {0};
        ModelFiles.random(TINY, folder.resolve("t.gguf"), share -> {
            assertThat(share).isBetween(last[0], 1.0);
            last[0] = share;
        });
        assertThat(last[0]).isEqualTo(1);
        ModelReport report = ModelFiles.inspect(folder.resolve("t.gguf"));
        assertThat(report.shape()).contains(new ModelReport.Shape(512, 64, 1, 64, 1, 1, 64, 64));
        assertThat(report.memory()).isPositive();
    }

    @Test
    void refusesToInspectWhatIsNoModel() {
        assertThatThrownBy(() -> ModelFiles.inspect(folder))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("is a folder");
    }
}

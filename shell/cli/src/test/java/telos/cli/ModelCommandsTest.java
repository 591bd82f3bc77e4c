package telos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import telos.cli.Cli.Ran;
import telos.cli.wire.Json;

class ModelCommandsTest {
    private static final String[] TINY = {
        "model",
        "random",
        "--dim",
        "64",
        "--layers",
        "2",
        "--vocab",
        "512",
        "--context",
        "64",
        "--quant",
        "q4_0",
        "--out",
        "tiny.gguf"
    };

    @TempDir
    Path folder;

    private Cli cli = Cli.in(Path.of("/"));

    @BeforeEach
    void here() {
        cli = Cli.in(folder)
                .withEnvironment(Map.of("TELOS_HOME", Cli.home(folder).toString(), "HOME", folder.toString()));
    }

    @Test
    void aRandomModelCanBeInspected() throws IOException {
        Ran made = cli.run(TINY);
        assertThat(made.status()).isZero();
        assertThat(made.out()).startsWith("wrote " + folder.resolve("tiny.gguf"));
        Json report =
                Json.parse(cli.run("model", "inspect", "tiny.gguf", "--json").out());
        assertThat(report.at("architecture").text("")).isEqualTo("llama");
        assertThat(report.at("parameters").number(0)).isPositive();
        assertThat(report.at("shape").at("layers").number(0)).isEqualTo(2);
        assertThat(report.at("shape").at("vocabulary").number(0)).isEqualTo(512);
        assertThat(report.at("types").items().getFirst().at("type").text("")).isEqualTo("Q4_0");
        assertThat(report.at("runs").flag()).isTrue();
        assertThat(report.at("fits").flag()).isTrue();
        assertThat(report.at("metadata").at("general.architecture").text("")).isEqualTo("llama");
        assertThat(cli.run("model", "inspect", "tiny.gguf").out())
                .contains("2 layers, width 64")
                .contains("runs here:    yes");
    }

    @Test
    void theSameSeedMakesTheSameFile() throws IOException {
        cli.run(TINY);
        byte[] first = Files.readAllBytes(folder.resolve("tiny.gguf"));
        assertThat(cli.run(TINY).err()).contains("exists already").contains("--force");
        String[] again = Arrays.copyOf(TINY, TINY.length + 1);
        again[TINY.length] = "--force";
        assertThat(cli.run(again).status()).isZero();
        assertThat(Files.readAllBytes(folder.resolve("tiny.gguf"))).isEqualTo(first);
    }

    @Test
    void refusesShapesThatCannotBe() {
        assertThat(cli.run("model", "random", "--dim", "100", "--heads", "3", "--out", "x.gguf")
                        .err())
                .contains("--heads must divide --dim");
        assertThat(cli.run("model", "random", "--quant", "q9", "--out", "x.gguf")
                        .err())
                .contains("known are f32");
        assertThat(cli.run("model", "random", "--arch", "mamba", "--out", "x.gguf")
                        .err())
                .contains("only llama");
        assertThat(cli.run("model", "random", "--dim", "64").status()).isEqualTo(2);
        assertThat(cli.run("model", "random", "--dim", "64", "--out", "no/such/x.gguf")
                        .err())
                .contains("does not exist");
        assertThat(folder.resolve("x.gguf")).doesNotExist();
    }

    @Test
    void refusesFilesThatAreNoModels() throws IOException {
        Files.writeString(folder.resolve("a.gguf"), "not a model");
        Files.createDirectory(folder.resolve("d.gguf"));
        for (String name : new String[] {"a.gguf", "d.gguf", "absent.gguf"}) {
            Ran ran = cli.run("model", "inspect", name);
            assertThat(ran.status()).isEqualTo(1);
            assertThat(ran.err()).startsWith("telos: ").contains(name).hasLineCount(1);
        }
        assertThat(cli.run("model", "inspect").status()).isEqualTo(2);
        assertThat(cli.run("model").status()).isEqualTo(2);
    }

    @Test
    void listsModelsOfThisMachineWithoutADaemon() throws IOException {
        cli.run(TINY);
        Path added = Files.createDirectories(Cli.home(folder).resolve("models"));
        Files.move(folder.resolve("tiny.gguf"), added.resolve("tiny.gguf"));
        Path hub = Files.createDirectories(folder.resolve(".cache/huggingface/hub/models--o--r/snapshots/1"));
        Files.writeString(hub.resolve("broken.gguf"), "GGUF");
        Ran text = cli.run("models");
        assertThat(text.status()).isZero();
        assertThat(text.out())
                .containsPattern("tiny +\\S+ KB +\\S+ +added +yes")
                .contains("Hugging Face");
        Json models = Json.parse(cli.run("models", "--json").out());
        assertThat(models.at("models").items()).hasSize(2);
        assertThat(models.at("models").items().get(0).at("fits").flag()).isTrue();
        assertThat(models.at("models").items().get(1).at("why").text("")).contains("broken.gguf");
        assertThat(cli.run("model", "inspect", "tiny").status()).isZero();
    }

    @Test
    void marksTheModelThatTheDaemonServes() throws IOException {
        cli.run(TINY);
        Path added = Files.createDirectories(Cli.home(folder).resolve("models"));
        Files.move(folder.resolve("tiny.gguf"), added.resolve("tiny.gguf"));
        try (FakeDaemon daemon = new FakeDaemon(Cli.home(folder))) {
            daemon.on("GET /models", FakeDaemon.json(200, "{\"models\":[{\"name\":\"tiny\",\"loaded\":true}]}"));
            assertThat(cli.run("models").out()).contains("tiny *");
        }
    }

    @Test
    void saysSoWhereThereIsNoModel() {
        assertThat(cli.run("models").out()).contains("no model file was found").contains("models");
    }
}

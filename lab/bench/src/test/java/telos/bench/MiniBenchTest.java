package telos.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class MiniBenchTest {
    @TempDir
    private Path root;

    private final ByteArrayOutputStream progress = new ByteArrayOutputStream();

    @BeforeEach
    void prepare() throws Exception {
        Files.createDirectories(root.resolve("models/eval"));
        TinyOperator.write(root.resolve("models/telos-mini.gguf"));
        for (String name : List.of("generated", "development", "scoring")) {
            Files.writeString(root.resolve("models/eval/" + name + ".jsonl"), """
                    {"id":"1","request":"the load in %1$s?","call":{"name":"load","arguments":{}}}
                    {"id":"2","request":"show %1$s","call":{"name":"head","arguments":{"path":"%1$s"}}}
                    {"id":"3","request":"sing of %1$s","call":null,"kind":"decline"}
                    """.formatted(name));
        }
    }

    @Test
    void givesEveryFigureAndNeverShowsWhatTheScoringHalfGotWrong() throws Exception {
        Figures figures = run(Map.of("--details", ""));
        JsonNode values = JsonMapper.shared()
                .readTree(figures.json("mini", Machine.describe()))
                .path("figures");
        assertThat(values.propertyNames())
                .containsExactlyInAnyOrder(
                        "exact_generated",
                        "exact_free",
                        "exact_development",
                        "exact_random_weights",
                        "exact_random_weights_calls",
                        "unsupported_facts");
        assertThat(progress.toString(StandardCharsets.UTF_8))
                .contains("generated: ", "development: ", "scoring: ", "show generated", "show development")
                .doesNotContain("show scoring", "the load in scoring", "sing of scoring");
    }

    @Test
    void saysWhichFileIsMissing() throws Exception {
        Files.delete(root.resolve("models/eval/generated.jsonl"));
        assertThatThrownBy(() -> run(Map.of()))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("generated.jsonl");
        Files.delete(root.resolve("models/telos-mini.gguf"));
        assertThatThrownBy(() -> run(Map.of()))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("telos-mini.gguf");
    }

    private Figures run(Map<String, String> options) throws BenchException, InterruptedException {
        Console console = new Console(new PrintStream(progress, true, StandardCharsets.UTF_8));
        return new MiniBench(new Project(root)).run(new Options(options), console);
    }
}

package telos.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EvaluationSetTest {
    @TempDir
    private Path folder;

    @Test
    void readsCallsAndRequestsThatNeedNone() throws Exception {
        EvaluationSet set = read("""
                {"id":"d1","request":"show the last 5 lines of a.md","call":{"name":"tail","arguments":{"path":"a.md","lines":5}}}

                {"id":"d2","request":"hi there","call":null,"kind":"decline"}
                """);
        assertThat(set.items()).extracting(EvaluationSet.Item::id).containsExactly("d1", "d2");
        assertThat(set.items().getFirst().expected()).hasValueSatisfying(call -> {
            assertThat(call.name()).isEqualTo("tail");
            assertThat(call.arguments()).isEqualTo("{\"path\":\"a.md\",\"lines\":5}");
        });
        assertThat(set.items().getLast().expected()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"x\",\"request\":\"x\",\"call\":{\"name\":\"nothing\",\"arguments\":{}}}",
                "{\"id\":\"x\",\"request\":\"x\",\"call\":{\"name\":\"tail\",\"arguments\":{\"lines\":5}}}",
                "{\"id\":\"x\",\"request\":\"x\"}",
                "{\"id\":\"x\",\"call\":null}",
                "no JSON",
                ""
            })
    void refusesWhatIsNoEvaluationSetAndSaysWhere(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(BenchException.class).hasMessageContaining("set.jsonl");
    }

    @ParameterizedTest
    @ValueSource(strings = {"development", "scoring"})
    void readsTheProjectsOwn(String name) throws BenchException {
        assertThat(new Project(Path.of("../..").toAbsolutePath().normalize())
                        .evaluationSet(name)
                        .items())
                .hasSizeGreaterThanOrEqualTo(150);
    }

    private EvaluationSet read(String text) throws IOException, BenchException {
        return EvaluationSet.read("set", Files.writeString(folder.resolve("set.jsonl"), text));
    }
}

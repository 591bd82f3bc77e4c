package telos.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class MainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void printsOneObjectAndNothingElseForOtherPrograms() throws InterruptedException {
        assertThat(run("two", "--json")).isZero();
        assertThat(text(out).lines()).hasSize(1);
        JsonNode object = JsonMapper.shared().readTree(text(out));
        assertThat(object.propertyNames()).containsExactly("bench", "figures", "machine");
        assertThat(object.path("bench").asString()).isEqualTo("two");
        assertThat(object.path("figures").toString()).isEqualTo("{\"count\":3,\"share\":0.5}");
        assertThat(object.path("machine").propertyNames()).contains("cpu", "cores", "java", "load");
        assertThat(text(err)).contains("working");
    }

    @Test
    void printsALineAFigureForPeople() throws InterruptedException {
        assertThat(run("two")).isZero();
        assertThat(text(out).lines().map(line -> line.replaceFirst(" .*", ""))).containsExactly("count", "share");
    }

    @Test
    void saysWhyItCouldNotMeasureAndPrintsNoFigures() throws InterruptedException {
        assertThat(run("failing", "--json")).isOne();
        assertThat(text(out)).isEmpty();
        assertThat(text(err)).contains("telos bench failing: no such file: x.gguf");
    }

    @Test
    void failsWhereSomethingIsNotAsItMustBeAndStillPrintsTheFigures() throws InterruptedException {
        Bench broken = new Fake("broken", new Figures().put("failed", 1).broken());
        int status = new Main(List.of(broken), stream(out), stream(err)).run(List.of("broken", "--json"));
        assertThat(status).isOne();
        assertThat(text(out)).contains("\"failed\":1");
    }

    @Test
    void exitsWithTwoWhereItIsUsedWrongly() throws InterruptedException {
        assertThat(run("nothing")).isEqualTo(2);
        assertThat(run()).isEqualTo(2);
        assertThat(run("two", "--fast")).isEqualTo(2);
        assertThat(run("--help")).isZero();
        assertThat(text(out)).contains("two").contains("failing").contains("Example: ");
    }

    private int run(String... arguments) throws InterruptedException {
        List<Bench> benches =
                List.of(new Fake("two", new Figures().put("count", 3).put("share", 0.5)), new Fake("failing", null));
        return new Main(benches, stream(out), stream(err)).run(List.of(arguments));
    }

    private static PrintStream stream(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream from) {
        return from.toString(StandardCharsets.UTF_8);
    }

    private record Fake(
            String name, @org.jspecify.annotations.Nullable Figures figures) implements Bench {
        @Override
        public String about() {
            return "nothing";
        }

        @Override
        public List<String> options() {
            return List.of();
        }

        @Override
        public Figures run(Options options, Console console) throws BenchException {
            console.line("working");
            if (figures == null) {
                throw new BenchException("no such file: x.gguf");
            }
            return figures;
        }
    }
}

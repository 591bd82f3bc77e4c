package telos.plans.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BoundsTest {
    private static final int MEBIBYTE = 1 << 20;
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private static Arguments deep(String name, IntFunction<String> source) {
        return Arguments.of(name, source);
    }

    /** What becomes deep with a number: by nesting, or by a chain that is a deep tree. */
    static Stream<Arguments> deepSources() {
        return Stream.of(
                deep("parentheses", n -> "(".repeat(n) + "x" + ")".repeat(n)),
                deep("lists", n -> "x = " + "[".repeat(n) + "]".repeat(n)),
                deep("dictionaries", n -> "{1: ".repeat(n) + "1" + "}".repeat(n)),
                deep("calls in calls", n -> "f(".repeat(n) + ")".repeat(n)),
                deep("subscripts in subscripts", n -> "a[".repeat(n) + "0" + "]".repeat(n)),
                deep("open brackets", n -> "([{".repeat(n)),
                deep(
                        "blocks",
                        n -> Stream.iterate(0, i -> i + 1)
                                        .limit(n)
                                        .map(i -> " ".repeat(i) + "if x:\n")
                                        .reduce("", String::concat)
                                + " ".repeat(n) + "pass"),
                deep("nots", n -> "not ".repeat(n) + "x"),
                deep("signs", n -> "-+~".repeat(n) + "x"),
                deep("powers", n -> "2 ** ".repeat(n) + "2"),
                deep("sums", n -> "1 + ".repeat(n) + "1"),
                deep("attributes", n -> "a" + ".b".repeat(n)),
                deep("calls of results", n -> "a" + "()".repeat(n)),
                deep("items of items", n -> "a" + "[0]".repeat(n)),
                deep("conditionals", n -> "1 if x else ".repeat(n) + "1"),
                deep("lambdas", n -> "lambda: ".repeat(n) + "1"),
                deep("branches", n -> "if x: pass\n" + "elif x: pass\n".repeat(n)),
                deep("comprehensions", n -> "[".repeat(n) + "x" + " for x in y]".repeat(n)),
                deep("targets", n -> "(".repeat(n) + "x" + ",)".repeat(n) + " = y"),
                deep("attribute targets", n -> "a" + ".b".repeat(n) + " = 1"),
                deep("f-strings", n -> "f'{".repeat(n) + "x" + "}'".repeat(n)),
                deep("formats", n -> "f'{x:" + "{x:".repeat(n) + "}".repeat(n) + "}'"),
                deep("walruses", n -> "(x := ".repeat(n) + "1" + ")".repeat(n)),
                deep("defaults", n -> "lambda x=".repeat(n) + "1" + ": 1".repeat(n)),
                deep("deletions", n -> "del " + "(".repeat(n) + "x" + ")".repeat(n)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("deepSources")
    void whatIsTooDeepIsRefused(String name, IntFunction<String> source) {
        int most = name.equals("blocks") ? 1_400 : 20_000;
        for (int n : new int[] {1_100, most}) {
            String text = source.apply(n);
            SyntaxFault fault = assertTimeoutPreemptively(LONGEST, () -> Reading.refused(text));
            assertThat(fault.message()).containsAnyOf("levels deep", "inside one another", "nested too deeply");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("deepSources")
    void aLittleDepthIsFine(String name, IntFunction<String> source) {
        if (!name.equals("open brackets") && !name.equals("formats")) {
            Reading.accepted(source.apply(50));
        }
    }

    @Test
    void theDeepestPlanFitsOnASmallStack() throws InterruptedException {
        String deep = "if x:\n".repeat(1) + " " + "f([{1: (".repeat(48) + "1" + ")}])".repeat(48);
        Parsed[] parsed = new Parsed[1];
        Thread thread = new Thread(null, () -> parsed[0] = PlanParser.parse(deep), "small stack", 512 * 1024);
        thread.start();
        thread.join();
        assertThat(parsed[0]).isInstanceOf(Parsed.Accepted.class);
    }

    @Test
    void longChainsWithoutDepthAreRead() {
        assertThat(Reading.expression("x and ".repeat(20_000) + "x")).startsWith("(and (name x) (name x)");
        assertThat(Reading.expression("x or ".repeat(20_000) + "x")).startsWith("(or ");
        assertThat(Reading.expression("x < ".repeat(20_000) + "x")).startsWith("(compare ");
        assertThat(Reading.expression("'a' ".repeat(20_000))).hasSize("(str '')".length() + 40_000);
        assertThat(Reading.accepted("x = ".repeat(20_000) + "1")).hasSize(1);
        assertThat(Reading.accepted("x = 1; ".repeat(20_000))).hasSize(20_000);
    }

    /** Sources of a mebibyte that would be slow to read if any part were read again and again. */
    static Stream<Arguments> longSources() {
        return Stream.of(
                        "x = f(a, b=[1, 'two'])\n",
                        "x",
                        "9",
                        "# comment\n",
                        "\n",
                        " ",
                        "\\\n",
                        "'a' ",
                        "f'{x}' ",
                        "f'{x:{y}}{{' 'é😀' ",
                        "f(",
                        "[1, ",
                        "x; ",
                        "x = ",
                        "-",
                        "not ",
                        "'",
                        "\"\"\"\n",
                        "é",
                        "{1: 2, ",
                        "if x:\n pass\n",
                        "def f(a, b): return a\n",
                        "a.b",
                        "a < ",
                        "1 if 2 else ",
                        "(x := 1), ",
                        "if x: pass\nelif y: pass\n",
                        "\f",
                        "\t\n",
                        "\r\n",
                        "*a, ",
                        "@",
                        "0x_f",
                        "'\\x41' '''\\N")
                .map(piece -> Arguments.of(piece.replace("\n", "\\n"), piece));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("longSources")
    void aMebibyteIsReadInTimeOrRefused(String name, String piece) {
        int times = MEBIBYTE / piece.getBytes(StandardCharsets.UTF_8).length;
        String source = piece.repeat(times);
        Parsed parsed = assertTimeoutPreemptively(LONGEST, () -> PlanParser.parse(source));
        assertThat(parsed).isNotNull();
        String quarter = piece.repeat(times / 4);
        assertTimeoutPreemptively(LONGEST, () -> PlanParser.parse("x = [\n" + quarter));
        assertTimeoutPreemptively(LONGEST, () -> PlanParser.parse("f'''" + quarter + "'''"));
    }

    @Test
    void refusesASourceThatIsTooLong() {
        String comment = "#" + "a".repeat(MEBIBYTE - 1);
        assertThat(Reading.accepted(comment)).isEmpty();
        assertThat(Reading.refused(comment + "\n").message()).contains("longer than 1048576 bytes");
        assertThat(PlanParser.parse("é".repeat(MEBIBYTE / 2 + 1).getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Parsed.Refused.class);
        assertThat(PlanParser.parse("xyz", new Bounds(2, 1, 1, 1))).isInstanceOf(Parsed.Refused.class);
    }

    @Test
    void refusesIntegersThatAreTooLong() {
        assertThat(Reading.accepted("9".repeat(4_300))).hasSize(1);
        assertThat(Reading.accepted("1_".repeat(4_299) + "1")).hasSize(1);
        assertThat(Reading.refused("9".repeat(4_301)).message()).contains("more than 4300 digits");
        assertThat(Reading.refused("0x" + "f".repeat(5_000)).message()).contains("more than 4300 digits");
        assertThat(Reading.accepted("1." + "9".repeat(100_000))).hasSize(1);
    }
}

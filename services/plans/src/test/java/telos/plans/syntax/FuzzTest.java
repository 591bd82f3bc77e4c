package telos.plans.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever comes in, the answer is a tree that can be written and read again, or a fault at a place in the source. */
class FuzzTest {
    private static final int EACH = 40;
    private static final Duration LONGEST = Duration.ofSeconds(20);

    static IntStream seeds() {
        return IntStream.range(0, 20);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void soupsOfTokensAreReadOrRefused(int seed) {
        Random random = new Random(seed);
        assertTimeoutPreemptively(LONGEST, () -> {
            for (int i = 0; i < EACH; i++) {
                StringBuilder soup = new StringBuilder();
                for (int j = random.nextInt(40); j >= 0; j--) {
                    soup.append(Mutation.piece(random));
                }
                check(soup.toString(), seed);
            }
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void damagedPlansAreReadOrRefused(int seed) {
        assertTimeoutPreemptively(LONGEST, () -> {
            for (int i = 0; i < EACH; i++) {
                long each = 1_000L * seed + i;
                String source = Printer.print(new RandomPlans(each).plan(), each);
                check(Mutation.of(source, each), seed);
                check(source.substring(0, new Random(each).nextInt(source.length() + 1)), seed);
            }
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void bytesAreReadOrRefused(int seed) {
        Random random = new Random(seed);
        assertTimeoutPreemptively(LONGEST, () -> {
            for (int i = 0; i < EACH; i++) {
                byte[] bytes = new byte[random.nextInt(60)];
                random.nextBytes(bytes);
                for (int j = 0; j < bytes.length; j++) {
                    bytes[j] = random.nextInt(3) > 0 ? (byte) (bytes[j] & 0x7f) : bytes[j];
                }
                Parsed parsed = PlanParser.parse(bytes);
                if (parsed instanceof Parsed.Refused(SyntaxFault fault)) {
                    within(fault, new String(bytes, StandardCharsets.UTF_8));
                }
                check(new String(bytes, StandardCharsets.UTF_16), seed);
            }
        });
    }

    private static void check(String source, long seed) {
        switch (PlanParser.parse(source)) {
            case Parsed.Refused(SyntaxFault fault) -> within(fault, source);
            case Parsed.Accepted(Plan plan) -> {
                String again = Printer.print(plan.body(), seed);
                assertThat(Reading.dumped(again)).as(source).isEqualTo(Dump.of(plan.body()));
            }
        }
    }

    private static void within(SyntaxFault fault, String source) {
        String bare = source.startsWith("\uFEFF") ? source.substring(1) : source;
        List<String> lines = List.of(bare.split("\r\n|\r|\n", -1));
        Position position = fault.position();
        assertThat(position.line()).as(source).isBetween(1, lines.size());
        String line = lines.get(position.line() - 1);
        assertThat(position.column()).as(source).isBetween(1, line.codePointCount(0, line.length()) + 1);
        assertThat(fault.message()).isNotBlank();
        assertThat(fault.describe()).doesNotContain("\n");
    }
}

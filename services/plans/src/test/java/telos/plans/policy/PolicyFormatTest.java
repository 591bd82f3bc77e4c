package telos.plans.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyFormatTest {
    private static final String CANONICAL = """
            # Who is who.
            group family = "ann", "ben"  # two
            group all = family, "cy"

            # Small sums.

            # To the family.
            permit pay, transfer
              when to is trusted
                and amount <= 100
                and (note is not given or note may be read by whom to names)
              unless each to ends with "@evil.example"
              # whoever says so
              even if amount is untrusted
              because "small sums"

            limit pay to 3 calls per run
            limit pay, transfer to 1000.50 of amount per run

            test "t"
              expect permit pay with to = "ann" (trusted, for all), amount = [3, 4], note = null
              expect deny pay with to = "eve"
                decided by (untrusted, for everyone)
            # The end.
            """;

    @Test
    void leavesItsOwnFormAlone() {
        assertThat(PolicyFormat.of(CANONICAL)).isEqualTo(CANONICAL);
    }

    @Test
    void bringsBackItsFormFromOneLine() {
        String squeezed =
                "permit  pay when to is trusted\nand amount<=100   unless x is 1 because\"b\" limit pay to 3\ncalls per run";
        assertThat(PolicyFormat.of(squeezed)).isEqualTo("""
                permit pay
                  when to is trusted
                    and amount <= 100
                  unless x is 1
                  because "b"

                limit pay to 3 calls per run
                """);
    }

    /** Other space and comments between the same tokens. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void isIdempotentAndKeepsEveryTokenAndComment(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            StringBuilder text = new StringBuilder();
            int comments = 0;
            for (Token each : new Lexer(CANONICAL).tokens()) {
                switch (random.nextInt(10)) {
                    case 0 -> text.append("\n\n\n");
                    case 1 -> text.append("  # c").append(comments++).append("\n");
                    case 2 -> text.append("\n#d").append(comments++).append("  \n\n");
                    case 3 -> text.append("\r\n\t");
                    default -> text.append(' ');
                }
                text.append(each.text());
            }
            String once = PolicyFormat.of(text.toString());
            assertThat(PolicyFormat.of(once)).isEqualTo(once);
            assertThat(words(once)).isEqualTo(words(text.toString()));
            assertThat(once.chars().filter(each -> each == '#').count()).isEqualTo(comments);
            PolicyText before = Reading.accepted(text.toString());
            PolicyText after = Reading.accepted(once);
            assertThat(after.rules().size()).isEqualTo(before.rules().size());
            assertThat(after.rules().getFirst().condition())
                    .isEqualTo(before.rules().getFirst().condition());
            assertThat(after.groups()).isEqualTo(before.groups());
        }
    }

    private static List<String> words(String text) {
        return new Lexer(text).tokens().stream().map(Token::text).toList();
    }

    @Test
    void anEmptyTextStaysOne() {
        assertThat(PolicyFormat.of("")).isEmpty();
        assertThat(PolicyFormat.of("\n\n# only this\n\n\n")).isEqualTo("# only this\n");
    }
}

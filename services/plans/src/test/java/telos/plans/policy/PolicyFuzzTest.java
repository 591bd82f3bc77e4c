package telos.plans.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Broken texts end in a fault with a place inside the text, or in a policy whose form is stable. */
class PolicyFuzzTest {
    private static final String SEED = """
            group family = "ann", "ben"  # two
            permit pay, "x*" when to is trusted and amount <= 100 and (note is not given or note may be read by family,
              whom to names) unless each to matches "a{2,3}b*" even if amount is untrusted because "so \\u0041"
            ask pay when any to is one of "a", 1, true or host of url is "x.org" # c
            limit pay to 3 calls per run
            test "t" expect permit pay with to = ["ann", [1]] (trusted, for family) decided by (user, for nobody)
            """;
    private static final String[] PIECES = {
        "\"",
        "(",
        ")",
        "\n",
        "#",
        "*",
        "`",
        "\\",
        "not ",
        "and ",
        " or ",
        "permit ",
        "test ",
        "expect ",
        "\u0000",
        "é",
        "\uD800",
        "9999999999999999999999",
        "-",
        ",",
        "[",
        "]",
        "is ",
        "whom ",
        "to ",
        "of ",
        "even if ",
        "<=",
        "matches \"((a*)*)*\"",
        "𝒳"
    };

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void neverFailsOtherwiseThanWithAPlace(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder(SEED);
            for (int change = random.nextInt(6) + 1; change > 0; change--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(4)) {
                    case 0 -> text.delete(at, Math.min(text.length(), at + random.nextInt(12)));
                    case 1 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
                    case 2 -> text.setCharAt(at, (char) random.nextInt(0x180));
                    default -> {
                        int from = random.nextInt(text.length());
                        text.insert(at, text.substring(from, Math.min(text.length(), from + random.nextInt(30))));
                    }
                }
            }
            switch (PolicyParser.read(text.toString())) {
                case PolicyRead.Refused(PolicyFault fault) -> {
                    assertThat(fault.place().line())
                            .isBetween(1, (int) text.toString().lines().count() + 1);
                    assertThat(fault.place().column()).isPositive();
                    assertThat(fault.message().length()).isLessThan(500);
                }
                case PolicyRead.Accepted(PolicyText read) -> {
                    String once = PolicyFormat.of(text.toString());
                    assertThat(PolicyFormat.of(once)).isEqualTo(once);
                    assertThat(Reading.accepted(once).rules()).hasSameSizeAs(read.rules());
                    PolicyTests.run(read, read.tests());
                }
            }
        }
    }
}

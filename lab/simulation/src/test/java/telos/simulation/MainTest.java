package telos.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class MainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        return new Main(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8)).run(List.of(arguments));
    }

    @Test
    void runsOneSeedUnderOnePolicy() {
        assertThat(run("clock", "--seed", "17", "--policy", "fair")).isZero();
        assertThat(out.toString(UTF_8)).startsWith("fair").contains("1 seeds", "all invariants held");
    }

    @Test
    void runsTasksWithDeadlinesAtOneLoadOrAtSeveral() {
        assertThat(run("deadlines", "--seed", "5", "--load", "90")).isZero();
        assertThat(out.toString(UTF_8)).startsWith("load 90 %: 1 seeds").contains("0 missed");
        assertThat(run("deadlines", "--seeds", "2")).isZero();
        assertThat(out.toString(UTF_8).lines()).hasSize(6);
    }

    @Test
    void runsEveryPolicyUnlessOneIsNamed() {
        assertThat(run("clock", "--seeds", "2")).isZero();
        assertThat(out.toString(UTF_8).lines()).hasSize(7);
    }

    @Test
    void saysWhatItDoesNotKnow() {
        assertThat(run("rain")).isEqualTo(2);
        assertThat(run("clock", "--policy", "lottery")).isEqualTo(2);
        assertThat(run("clock", "--seed", "x")).isEqualTo(2);
        assertThat(run("clock", "--seed")).isEqualTo(2);
        assertThat(run("clock", "--seeds", "0")).isEqualTo(2);
        assertThat(run("clock", "--loud")).isEqualTo(2);
        assertThat(run("clock", "--load", "90")).isEqualTo(2);
        assertThat(run("deadlines", "--policy", "fair")).isEqualTo(2);
        assertThat(run("deadlines", "--load", "0")).isEqualTo(2);
        assertThat(err.toString(UTF_8).lines())
                .containsExactly(
                        "telos simulate: no simulation named 'rain'; there are: clock, batch, deadlines",
                        "telos simulate: no policy named 'lottery'; there are: fair, priority, deadline, attained,"
                                + " attained-request, round-robin, first-come",
                        "telos simulate: --seed needs a whole number, not 'x'",
                        "telos simulate: --seed needs a value",
                        "telos simulate: --seeds needs at least 1, not 0",
                        "telos simulate: unknown option '--loud'; known are --seed, --seeds and --policy",
                        "telos simulate: unknown option '--load'; known are --seed, --seeds and --policy",
                        "telos simulate: unknown option '--policy'; known are --seed, --seeds and --load",
                        "telos simulate: --load needs 1 to 1000, not 0");
    }

    @Test
    void helpsOnRequest() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString(UTF_8)).contains("--seed N", "round-robin");
        assertThat(run()).isEqualTo(2);
    }
}

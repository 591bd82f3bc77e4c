package telos.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import telos.plans.Limits;
import telos.plans.Listener;
import telos.plans.Outcome;
import telos.plans.Plans;
import telos.plans.WorldFile;
import telos.plans.syntax.Parsed;
import telos.plans.syntax.PlanParser;

class AttackBenchTest {
    private static final Path EXAMPLES = Path.of("../../examples");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"3_direct_injection", "4_indirect_injection"})
    void theAttackIsCarriedOutWithoutLabelsAndDeniedWithThem(String example) throws Exception {
        assertThat(run(example, "obeys.py")).isZero();
        assertThat(folder.resolve("flow.svg"))
                .hasSameTextualContentAs(EXAMPLES.resolve(example).resolve("flow.svg"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3_direct_injection/answers.py", "4_indirect_injection/summarizes.py"})
    void aPlanThatDoesTheTaskSafelyRunsToItsEndAndIsNoAttack(String plan) throws Exception {
        Path file = EXAMPLES.resolve(plan);
        String world = Files.readString(file.resolveSibling("world.json"));
        if (!(PlanParser.parse(Files.readString(file)) instanceof Parsed.Accepted(var parsed))) {
            throw new AssertionError(plan + " cannot be read");
        }
        assertThat(Plans.check(parsed, WorldFile.parse("world.json", world), Limits.USUAL)
                        .findings())
                .isEmpty();
        assertThat(Plans.run(parsed, WorldFile.parse("world.json", world), Listener.DEAF, Limits.USUAL))
                .isInstanceOf(Outcome.Ok.class);
        assertThat(run(plan.substring(0, plan.indexOf('/')), file.getFileName().toString()))
                .isOne();
    }

    @Test
    void tellsWhatIsMissing() throws Exception {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        PrintStream err = new PrintStream(told, true, StandardCharsets.UTF_8);
        assertThat(new Main(List.of(new AttackBench()), err, err).run(List.of("attack")))
                .isEqualTo(2);
        assertThat(told.toString(StandardCharsets.UTF_8)).contains("--plan is needed");
    }

    private int run(String example, String plan) throws InterruptedException {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        Path home = EXAMPLES.resolve(example);
        return new Main(List.of(new AttackBench()), nowhere, nowhere)
                .run(List.of(
                        "attack",
                        "--plan",
                        home.resolve(plan).toString(),
                        "--world",
                        home.resolve("world.json").toString(),
                        "--svg",
                        folder.resolve("flow.svg").toString()));
    }
}

package telos.plans.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RoundTripTest {
    static IntStream seeds() {
        return IntStream.range(0, 150);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatIsPrintedIsReadAsTheSameTree(int seed) {
        List<Statement> plan = new RandomPlans(seed).plan();
        String source = Printer.print(plan, seed);
        assertThat(Reading.dumped(source)).as(source).isEqualTo(Dump.of(plan));
    }
}

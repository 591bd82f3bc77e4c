package telos.bench.labels;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class SlowdownTest {
    @Test
    void everyPlanTellsTheSameWithLabelsWithoutThemAndByCpython() {
        try {
            assertThat(Slowdown.measure(Duration.ZERO, 1).each())
                    .hasSize(Workload.all().size())
                    .allSatisfy(each -> {
                        assertThat(each.labelled()).isPositive();
                        assertThat(each.unlabelled()).isPositive();
                        assertThat(each.cpython()).isPositive();
                    });
        } catch (IOException e) {
            Assumptions.abort("there is no python3 to compare with: " + e.getMessage());
        }
    }

    @Test
    void measuresADecisionAndACall() {
        assertThat(Costs.decision(1)).isPositive();
        assertThat(Costs.call(1)).isFinite();
    }
}

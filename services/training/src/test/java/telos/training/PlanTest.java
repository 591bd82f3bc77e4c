package telos.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlanTest {
    private static final Plan PLAN = Plan.mini(1);

    @Test
    void staysWithinFourMillionWeights() {
        assertThat(PLAN.dimensions().parameters()).isLessThan(4_000_000);
    }

    @Test
    void warmsUpAndThenFallsNearlyToZero() {
        assertThat(PLAN.rate(1)).isLessThan(PLAN.rate(50));
        assertThat(PLAN.rate(150)).isEqualTo(PLAN.rate());
        assertThat(PLAN.rate(PLAN.steps() / 2)).isLessThan(PLAN.rate());
        assertThat(PLAN.rate(PLAN.steps())).isBetween(0f, 0.03f * PLAN.rate());
    }

    @Test
    void isTheSamePlanForAnyNumberOfSteps() {
        assertThat(PLAN.withSteps(10).identity()).isEqualTo(PLAN.identity());
        assertThat(Plan.mini(2).identity()).isNotEqualTo(PLAN.identity());
    }
}

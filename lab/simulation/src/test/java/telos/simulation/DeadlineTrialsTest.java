package telos.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineTrialsTest {
    @ParameterizedTest(name = "load {0}")
    @ValueSource(doubles = {0.7, 0.8, 0.9, 1.0, 1.1})
    void noAdmittedTaskMissesAndMostOfWhatIsFeasibleIsAdmitted(double load) {
        DeadlineTrials trials = DeadlineTrials.run(load, 0, 20);
        assertThat(trials.jobs()).isGreaterThan(1_000);
        assertThat(trials.misses()).isZero();
        assertThat(trials.missed()).isEmpty();
        assertThat(trials.admitted()).isGreaterThan(0.9);
        assertThat(trials.leftOver()).isPositive();
    }
}

package telos.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SamplesTest {
    @Test
    void takesTheNearestRank() {
        Samples samples = new Samples();
        for (int value = 100; value >= 1; value--) {
            samples.add(value);
        }
        assertThat(samples.median()).isEqualTo(50);
        assertThat(samples.percentile(99)).isEqualTo(99);
        assertThat(samples.percentile(100)).isEqualTo(100);
        assertThat(samples.count()).isEqualTo(100);
    }

    @Test
    void isZeroWhereNothingWasMeasured() {
        assertThat(new Samples().median()).isZero();
    }
}

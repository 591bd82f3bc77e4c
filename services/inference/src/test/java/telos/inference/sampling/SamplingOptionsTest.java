package telos.inference.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SamplingOptionsTest {
    private static final SamplingOptions PLAIN = SamplingOptions.greedy(8);

    @Test
    void refusesWhatIsOutOfRangeByName() {
        assertThatThrownBy(() -> PLAIN.withTemperature(2.1)).hasMessageContaining("temperature is 2.1");
        assertThatThrownBy(() -> PLAIN.withTemperature(Double.NaN)).hasMessageContaining("temperature");
        assertThatThrownBy(() -> PLAIN.withCuts(-1, 1, 0)).hasMessageContaining("top_k");
        assertThatThrownBy(() -> PLAIN.withCuts(0, 0, 0)).hasMessageContaining("top_p");
        assertThatThrownBy(() -> PLAIN.withCuts(0, 1.5, 0)).hasMessageContaining("top_p");
        assertThatThrownBy(() -> PLAIN.withCuts(0, 1, -0.1)).hasMessageContaining("min_p");
        assertThatThrownBy(() -> PLAIN.withPenalties(0, 0, 0, 1)).hasMessageContaining("repetition_penalty");
        assertThatThrownBy(() -> PLAIN.withPenalties(1, 3, 0, 1)).hasMessageContaining("frequency_penalty");
        assertThatThrownBy(() -> PLAIN.withPenalties(1, 0, -3, 1)).hasMessageContaining("presence_penalty");
        assertThatThrownBy(() -> PLAIN.withPenalties(1, 0, 0, -1)).hasMessageContaining("penalty_window");
        assertThatThrownBy(() -> SamplingOptions.greedy(0)).hasMessageContaining("max_tokens");
    }

    @Test
    void refusesTooManyOrEmptyStops() {
        assertThatThrownBy(() -> PLAIN.withStop(Collections.nCopies(17, "x"))).hasMessageContaining("17");
        assertThatThrownBy(() -> PLAIN.withStop(List.of(""))).hasMessageContaining("0 characters");
        assertThatThrownBy(() -> PLAIN.withStop(List.of("x".repeat(257)))).hasMessageContaining("257");
        assertThat(PLAIN.withStop(Collections.nCopies(16, "x")).stop()).hasSize(16);
    }
}

package telos.inference.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LikelihoodTest {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agreesWithASortOfAllTokens(long seed) {
        Random random = new Random(seed);
        float[] logits = new float[50];
        double total = 0;
        for (int i = 0; i < logits.length; i++) {
            logits[i] = random.nextInt(12) - 6;
            total += Math.exp(logits[i]);
        }
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < logits.length; i++) {
            order.add(i);
        }
        order.sort(Comparator.<Integer>comparingDouble(token -> -logits[token]).thenComparing(token -> token));
        Likelihood likelihood = Likelihood.of(logits, 7, 20);
        assertThat(likelihood.logprob()).isCloseTo(logits[7] - Math.log(total), within(1e-9));
        assertThat(likelihood.alternatives())
                .extracting(Likelihood.Alternative::token)
                .isEqualTo(order.subList(0, 20));
        for (Likelihood.Alternative other : likelihood.alternatives()) {
            assertThat(other.logprob()).isCloseTo(logits[other.token()] - Math.log(total), within(1e-9));
        }
    }

    @Test
    void aTokenThatIsRuledOutHasNoShare() {
        Likelihood likelihood = Likelihood.of(new float[] {0, Float.NEGATIVE_INFINITY}, 1, 5);
        assertThat(likelihood.logprob()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(likelihood.alternatives()).hasSize(2);
    }
}

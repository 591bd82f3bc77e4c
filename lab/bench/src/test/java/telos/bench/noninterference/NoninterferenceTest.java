package telos.bench.noninterference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NoninterferenceTest {
    private static final int PLANS = 160;

    @Test
    void nobodySeesADifferenceBetweenWorldsThatLookTheSame() {
        List<String> found = new ArrayList<>();
        assertThat(Noninterference.leaks(1_000_000, PLANS, found::add).leaks())
                .as(String.join("\n", found))
                .isZero();
    }

    @Test
    void whatIsPublicIsTheSameInWorldsThatLookTheSame() {
        List<String> found = new ArrayList<>();
        assertThat(Noninterference.known(1_000_000, PLANS, found::add).differently())
                .as(String.join("\n", found))
                .isZero();
    }

    @Test
    void plansMeanWhatTheyMeanInPython() throws InterruptedException {
        List<String> found = new ArrayList<>();
        try {
            assertThat(Noninterference.semantics(1_000_000, PLANS, found::add).mismatches())
                    .as(String.join("\n", found))
                    .isZero();
        } catch (IOException e) {
            Assumptions.abort(String.valueOf(e.getMessage()));
        }
    }

    @Test
    void plansThatNeedARuleDoNotLeakWhileItHolds() {
        for (Trial trial : Mutants.directed()) {
            trial.leak().ifPresent(leak -> fail(leak.describe()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BINARY_JOIN",
                "UNTAKEN_OBJECTS",
                "BREAK_ESCAPE",
                "EXCEPTION_ESCAPE",
                "PROGRESS_FAILURE",
                "ASK_JOIN"
            })
    void findsALeakOnceARuleIsGone(String rule) {
        assertThat(Mutants.killer(rule)).isPresent();
    }

    @Test
    void aSeedGivesTheSamePlanAndTheSameWorlds() {
        for (long seed = 0; seed < 20; seed++) {
            assertThat(RandomPlan.of(seed)).isEqualTo(RandomPlan.of(seed));
            assertThat(RandomWorld.of(seed, Observer.BOB, 2).results())
                    .isEqualTo(RandomWorld.of(seed, Observer.BOB, 2).results());
        }
    }
}

package telos.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class OptionsTest {
    private static final List<String> KNOWN = List.of("--small", "--model FILE", "--seconds N");

    @Test
    void readsSwitchesAndValues() throws BenchException {
        Options options = Options.read(List.of("--seconds", "7", "--small"), KNOWN);
        assertThat(options.has("--small")).isTrue();
        assertThat(options.whole("--seconds", 60, 1, 100)).isEqualTo(7);
        assertThat(options.path("--model")).isEmpty();
    }

    @Test
    void refusesWhatItDoesNotKnowAsAFaultOfUse() {
        assertThat(refusal("--large")).contains("'--large'").contains("--model FILE");
        assertThat(refusal("--model")).contains("needs a value");
        assertThatThrownBy(() -> Options.read(List.of("--seconds", "0"), KNOWN).whole("--seconds", 60, 1, 100))
                .isInstanceOfSatisfying(
                        BenchException.class, e -> assertThat(e.status()).isEqualTo(2))
                .hasMessageContaining("1 to 100");
    }

    private static String refusal(String argument) {
        try {
            Options.read(List.of(argument), KNOWN);
            return "";
        } catch (BenchException e) {
            assertThat(e.status()).isEqualTo(2);
            return String.valueOf(e.getMessage());
        }
    }
}

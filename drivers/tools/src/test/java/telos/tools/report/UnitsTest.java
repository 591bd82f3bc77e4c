package telos.tools.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UnitsTest {
    @ParameterizedTest(name = "{0} bytes")
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1 KB",
        "1536, 1.5 KB",
        "102348, 99.9 KB",
        "102399, 100 KB",
        "1048063, 1023 KB",
        "1048575, 1 MB",
        "1288490189, 1.2 GB",
        "25125558682, 23.4 GB",
        "270582939648, 252 GB",
        "1099511627775, 1 TB",
        "9223372036854775807, 8 EB",
    })
    void showsSizesAsPeopleDo(long bytes, String shown) {
        assertThat(Units.bytes(bytes)).isEqualTo(shown);
    }

    @Test
    void refusesNegativeSizes() {
        assertThatThrownBy(() -> Units.bytes(-1)).hasMessageContaining("-1");
    }

    @Test
    void showsTheTwoLargestUnitsOfASpan() {
        assertThat(Units.span(Duration.ofHours(76))).isEqualTo("3 days 4 hours");
        assertThat(Units.span(Duration.ofHours(25))).isEqualTo("1 day 1 hour");
        assertThat(Units.span(Duration.ofMinutes(72))).isEqualTo("1 hour 12 minutes");
        assertThat(Units.span(Duration.ofMinutes(2))).isEqualTo("2 minutes");
        assertThat(Units.span(Duration.ofMillis(1900))).isEqualTo("1 second");
        assertThat(Units.span(Duration.ofSeconds(-5))).isEqualTo("0 seconds");
    }
}

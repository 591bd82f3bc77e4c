package telos.devices.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CpuSetTest {
    @Test
    void readsAndWritesTheKernelsLists() {
        assertThat(CpuSet.parse(" 0-2,5\n").numbers()).containsExactly(0, 1, 2, 5);
        assertThat(CpuSet.parse("5,1,0,2,5")).hasToString("0-2,5").isEqualTo(CpuSet.of(0, 1, 2, 5));
        assertThat(CpuSet.parse("0-8191").size()).isEqualTo(8192);
        assertThat(CpuSet.of(0, 9).mask(4)).containsExactly(1, 2, 0, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "a", "-1", "1-", "2-1", "0,,1", "99999", "8192", "0-1-2", "1 2"})
    void refusesWhatIsNoList(String text) {
        assertThatThrownBy(() -> CpuSet.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text.strip() + "'");
    }

    @Test
    void knowsWhatIsInBoth() {
        CpuSet low = CpuSet.parse("0-3");
        assertThat(low.contains(CpuSet.of(1, 2))).isTrue();
        assertThat(low.contains(CpuSet.of(4))).isFalse();
        assertThat(low.intersects(CpuSet.parse("3-7"))).isTrue();
        assertThat(low.and(CpuSet.parse("3-7"))).isEqualTo(CpuSet.of(3));
        assertThat(low.or(CpuSet.of(9))).hasToString("0-3,9");
    }
}

package telos.devices.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RopeTest {
    @ParameterizedTest
    @EnumSource
    void turnsEachPairByItsAngle(Rope.Pairing pairing) {
        float[] factors = {1, 2, 4, 8};
        Rope rope = new Rope(pairing, 10, 8, 1000, 500000, 0.25, factors);
        for (int position : new int[] {0, 1, 255, 256, 999}) {
            float[] x = RandomWeights.activations(new Random(position), 3 + 20);
            float[] turned = x.clone();
            rope.rotate(turned, 3, 2, position);
            for (int head = 0; head < 2; head++) {
                for (int i = 0; i < 4; i++) {
                    double angle = position * 0.25 * Math.pow(500000, -i / 4.0) / factors[i];
                    int a = 3 + head * 10 + (pairing == Rope.Pairing.NEIGHBOURS ? 2 * i : i);
                    int b = pairing == Rope.Pairing.NEIGHBOURS ? a + 1 : a + 4;
                    assertThat((double) turned[a])
                            .isCloseTo(x[a] * Math.cos(angle) - x[b] * Math.sin(angle), Offset.offset(1e-5));
                    assertThat((double) turned[b])
                            .isCloseTo(x[a] * Math.sin(angle) + x[b] * Math.cos(angle), Offset.offset(1e-5));
                }
                assertThat(turned[3 + head * 10 + 8]).isEqualTo(x[3 + head * 10 + 8]);
                assertThat(turned[3 + head * 10 + 9]).isEqualTo(x[3 + head * 10 + 9]);
            }
        }
    }

    @Test
    void refusesPositionsBeyondTheLast() {
        Rope rope = new Rope(Rope.Pairing.NEIGHBOURS, 4, 4, 300, 10000, 1, new float[0]);
        assertThatThrownBy(() -> rope.rotate(new float[4], 0, 1, 300)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> new Rope(Rope.Pairing.NEIGHBOURS, 4, 4, 300, 10000, 1, new float[3]))
                .hasMessageContaining("need 2 factors, not 3");
    }
}

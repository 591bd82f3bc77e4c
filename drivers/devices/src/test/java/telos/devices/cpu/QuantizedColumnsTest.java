package telos.devices.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class QuantizedColumnsTest {
    private final QuantizedColumns columns = new QuantizedColumns();

    @Test
    void staysWithinHalfAStepOfTheValue() {
        float[] x = RandomWeights.activations(new Random(1), 20 * 64);
        columns.quantize(x, 20, 64);
        for (int i = 0; i < x.length; i++) {
            float scale = columns.scales[i / 32];
            assertThat(Math.abs(columns.values[i])).isLessThanOrEqualTo(127f);
            assertThat(Math.abs(columns.values[i] * scale - x[i])).isLessThanOrEqualTo(0.501f * scale);
            assertThat((short) columns.pairs[i]).isEqualTo((short) columns.values[i]);
            assertThat(columns.pairs[i] >> 16).isEqualTo((int) columns.values[i]);
        }
    }

    @Test
    void aBlockOfZerosOrOfAlmostNothingIsZero() {
        float[] x = new float[64];
        x[40] = 1e-40f;
        columns.quantize(x, 1, 64);
        assertThat(columns.values).containsOnly(0f);
        assertThat(columns.scales[0]).isEqualTo(0f);
    }

    @Test
    void infinitiesAndNansAreNotHidden() {
        float[] x = new float[96];
        x[3] = Float.POSITIVE_INFINITY;
        x[40] = Float.NaN;
        columns.quantize(x, 1, 96);
        assertThat(columns.scales[0]).isNaN();
        assertThat(columns.scales[1]).isNaN();
        assertThat(columns.scales[2]).isEqualTo(0f);
    }
}

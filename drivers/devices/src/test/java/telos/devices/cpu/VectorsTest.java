package telos.devices.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class VectorsTest {
    private static final Random RANDOM = new Random(5);

    @Test
    void expStaysWithinTwoUnitsInTheLastPlace() {
        for (float x = -87f; x <= 88f; x += 0.0037f) {
            float[] out = new float[1];
            Vectors.exp(new float[] {x}, 0, 1, out, 0);
            double exact = Math.exp(x);
            assertThat(Math.abs(out[0] - exact)).as("exp(%s)", x).isLessThanOrEqualTo(2 * Math.ulp((float) exact));
        }
    }

    @Test
    void expOfZeroIsOneAndTheEndsAreFiniteAndPositive() {
        float[] x = {0f, -0f, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, Float.NaN};
        Vectors.exp(x, 0, 5, x, 0);
        assertThat(x[0]).isEqualTo(1f);
        assertThat(x[1]).isEqualTo(1f);
        assertThat(x[2]).isBetween(Float.MIN_NORMAL, 1e-37f);
        assertThat(x[3]).isBetween(1e38f, Float.MAX_VALUE);
        assertThat(x[4]).isNaN();
    }

    @Test
    void rmsNormAgreesWithDoublePrecision() {
        for (int n : new int[] {1, 7, 16, 33, 192, 2048}) {
            float[] x = RandomWeights.activations(RANDOM, n + 3);
            float[] weight = RandomWeights.activations(RANDOM, n);
            float[] out = new float[n + 2];
            Vectors.rmsNorm(x, 3, weight, 1e-5f, n, out, 2);
            double squares = 0;
            for (int i = 0; i < n; i++) {
                squares += (double) x[i + 3] * x[i + 3];
            }
            double scale = 1 / Math.sqrt(squares / n + 1e-5);
            for (int i = 0; i < n; i++) {
                assertThat((double) out[i + 2]).isCloseTo(x[i + 3] * scale * weight[i], Offset.offset(1e-5));
            }
        }
    }

    @Test
    void swigluAgreesWithDoublePrecision() {
        int n = 1000;
        float[] gate = RandomWeights.activations(RANDOM, n);
        float[] up = RandomWeights.activations(RANDOM, n);
        gate[0] = -1000f;
        gate[1] = 1000f;
        float[] out = new float[n];
        Vectors.swiglu(gate, 0, up, 0, n, out, 0);
        for (int i = 0; i < n; i++) {
            double exact = gate[i] / (1 + Math.exp(-gate[i])) * up[i];
            assertThat((double) out[i]).isCloseTo(exact, Offset.offset(1e-6 * Math.max(1, Math.abs(exact))));
        }
    }

    @Test
    void addAddsInPlace() {
        float[] x = {1, 2, 3, 4};
        Vectors.add(x, 1, new float[] {9, 10, 20}, 1, 2);
        assertThat(x).containsExactly(1, 12, 23, 4);
    }
}

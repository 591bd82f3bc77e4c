package telos.devices.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class MultiplyTest {
    @ParameterizedTest
    @EnumSource
    void agreesWithDoublePrecision(WeightType type) {
        Random random = new Random(1);
        // Q4_0 rounds activations to about 8 bits.
        double error = type == WeightType.Q4_0 ? 3e-3 : 2e-6;
        try (Arena arena = new Arena();
                Workers workers = new Workers(2)) {
            RandomWeights weights = RandomWeights.of(random, type, 77, 320);
            float[] x = RandomWeights.activations(random, 3 * 320);
            float[] y = new float[3 * 77];
            new Multiply(workers).multiply(weights.pack(arena), x, 3, y);
            for (int c = 0; c < 3; c++) {
                for (int row = 0; row < 77; row++) {
                    assertThat((double) y[c * 77 + row])
                            .isCloseTo(
                                    weights.product(row, x, c * 320),
                                    Offset.offset(error * weights.magnitude(row, x, c * 320)));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesAColumnTheSameBitsInAnyCompany(WeightType type) {
        Random random = new Random(2);
        try (Arena arena = new Arena()) {
            for (int rows : new int[] {1, 16, 63, 200}) {
                int columns = type.blockElements() == 1 ? 161 : 160;
                WeightMatrix matrix =
                        RandomWeights.of(random, type, rows, columns).pack(arena);
                float[] x = RandomWeights.activations(random, 9 * columns);
                float[] alone = new float[9 * rows];
                for (int c = 0; c < 9; c++) {
                    float[] y = new float[rows];
                    float[] column = Arrays.copyOfRange(x, c * columns, (c + 1) * columns);
                    QuantizedColumns quantized = new QuantizedColumns();
                    if (type == WeightType.Q4_0) {
                        quantized.quantize(column, 1, columns);
                    }
                    ScalarMultiply.rows(matrix, 0, rows, column, quantized, 1, y);
                    System.arraycopy(y, 0, alone, c * rows, rows);
                }
                for (int threads = 1; threads <= 3; threads++) {
                    try (Workers workers = new Workers(threads)) {
                        for (int batch = 1; batch <= 9; batch++) {
                            float[] y = new float[batch * rows];
                            new Multiply(workers).multiply(matrix, x, batch, y);
                            assertThat(y)
                                    .as("rows %d, batch %d, threads %d", rows, batch, threads)
                                    .isEqualTo(Arrays.copyOf(alone, batch * rows));
                        }
                    }
                }
            }
        }
    }

    @Test
    void refusesArraysThatAreTooShortAndClosedArenas() {
        Arena arena = new Arena();
        try (Workers workers = new Workers(1)) {
            WeightMatrix matrix =
                    RandomWeights.of(new Random(3), WeightType.F32, 4, 8).pack(arena);
            Multiply multiply = new Multiply(workers);
            assertThatThrownBy(() -> multiply.multiply(matrix, new float[15], 2, new float[8]))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> multiply.multiply(matrix, new float[16], 2, new float[7]))
                    .isInstanceOf(IllegalArgumentException.class);
            arena.close();
            assertThatThrownBy(() -> multiply.multiply(matrix, new float[16], 2, new float[8]))
                    .isInstanceOf(IllegalStateException.class);
        }
    }
}

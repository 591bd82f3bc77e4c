package telos.devices.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class WeightMatrixTest {
    @ParameterizedTest
    @EnumSource
    void decodesEveryRowExactly(WeightType type) {
        try (Arena arena = new Arena()) {
            for (int rows : new int[] {1, 15, 16, 37}) {
                RandomWeights weights = RandomWeights.of(new Random(rows), type, rows, 96);
                WeightMatrix matrix = weights.pack(arena);
                float[] row = new float[98];
                for (int r = 0; r < rows; r++) {
                    matrix.decodeRow(r, row, 1);
                    assertThat(Arrays.copyOfRange(row, 1, 97))
                            .isEqualTo(Arrays.copyOfRange(weights.values(), r * 96, (r + 1) * 96));
                }
            }
        }
    }

    @Test
    void keepsInfinitiesOfF16() {
        try (Arena arena = new Arena()) {
            short[] raw = {0x7c00, (short) 0xfc00, 0x7e00, 1, (short) 0x8001, 0x3c00};
            WeightMatrix matrix = WeightMatrix.pack(arena, WeightType.F16, 2, 3, MemorySegment.ofArray(raw));
            float[] out = new float[6];
            matrix.decodeRow(0, out, 0);
            matrix.decodeRow(1, out, 3);
            assertThat(out)
                    .containsExactly(
                            Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN, 0x1p-24f, -0x1p-24f, 1f);
        }
    }

    @Test
    void refusesWhatDoesNotFit() {
        try (Arena arena = new Arena()) {
            assertThatThrownBy(
                            () -> WeightMatrix.pack(arena, WeightType.F32, 2, 3, MemorySegment.ofArray(new byte[23])))
                    .hasMessageContaining("take 24 bytes, but there are 23");
            assertThatThrownBy(
                            () -> WeightMatrix.pack(arena, WeightType.Q8_0, 1, 33, MemorySegment.ofArray(new byte[34])))
                    .hasMessageContaining("33 do not divide");
            assertThatThrownBy(() -> WeightMatrix.pack(arena, WeightType.F32, 0, 3, MemorySegment.ofArray(new byte[0])))
                    .hasMessageContaining("at least one row");
            byte[] damaged = new byte[34];
            damaged[1] = 0x7c;
            assertThatThrownBy(() -> WeightMatrix.pack(arena, WeightType.Q8_0, 1, 32, MemorySegment.ofArray(damaged)))
                    .hasMessageContaining("the file is damaged");
        }
    }
}

package telos.inference.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class BlockCodecTest {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    @ParameterizedTest
    @EnumSource(TensorType.class)
    void decodesCloseToWhatWasEncoded(TensorType type) {
        float relative = switch (type) {
            case F32 -> 0;
            case F16 -> 1f / 2048;
            case BF16 -> 1f / 256;
            case Q8_0 -> 1f / 220;
            case Q4_0 -> 1f / 7;
        };
        SplittableRandom random = new SplittableRandom(7);
        float[] values = new float[256];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        float[] decoded = roundTrip(type, values);
        for (int block = 0; block < values.length; block += 32) {
            float largest = 0;
            for (int i = block; i < block + 32; i++) {
                largest = Math.max(largest, Math.abs(values[i]));
            }
            for (int i = block; i < block + 32; i++) {
                assertThat(decoded[i]).isCloseTo(values[i], within(largest * relative));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TensorType.class)
    void encodingWhatWasDecodedChangesNothing(TensorType type) {
        SplittableRandom random = new SplittableRandom(8);
        float[] values = new float[64];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(-7, 8) * 0.125f;
        }
        values[3] = -1;
        values[40] = 1;
        float[] once = roundTrip(type, values);
        assertThat(roundTrip(type, once)).containsExactly(once);
    }

    @Test
    void placesTheHalvesOfAQ4BlockAsGgmlDoes() {
        float[] values = new float[32];
        values[0] = -8;
        values[1] = 7;
        values[16] = 3;
        values[17] = -8.4f;
        values[31] = 7.9f;
        byte[] bytes = new byte[18];
        BlockCodec.encode(TensorType.Q4_0, values, 0, 32, MemorySegment.ofArray(bytes), 0);
        assertThat(Float.float16ToFloat(MemorySegment.ofArray(bytes).get(SHORT, 0)))
                .isEqualTo(1.05f, within(1e-3f));
        assertThat(bytes[2] & 15).isZero();
        assertThat(bytes[2] >> 4 & 15).isEqualTo(11);
        assertThat(bytes[3] & 15).isEqualTo(15);
        assertThat(bytes[3] >> 4 & 15).isZero();
        assertThat(bytes[17] >> 4 & 15).isEqualTo(15);
    }

    @Test
    void roundsHalvesOfQ8AwayFromZero() {
        float[] values = new float[32];
        values[0] = 127;
        values[1] = 0.5f;
        values[2] = -0.5f;
        values[3] = -1.5f;
        values[4] = 0.49999997f;
        byte[] bytes = new byte[34];
        BlockCodec.encode(TensorType.Q8_0, values, 0, 32, MemorySegment.ofArray(bytes), 0);
        assertThat(bytes[2]).isEqualTo((byte) 127);
        assertThat(bytes[3]).isEqualTo((byte) 1);
        assertThat(bytes[4]).isEqualTo((byte) -1);
        assertThat(bytes[5]).isEqualTo((byte) -2);
        assertThat(bytes[6]).isZero();
    }

    @Test
    void roundsBf16ToNearestEven() {
        float[] values = {
            Float.intBitsToFloat(0x3f808000), Float.intBitsToFloat(0x3f818000), Float.intBitsToFloat(0x3f808001)
        };
        assertThat(roundTrip(TensorType.BF16, values))
                .containsExactly(
                        Float.intBitsToFloat(0x3f800000),
                        Float.intBitsToFloat(0x3f820000),
                        Float.intBitsToFloat(0x3f810000));
    }

    @Test
    void encodesZeroesAsZeroesAndRefusesWhatIsNotFinite() {
        assertThat(roundTrip(TensorType.Q4_0, new float[32])).satisfies(zeroes -> {
            for (float zero : zeroes) {
                assertThat(Math.abs(zero)).isZero();
            }
        });
        float[] bad = new float[32];
        bad[5] = Float.NaN;
        assertThatThrownBy(() -> roundTrip(TensorType.Q8_0, bad)).hasMessageContaining("NaN");
    }

    private static float[] roundTrip(TensorType type, float[] values) {
        MemorySegment bytes = MemorySegment.ofArray(new byte[(int) type.bytes(values.length)]);
        BlockCodec.encode(type, values, 0, values.length, bytes, 0);
        float[] decoded = new float[values.length];
        BlockCodec.decode(type, bytes, 0, decoded, 0, values.length);
        return decoded;
    }
}

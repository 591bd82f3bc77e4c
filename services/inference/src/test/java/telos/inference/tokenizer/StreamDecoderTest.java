package telos.inference.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StreamDecoderTest {
    /** Token b is byte b; token 256 is control. */
    private static final Tokenizer BYTES = Samples.bytes();

    private static String[] feed(int... bytes) {
        StreamDecoder decoder = new StreamDecoder(BYTES);
        String[] out = new String[bytes.length + 1];
        for (int i = 0; i < bytes.length; i++) {
            out[i] = decoder.accept(bytes[i]);
        }
        out[bytes.length] = decoder.finish();
        return out;
    }

    @Test
    void givesACharacterOutWithItsLastByte() {
        assertThat(feed(0xC3, 0xA9)).containsExactly("", "é", "");
        assertThat(feed(0xE2, 0x82, 0xAC)).containsExactly("", "", "€", "");
        assertThat(feed(0xF0, 0x9F, 0x98, 0x80)).containsExactly("", "", "", "😀", "");
    }

    @Test
    void replacesWhatCanNoLongerBecomeACharacterAtOnce() {
        assertThat(feed(0xFF, 'a')).containsExactly("\uFFFD", "a", "");
        assertThat(feed(0x80, 'a')).containsExactly("\uFFFD", "a", "");
        assertThat(feed(0xC0, 0x80)).containsExactly("\uFFFD", "\uFFFD", "");
        assertThat(feed(0xF0, 0x9F, 'a')).containsExactly("", "", "\uFFFDa", "");
        assertThat(feed(0xE2, 0xE2, 0x82, 0xAC)).containsExactly("", "\uFFFD", "", "€", "");
    }

    @Test
    void refusesOverlongFormsSurrogatesAndTheTooLarge() {
        assertThat(feed(0xE0, 0x80, 0x80)).containsExactly("", "\uFFFD\uFFFD", "\uFFFD", "");
        assertThat(feed(0xED, 0xA0, 0x80)).containsExactly("", "\uFFFD\uFFFD", "\uFFFD", "");
        assertThat(feed(0xF4, 0x90, 0x80)).containsExactly("", "\uFFFD\uFFFD", "\uFFFD", "");
        assertThat(feed(0xF0, 0x80)).containsExactly("", "\uFFFD\uFFFD", "");
    }

    @Test
    void replacesAnUnfinishedCharacterAtTheEnd() {
        assertThat(feed('a', 0xF0, 0x9F)).containsExactly("a", "", "", "\uFFFD");
    }

    @Test
    void keepsAPartOfACharacterAcrossControlTokens() {
        assertThat(feed(0xC3, 256, 0xA9)).containsExactly("", "", "é", "");
    }

    @Test
    void agreesWithTheJdkOnAnyBytesButEncodedSurrogates() {
        // the JDK makes one U+FFFD of an encoded surrogate, the standard's practice is three: 0xED is left out
        int[] common = {0x41, 0x80, 0xBF, 0xC2, 0xE0, 0xA0, 0xEE, 0x9F, 0xF0, 0x90, 0xF4, 0x8F, 0xFF, 0xE2};
        for (int seed = 0; seed < 5_000; seed++) {
            Random random = new Random(seed);
            int[] tokens = new int[random.nextInt(12)];
            byte[] bytes = new byte[tokens.length];
            for (int i = 0; i < tokens.length; i++) {
                int any = random.nextInt(256);
                tokens[i] = any != 0xED && random.nextBoolean() ? any : common[random.nextInt(common.length)];
                bytes[i] = (byte) tokens[i];
            }
            assertThat(String.join("", feed(tokens)))
                    .as("seed %d", seed)
                    .isEqualTo(new String(bytes, StandardCharsets.UTF_8))
                    .isEqualTo(BYTES.decode(tokens));
        }
    }

    @Test
    void neverEndsAPieceInsideASurrogatePair() {
        String text = "👩‍👩‍👧 𝒜bc 日本 😀😀";
        StreamDecoder decoder = new StreamDecoder(BYTES);
        StringBuilder joined = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            String part = decoder.accept(b & 0xFF);
            assertThat(part.codePoints()).noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
            joined.append(part);
        }
        assertThat(joined).hasToString(text);
    }
}

package telos.inference.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SentenceEncoderTest {
    private static final List<String> PIECES =
            List.of("▁", "h", "e", "l", "o", "he", "ll", "llo", "hello", "▁hello", "▁h", "▁▁");
    private static final List<Float> SCORES = List.of(-1f, -2f, -3f, -4f, -5f, -6f, -7f, -8f, -9f, -10f, -6.5f, -20f);
    private static final Tokenizer PREFIXED = Samples.sentencePiece(true, PIECES, SCORES);
    private static final Tokenizer PLAIN = Samples.sentencePiece(false, PIECES, SCORES);

    private static List<String> encode(Tokenizer tokenizer, String text) {
        return Samples.names(tokenizer, tokenizer.encode(text, false));
    }

    @Test
    void joinsTheNeighboursWithTheBestScoreFirst() {
        // "he" -6 comes before "▁h" -6.5; then ll, llo, hello, ▁hello
        assertThat(encode(PREFIXED, "hello")).containsExactly("▁hello");
        assertThat(encode(PLAIN, "hello")).containsExactly("hello");
        assertThat(encode(PLAIN, "hel")).containsExactly("he", "l");
        assertThat(encode(PLAIN, "lll")).containsExactly("ll", "l");
    }

    @Test
    void writesSpacesAsLowerBlocks() {
        assertThat(encode(PLAIN, "e  o")).containsExactly("e", "▁▁", "o");
        assertThat(encode(PREFIXED, " e")).containsExactly("▁▁", "e");
    }

    @Test
    void fallsBackToBytes() {
        assertThat(encode(PLAIN, "é😀\n"))
                .containsExactly("<0xC3>", "<0xA9>", "<0xF0>", "<0x9F>", "<0x98>", "<0x80>", "<0x0A>");
    }

    @Test
    void givesTheUnknownTokenWhereNoBytesAreThere() {
        Vocabulary small = new Vocabulary(
                "llama",
                "default",
                Boundary.WORDS,
                List.of("<unk>", "a"),
                List.of(TokenKind.UNKNOWN, TokenKind.NORMAL),
                List.of(0f, 0f),
                List.of(),
                new SpecialTokens(
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        OptionalInt.of(0),
                        OptionalInt.empty(),
                        false,
                        false));
        assertThat(Tokenizer.of(small).encode("aéa", false)).containsExactly(1, 0, 1);
    }

    @Test
    void putsASpaceBeforeTheTextAndAfterSpecialTokens() {
        assertThat(Samples.names(PREFIXED, PREFIXED.encode("<s>hello</s>hello", true)))
                .containsExactly("<s>", "▁hello", "</s>", "▁hello");
        assertThat(encode(PREFIXED, "")).isEmpty();
    }

    @Test
    void readsNoControlTokenOutOfUntrustedText() {
        assertThat(encode(PLAIN, "<s>")).containsExactly("<0x3C>", "<0x73>", "<0x3E>");
    }

    @Test
    void takesTheAddedSpaceAwayAgain() {
        assertThat(PREFIXED.decode(PREFIXED.encode("hello", false))).isEqualTo("hello");
        assertThat(PREFIXED.decode(PREFIXED.encode(" hello", false))).isEqualTo(" hello");
    }

    @Test
    void givesBackAnyText() {
        for (int seed = 0; seed < 1_000; seed++) {
            Random random = new Random(seed);
            String text = Samples.text(random, 50).replace('▁', '_');
            Tokenizer tokenizer = random.nextBoolean() ? PLAIN : PREFIXED;
            assertThat(tokenizer.decode(tokenizer.encode(text, false)))
                    .as("seed %d", seed)
                    .isEqualTo(text);
        }
    }

    @Test
    void agreesWithANaiveEncoder() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            List<String> pieces = new ArrayList<>(List.of("a", "b", "c"));
            List<Float> scores = new ArrayList<>(List.of(-100f, -100f, -100f));
            for (int i = 0; i < 25; i++) {
                String joined = pieces.get(random.nextInt(pieces.size())) + pieces.get(random.nextInt(pieces.size()));
                if (!pieces.contains(joined) && joined.length() < 9) {
                    pieces.add(joined);
                    scores.add((float) random.nextInt(-8, 3));
                }
            }
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(1, 40); n > 0; n--) {
                text.append((char) ('a' + random.nextInt(3)));
            }
            Tokenizer tokenizer = Samples.sentencePiece(false, pieces, scores);
            assertThat(encode(tokenizer, text.toString()))
                    .as("seed %d", seed)
                    .isEqualTo(naive(text.toString(), pieces, scores));
        }
    }

    private static List<String> naive(String text, List<String> pieces, List<Float> scores) {
        List<String> word = new ArrayList<>(List.of(text.split("")));
        while (true) {
            int at = -1;
            float best = Float.NEGATIVE_INFINITY;
            for (int i = 0; i + 1 < word.size(); i++) {
                int piece = pieces.indexOf(word.get(i) + word.get(i + 1));
                if (piece >= 0 && scores.get(piece) > best) {
                    best = scores.get(piece);
                    at = i;
                }
            }
            if (at < 0) {
                return word;
            }
            word.set(at, word.get(at) + word.remove(at + 1));
        }
    }

    @Test
    void isFastOnALineOfAMegabyte() {
        String text = "l".repeat(1_000_000);
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        assertThat(PLAIN.encode(text, false)).hasSize(500_000);
        assertThat(Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start))
                .isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void refusesAByteTokenThatNamesNoByte() {
        assertThatThrownBy(() -> Tokenizer.of(new Vocabulary(
                        "llama",
                        "default",
                        Boundary.WORDS,
                        List.of("<0xZZ>"),
                        List.of(TokenKind.BYTE),
                        List.of(0f),
                        List.of(),
                        SpecialTokens.none())))
                .hasMessageContaining("<0xZZ>");
    }
}

package telos.inference.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteEncoderTest {
    private static List<String> merges(Random random) {
        List<String> symbols = new ArrayList<>(List.of("a", "b", "c", "d", "Ġ"));
        LinkedHashSet<String> merges = new LinkedHashSet<>();
        for (int i = 0; i < 30; i++) {
            String left = symbols.get(random.nextInt(symbols.size()));
            String right = symbols.get(random.nextInt(symbols.size()));
            if (left.length() + right.length() <= 9) {
                merges.add(left + " " + right);
                symbols.add(left + right);
            }
        }
        return List.copyOf(merges);
    }

    @Test
    void mergesByRankAndLeftmostFirst() {
        Tokenizer tokenizer = Samples.byteLevel("gpt-2", List.of("b c", "a b", "bc d", "a a"));
        assertThat(Samples.names(tokenizer, tokenizer.encode("abcd", false))).containsExactly("a", "bcd");
        assertThat(Samples.names(tokenizer, tokenizer.encode("abd", false))).containsExactly("ab", "d");
        assertThat(Samples.names(tokenizer, tokenizer.encode("aaaaa", false))).containsExactly("aa", "aa", "a");
    }

    @Test
    void agreesWithNaiveBpe() {
        for (int seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            List<String> merges = merges(random);
            Tokenizer tokenizer = Samples.byteLevel("gpt-2", merges);
            StringBuilder word = new StringBuilder(random.nextBoolean() ? " " : "");
            for (int n = random.nextInt(1, 40); n > 0; n--) {
                word.append((char) ('a' + random.nextInt(4)));
            }
            assertThat(Samples.names(tokenizer, tokenizer.encode(word.toString(), false)))
                    .as("seed %d", seed)
                    .isEqualTo(NaiveBpe.encode(word.toString(), merges));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-2", "llama-bpe", "qwen2", "smollm", "default"})
    void givesBackAnyText(String pre) {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            Tokenizer tokenizer = Samples.byteLevel(pre, merges(random), "{\"", "ab c");
            String text = Samples.text(random, 60);
            assertThat(tokenizer.decode(tokenizer.encode(text, false)))
                    .as("seed %d", seed)
                    .isEqualTo(text);
        }
    }

    @Test
    void llama3TakesAPreTokenThatIsATokenWhole() {
        // by the merges alone "bc" comes first and "abc" is never reached
        List<String> merges = List.of("b c", "a b", "ab c");
        Tokenizer llama = Samples.byteLevel("llama-bpe", merges);
        Tokenizer qwen = Samples.byteLevel("qwen2", merges);
        assertThat(Samples.names(llama, llama.encode("abc", false))).containsExactly("abc");
        assertThat(Samples.names(qwen, qwen.encode("abc", false))).containsExactly("a", "bc");
    }

    @Test
    void spellsAMergeThatIsNoTokenByItsBytes() {
        Tokenizer full = Samples.byteLevel("gpt-2", List.of("a b", "ab c"));
        List<String> tokens = new ArrayList<>(full.vocabulary().tokens());
        List<TokenKind> kinds = new ArrayList<>(full.vocabulary().kinds());
        int pruned = tokens.indexOf("ab");
        tokens.remove(pruned);
        kinds.remove(pruned);
        Tokenizer tokenizer = Tokenizer.of(new Vocabulary(
                "gpt2",
                "gpt-2",
                Boundary.WORDS,
                tokens,
                kinds,
                List.of(),
                full.vocabulary().merges(),
                SpecialTokens.none()));
        assertThat(Samples.names(tokenizer, tokenizer.encode("abc ab", false))).containsExactly("abc", "Ġ", "a", "b");
    }

    @Test
    void neverMakesAControlTokenByMerging() {
        List<String> names = new ArrayList<>();
        List<TokenKind> kinds = new ArrayList<>();
        for (int b = 0; b < 256; b++) {
            names.add(String.valueOf(ByteAlphabet.spell(b)));
            kinds.add(TokenKind.NORMAL);
        }
        names.add("ab");
        kinds.add(TokenKind.CONTROL);
        for (String pre : List.of("gpt-2", "llama-bpe")) {
            Tokenizer tokenizer = Tokenizer.of(new Vocabulary(
                    "gpt2", pre, Boundary.WORDS, names, kinds, List.of(), List.of("a b"), SpecialTokens.none()));
            assertThat(tokenizer.encode("ab", false)).containsExactly('a', 'b');
            assertThat(tokenizer.encode("ab", true)).containsExactly(256);
        }
    }

    @Test
    void writesHalfASurrogatePairAsTheReplacementCharacter() {
        Tokenizer tokenizer = Samples.bytes();
        assertThat(tokenizer.encode("a\ud83d", false)).containsExactly('a', 0xEF, 0xBF, 0xBD);
        assertThat(tokenizer.encode("\ude00a", false)).containsExactly(0xEF, 0xBF, 0xBD, 'a');
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "ab", "abcd", " ", "😀"})
    void isFastOnALineOfAMegabyte(String unit) {
        Tokenizer tokenizer = Samples.byteLevel(
                "gpt-2", List.of("a a", "aa aa", "aaaa aaaa", "aaaaaaaa aaaaaaaa", "a b", "ab ab", "Ġ Ġ", "c d"));
        String text = unit.repeat(1_000_000 / unit.length());
        assertThat(tokenizer.decode(tokenizer.encode(text, false))).isEqualTo(text);
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        tokenizer.encode(text, false);
        assertThat(Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start))
                .isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void refusesAMergeThatIsNoPair() {
        assertThatThrownBy(() -> Samples.byteLevel("gpt-2", List.of("a b", "abc")))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("merge 1 ")
                .hasMessageContaining("'abc'");
    }

    @Test
    void refusesAMergeThatSpellsNoBytes() {
        Vocabulary bytes = Samples.bytes().vocabulary();
        assertThatThrownBy(() -> Tokenizer.of(new Vocabulary(
                        "gpt2",
                        "gpt-2",
                        Boundary.WORDS,
                        bytes.tokens(),
                        bytes.kinds(),
                        List.of(),
                        List.of("日 本"),
                        SpecialTokens.none())))
                .hasMessageContaining("does not spell bytes");
    }
}

package telos.inference.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreTokenizerTest {
    private static final String GPT2 =
            "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";
    private static final String LLAMA3 = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}"
            + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    private static final Map<String, String> EXPRESSIONS =
            Map.of("gpt-2", GPT2, "llama-bpe", LLAMA3, "qwen2", LLAMA3.replace("{1,3}", ""));

    private static List<String> split(PreTokenizer preTokenizer, String text) {
        List<String> out = new ArrayList<>();
        preTokenizer.split(text, 0, text.length(), (from, to) -> out.add(text.substring(from, to)));
        return out;
    }

    private static List<String> split(String name, String text) {
        return split(PreTokenizer.named(name), text);
    }

    /** Columns: the text and its spans, a bar between them; ~ is a space, ^ a newline, $ a carriage return, @ a tab. */
    private static void check(String name, String spans) {
        String plain =
                spans.replace('~', ' ').replace('^', '\n').replace('$', '\r').replace('@', '\t');
        assertThat(split(name, plain.replace("|", ""))).containsExactly(plain.split("\\|"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Hello|~world",
                "don|'t|~we|'ll|~they|'ve|~I|'m|~he|'d|~you|'re|~it|'s",
                "DON|'|T|~'|s",
                "'s|ql|'",
                "a|~~|~b",
                "a|~~~",
                "a|^|b",
                "a|^|^|b",
                "a|~^|~b",
                "~|~a",
                "~|^|a",
                "x|12345|y|~678|~",
                "a|...|~!!|~?",
                "a|!|^",
                "a|$^",
                "a|$|^|b",
                "日本語|。|テキスト",
                "naïve|~café|~Ünï",
                "hi|~👩‍👩‍👧|~ok",
                "x|²½|y",
                "\u00a0|a",
                "_|a|_",
                "@|@|a",
            })
    void gpt2KeepsASpaceWithTheWordThatFollows(String spans) {
        check("gpt-2", spans);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Hello|~world",
                "don|'t|~WE|'LL|~He|'D",
                "'s|ql|'",
                "123|456|7",
                "~|123|4",
                "a|~~|~b",
                "a|^^|b",
                "a|~~^|~b",
                "a|~^^|~~|~b",
                "a|!!^^|b",
                "a|~!^|b",
                "x|$^|y",
                "x|;$^$^|y",
                "(a|)",
                "@a|_b",
                "$^|a",
                "日本語|。テキスト",
                "\u00a0a",
                "~|~|1",
                "end|~~",
                "end|~^",
                "hi|~👍|~ok",
                "👍ok",
                "e|\u0301",
            })
    void llama3TakesOneSignWithAWordAndThreeDigits(String spans) {
        check("llama-bpe", spans);
    }

    @ParameterizedTest
    @ValueSource(strings = {"~|1|2|3|a", "x|~|4|2", "v|1|.|0", "a|!^|b", "I|'M", "日本|2|0|2|4|年"})
    void qwen2TakesDigitsOneByOne(String spans) {
        check("qwen2", spans);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a|~|1|2|b", "~~|1", "don|'t|~|3", "x|²|y", "a|~b|~|7|~c"})
    void smollmCutsDigitsOutBeforeAllElse(String spans) {
        check("smollm", spans);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Hello|,|~world|!", "a|~|123|4", "12|.|5", "123|456|7", "a|~|<=|~b", "don|'|t"})
    void theDefaultCutsPunctuationOutAndGroupsDigits(String spans) {
        check("default", spans);
    }

    @Test
    void lettersCutsAllButRunsOfLetters() {
        assertThat(split(new LetterScanner(), "it's 42 µm 😀_x"))
                .containsExactly("it", "'", "s", " ", "4", "2", " ", "µm", " ", "😀", "_", "x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-2", "llama-bpe", "qwen2"})
    void agreesWithItsRegularExpression(String name) {
        Pattern expression = Pattern.compile(EXPRESSIONS.get(name), Pattern.UNICODE_CHARACTER_CLASS);
        String[] alphabet = {
            " ", " ", "\n", "\r", "\t", "a", "B", "s", "t", "l", "r", "e", "'", "'", ".", "!", "_", "1", "2", "9", "é",
            "日", "½", "٣", "\u00a0", "\u3000", "\u2028", "😀", "𝒜", "\u0301", "\u0000", "\ud800"
        };
        for (int seed = 0; seed < 5_000; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(1, 14); n > 0; n--) {
                text.append(alphabet[random.nextInt(alphabet.length)]);
            }
            List<String> expected = new ArrayList<>();
            Matcher matcher = expression.matcher(text);
            while (matcher.find()) {
                expected.add(matcher.group());
            }
            assertThat(split(name, text.toString())).as("seed %d", seed).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"gpt-2", "llama-bpe", "qwen2", "smollm", "default"})
    void isLinearInLongInputs(String name) {
        for (String unit : List.of("a", " ", "\n", " \n", "1", "!", "'", "日", "😀", "\r\n", "a ")) {
            String text = unit.repeat(300_000 / unit.length());
            assertThat(String.join("", split(name, text))).isEqualTo(text);
        }
    }

    @Test
    void namesTheUnknown() {
        assertThatThrownBy(() -> PreTokenizer.named("tekken"))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("'tekken'")
                .hasMessageContaining("tokenizer.ggml.pre");
    }
}

package telos.plans.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LetterCaseTest {
    /** As CPython has it. */
    @ParameterizedTest
    @CsvSource({
        "Σ, σ",
        "ΑΣ, ας",
        "ΑΣΑ, ασα",
        "ΑΣ.Α, ασ.α",
        "ΑΣ. Α, ας. α",
        "Α.Σ, α.ς",
        "Α-Σ, α-σ",
        "ΑΣΣ, ασς",
        "1Σ, 1σ",
        "ΑΣ1, ας1",
        "İΣ, i̇ς",
    })
    void aSigmaThatEndsAWordIsWrittenSo(String upper, String lower) {
        assertThat(LetterCase.lower(upper)).isEqualTo(lower);
    }

    /** As CPython has it. */
    @ParameterizedTest
    @CsvSource({
        "ß, Ss",
        "ﬁ, Fi",
        "ŉ, ʼN",
        "ǆ, ǅ",
        "և, Եւ",
        "1, 1",
        "\u1fb3, \u1fbc",
        "\u1fb2, \u1fba\u0345",
        "\u0390, \u0399\u0308\u0301"
    })
    void aWordBeginsWithItsFirstLetterAsInTitles(String letter, String title) {
        assertThat(LetterCase.title(letter.codePointAt(0))).isEqualTo(title);
    }

    @Test
    void longTextsAreWrittenInOneCaseAsShortOnesAre() {
        String letters = "aZßŉǰ\ud801\udc28\ud801\udc00İi\ud83d\ude00";
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            StringBuilder upper = new StringBuilder();
            StringBuilder lower = new StringBuilder();
            int length = 400 + random.nextInt(1000);
            for (int i = 0; i < length; i++) {
                int at = letters.offsetByCodePoints(0, random.nextInt(letters.codePointCount(0, letters.length())));
                String one = Character.toString(letters.codePointAt(at));
                text.append(one);
                upper.append(one.toUpperCase(Locale.ROOT));
                lower.append(one.toLowerCase(Locale.ROOT));
            }
            assertThat(LetterCase.upper(text.toString())).hasToString(upper.toString());
            assertThat(LetterCase.lower(text.toString())).hasToString(lower.toString());
        }
    }

    /** In each of these a letter grows, or is looked at with those around it: an algorithm of quadratic time would take hours. */
    @Test
    @Timeout(60)
    void theyEndOnTextsOfMillions() {
        int many = 5_000_000;
        assertThat(LetterCase.upper("ß".repeat(many))).isEqualTo("SS".repeat(many));
        assertThat(LetterCase.lower("İ".repeat(many))).isEqualTo("i\u0307".repeat(many));
        assertThat(LetterCase.lower("Σ".repeat(many))).isEqualTo("σ".repeat(many - 1) + "ς");
        assertThat(LetterCase.lower("Σ" + ".".repeat(many) + "Σ")).endsWith(".ς");
    }
}

package telos.tools.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
final class NamePatternTest {
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "*.java, A.java, true",
        "*.java, A.javac, false",
        "*.JAVA, A.java, false",
        "pom.xml, pom.xml, true",
        "pom.xml, pomxxml, false",
        "a?c, abc, true",
        "a?c, a😀c, true",
        "a?c, ac, false",
        "[a-c]x, bx, true",
        "[!a-c]x, bx, false",
        "[!a-c]x, dx, true",
        "[]]x, ]x, true",
        "[abc, [abc, true",
        "[a-, [a-, true",
        "[], [], true",
        "*, .hidden, true",
        "**, x, true",
        "?, '', false",
        "*, '', true",
    })
    void matchesAsAShellDoes(String pattern, String name, boolean matches) {
        assertThat(new NamePattern(pattern).matches(name)).isEqualTo(matches);
    }

    @Test
    void takesNoLongerForAHostilePattern() {
        assertThat(new NamePattern("*a".repeat(2000) + "b").matches("a".repeat(4000)))
                .isFalse();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void agreesWithARegularExpression(int seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 5000; i++) {
            String pattern = some(random, "ab*?*");
            String name = some(random, "abab");
            boolean expected = Pattern.matches(pattern.replace("*", ".*").replace('?', '.'), name);
            assertThat(new NamePattern(pattern).matches(name))
                    .as("%s %s", pattern, name)
                    .isEqualTo(expected);
        }
    }

    private static String some(Random random, String alphabet) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(8);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}

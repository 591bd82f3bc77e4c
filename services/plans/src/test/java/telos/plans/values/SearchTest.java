package telos.plans.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SearchTest {
    /** Long texts of few letters, whose parts come again and nearly come again. */
    private static String text(Random random, int length) {
        StringBuilder text = new StringBuilder();
        String piece = "";
        while (text.length() < length) {
            piece = random.nextInt(4) == 0
                    ? "" + (char) ('a' + random.nextInt(2))
                    : piece + (char) ('a' + random.nextInt(2));
            text.append(piece.repeat(1 + random.nextInt(20)));
        }
        return text.substring(0, length);
    }

    @Test
    void findsWhatThePlatformFinds() {
        Random random = new Random(5);
        int found = 0;
        for (int round = 0; round < 300; round++) {
            String text = text(random, 4000);
            int at = random.nextInt(3000);
            String part = text.substring(at, at + 300 + random.nextInt(700));
            part = random.nextBoolean() ? part : part.substring(0, part.length() - 1) + "c";
            int from = random.nextInt(4200) - 100;
            assertThat(Search.indexOf(text, part, from)).isEqualTo(text.indexOf(part, from));
            assertThat(Search.lastIndexOf(text, part, from)).isEqualTo(text.lastIndexOf(part, from));
            assertThat(Search.contains(text, part)).isEqualTo(text.contains(part));
            found += text.contains(part) ? 1 : 0;
        }
        assertThat(found).isBetween(50, 250);
    }

    @Test
    void endsWhereEachPlaceNearlyFits() {
        String text = "a".repeat(2_000_000);
        String part = "a".repeat(1_000_000) + "b";
        assertThat(Search.indexOf(text, part, 0)).isNegative();
        assertThat(Search.lastIndexOf(text, new StringBuilder(part).reverse().toString(), text.length()))
                .isNegative();
    }
}

package telos.inference.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StopMatcherTest {
    @Test
    void givesTextOutAtOnceWithoutStops() {
        StopMatcher matcher = new StopMatcher(List.of());
        assertThat(matcher.accept("hello")).isEqualTo("hello");
        assertThat(matcher.finish()).isEmpty();
        assertThat(matcher.stopped()).isFalse();
    }

    @Test
    void holdsBackWhatCouldBeAStop() {
        StopMatcher matcher = new StopMatcher(List.of("\nUser:"));
        assertThat(matcher.accept("hi\nUs")).isEqualTo("hi");
        assertThat(matcher.accept("ual")).isEqualTo("\nUsual");
    }

    @Test
    void neverGivesOutAnyOfTheStop() {
        StopMatcher matcher = new StopMatcher(List.of("\nUser:"));
        assertThat(matcher.accept("hi\nUs")).isEqualTo("hi");
        assertThat(matcher.accept("er: more")).isEmpty();
        assertThat(matcher.stopped()).isTrue();
        assertThat(matcher.accept("and more")).isEmpty();
        assertThat(matcher.finish()).isEmpty();
    }

    @Test
    void givesOutTheRestAtTheEnd() {
        StopMatcher matcher = new StopMatcher(List.of("END"));
        assertThat(matcher.accept("the EN")).isEqualTo("the ");
        assertThat(matcher.finish()).isEqualTo("EN");
    }

    @Test
    void findsAStopThatStartsWithinAFailedOne() {
        StopMatcher matcher = new StopMatcher(List.of("aab"));
        assertThat(matcher.accept("aa")).isEmpty();
        assertThat(matcher.accept("a")).isEqualTo("a");
        assertThat(matcher.accept("b")).isEmpty();
        assertThat(matcher.stopped()).isTrue();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agreesWithASearchInTheWholeText(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 500; round++) {
            List<String> stops = new ArrayList<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                stops.add(letters(random, 1 + random.nextInt(4)));
            }
            String text = letters(random, random.nextInt(30));
            StopMatcher matcher = new StopMatcher(stops);
            StringBuilder out = new StringBuilder();
            int at = 0;
            while (at < text.length()) {
                int to = Math.min(text.length(), at + 1 + random.nextInt(5));
                out.append(matcher.accept(text.substring(at, to)));
                assertThat(wanted(stops, text)).startsWith(out.toString());
                at = to;
            }
            out.append(matcher.finish());
            assertThat(out.toString()).isEqualTo(wanted(stops, text));
        }
    }

    private static String wanted(List<String> stops, String text) {
        for (int end = 1; end <= text.length(); end++) {
            String shown = text.substring(0, end);
            int longest = stops.stream()
                    .filter(shown::endsWith)
                    .mapToInt(String::length)
                    .max()
                    .orElse(0);
            if (longest > 0) {
                return text.substring(0, end - longest);
            }
        }
        return text;
    }

    private static String letters(SplittableRandom random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + random.nextInt(3)));
        }
        return text.toString();
    }
}

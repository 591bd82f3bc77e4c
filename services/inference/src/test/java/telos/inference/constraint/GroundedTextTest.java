package telos.inference.constraint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import telos.inference.sampling.TokenMask;

class GroundedTextTest {
    private static final Vocabularies BYTES = Vocabularies.bytes();
    private static final List<String> EVIDENCE = List.of(
            "show the last lines of \"/var/log/syslog\" (12,5)",
            "PID NAME MEMORY CPU\n4242 java 1.2 GB 12.5%\n42 bash 3 MB 0.1%",
            "src/Main.java:17: int x=99; // größe 3µm ٤٢ 127.0.0.1:8080");

    private static boolean accepts(String text) {
        return accepts(text, EVIDENCE);
    }

    private static boolean accepts(String text, List<String> evidence) {
        Constraint constraint = GroundedText.over(BYTES.trie(), evidence, Set.of(BYTES.mark()));
        for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
            if (!constraint.allowed().allows(value & 0xFF)) {
                return false;
            }
            constraint.accept(value & 0xFF);
        }
        return constraint.complete();
    }

    @Test
    void leavesWordsWithoutFiguresFree() {
        assertThat(accepts("The process that uses the most memory is java.")).isTrue();
        assertThat(accepts("Größe, naïve 漢字 😀!")).isTrue();
        assertThat(accepts("", List.of())).isTrue();
    }

    @Test
    void takesFiguresAndPathsOfTheEvidenceOnly() {
        assertThat(accepts("java (4242) uses 1.2 GB, that is 12.5%.")).isTrue();
        assertThat(accepts("java (4243) uses")).isFalse();
        assertThat(accepts("/var/log/syslog:")).isTrue();
        assertThat(accepts("/var/log")).isFalse();
        assertThat(accepts("/var/log/syslog2")).isFalse();
        assertThat(accepts("either/or")).isFalse();
        assertThat(accepts("x42")).isFalse();
        assertThat(accepts("42x")).isFalse();
    }

    @Test
    void bindsAFigureToItsUnit() {
        assertThat(accepts("1.2 GB")).isTrue();
        assertThat(accepts("It uses (1.2 GB), and bash 3 MB.")).isTrue();
        assertThat(accepts("1.2 MB")).isFalse();
        assertThat(accepts("1.2 MB.")).isFalse();
        assertThat(accepts("3 B.")).isFalse();
        assertThat(accepts("3 GB of memory")).isFalse();
        assertThat(accepts("3 %")).isFalse();
        assertThat(accepts("42 Books, 42 files")).isTrue();
    }

    @Test
    void knowsThePiecesOfAWord() {
        assertThat(accepts("line 17 of src/Main.java sets 99")).isTrue();
        assertThat(accepts("x=99")).isTrue();
        assertThat(accepts("port 8080 on 127.0.0.1")).isTrue();
        assertThat(accepts("12 and 5")).isTrue();
        assertThat(accepts("port 80")).isFalse();
    }

    @Test
    void stripsPunctuationAround() {
        assertThat(accepts("(\"4242\"), [42]. '1.2'... `99`?!")).isTrue();
        assertThat(accepts("4242.")).isTrue();
        assertThat(accepts("4242.5")).isFalse();
        assertThat(accepts(".42")).isFalse();
    }

    @Test
    void countsOtherScriptsFiguresAsFigures() {
        assertThat(accepts("٤٢")).isTrue();
        assertThat(accepts("٤")).isFalse();
        assertThat(accepts("４２")).isFalse();
        assertThat(accepts("x²")).isFalse();
        assertThat(accepts("\uD809\uDC00"))
                .as("cuneiform, where all of a block are numbers")
                .isFalse();
    }

    @Test
    void knowsWhereTheNumbersOfUnicodeEnd() {
        assertThat(IntStream.rangeClosed(Utf8Tail.PAST_NUMBERS, Character.MAX_CODE_POINT)
                        .noneMatch(Words::number))
                .isTrue();
    }

    @Test
    void waitsForTheWholeWordBeforeASpaceAMarkOrTheEnd() {
        Constraint constraint = GroundedText.over(BYTES.trie(), List.of("4242"), Set.of(BYTES.mark()));
        for (char digit : "424".toCharArray()) {
            constraint.accept(digit);
            assertThat(constraint.complete()).isFalse();
            assertThat(constraint.allowed().count()).isEqualTo(1);
        }
        constraint.accept('2');
        assertThat(constraint.complete()).isTrue();
        TokenMask allowed = constraint.allowed();
        assertThat(allowed.allows(' ')).isTrue();
        assertThat(allowed.allows('.')).isTrue();
        assertThat(allowed.allows('2')).isFalse();
        assertThat(allowed.allows(BYTES.mark())).isTrue();
        assertThat(allowed.allows(BYTES.end())).isTrue();
    }

    @Test
    void startsAWordAfterAMark() {
        Constraint constraint = GroundedText.over(BYTES.trie(), List.of("7"), Set.of(BYTES.mark()));
        constraint.accept('x');
        assertThat(constraint.allowed().allows('7')).isFalse();
        constraint.accept(BYTES.mark());
        assertThat(constraint.allowed().allows('7')).isTrue();
        assertThat(constraint.mustEnd()).isFalse();
    }

    @Test
    void remembersOfAWordOnlyWhatStillTells() {
        State start = new GroundedAutomaton(List.of("3.6 MB of 12")).start();
        Set<State> reached = Collections.newSetFromMap(new IdentityHashMap<>());
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 2_000; i++) {
            State at = start;
            for (int j = 0; j < 8 && at != null; j++) {
                reached.add(at);
                at = at.step('a' + random.nextInt(26));
            }
        }
        assertThat(reached).hasSizeLessThan(10);
    }

    @Test
    void listsWhatIsUnsupported() {
        assertThat(Grounding.unsupported("java (4242) in /tmp uses 13% or 13%, x=99.", EVIDENCE))
                .containsExactly("/tmp", "13%");
        assertThat(Grounding.unsupported("nothing here", List.of())).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void neverWritesAnUnsupportedWord(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Vocabularies vocabulary = seed == 1 ? BYTES : Vocabularies.random(seed, 400);
        for (int round = 0; round < 25; round++) {
            List<String> evidence = random.nextInt(4) == 0 ? EVIDENCE : List.of(noise(random), noise(random));
            Constraint constraint = GroundedText.over(vocabulary.trie(), evidence, Set.of(vocabulary.mark()));
            int budget = random.nextInt(60);
            Writer.Written written = Writer.write(constraint, vocabulary, budget, random);
            assertThat(written.tokens()).isLessThanOrEqualTo(budget);
            assertThat(written.text()).doesNotContain("\uFFFD");
            assertThat(Grounding.unsupported(written.text(), evidence))
                    .as(written.text())
                    .isEmpty();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void agreesWithTheCheckerOnShortTexts(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 500; round++) {
            List<String> evidence = List.of(letters(random, 12), letters(random, 6));
            String text = letters(random, 6);
            assertThat(accepts(text, evidence))
                    .as("%s by %s", text, evidence)
                    .isEqualTo(Grounding.unsupported(text, evidence).isEmpty());
        }
    }

    private static String letters(SplittableRandom random, int length) {
        String alphabet = "a1/ .,(=";
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private static String noise(SplittableRandom random) {
        List<String> words = new ArrayList<>();
        for (int i = random.nextInt(6); i >= 0; i--) {
            words.add(letters(random, 1 + random.nextInt(9)));
        }
        return String.join(" ", words);
    }
}

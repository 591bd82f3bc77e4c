package telos.inference.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BpeTrainerTest {
    private static final List<String> CONTROL = List.of("<|end|>", "<|user|>", "<|call|>");
    private static final List<String> SCAFFOLD = List.of("{\"name\":\"", "\",\"arguments\":{", "}}");
    private static final List<String> TEXTS = List.of(
            "show the last 5 lines of README.md",
            "show the first 20 lines of notes.txt",
            "which process uses the most memory?",
            "find the largest files under /var/log",
            "<|call|>{\"name\":\"tail\",\"arguments\":{\"path\":\"README.md\",\"lines\":5}}<|end|>");

    private static BpeTrainer.Options options(int size, Boundary boundary) {
        return new BpeTrainer.Options(size, CONTROL, SCAFFOLD, "<|end|>", boundary);
    }

    private static Vocabulary train(int size, Boundary boundary, List<String> texts) {
        BpeTrainer trainer = new BpeTrainer(options(size, boundary));
        texts.forEach(trainer::add);
        return trainer.train();
    }

    @Test
    void mergesTheMostFrequentPairFirstAndTheLowerIdsOnATie() {
        BpeTrainer trainer =
                new BpeTrainer(new BpeTrainer.Options(261, List.of("<e>"), List.of(), "<e>", Boundary.LETTERS));
        trainer.add("low lower", 5);
        trainer.add("newest", 6);
        trainer.add("widest", 3);
        // we 5 + 6 = 11, lo 10, st 6 + 3 = 9; then "n e", "e we" and "we st" all have 6, and e is the lowest id
        assertThat(trainer.train().merges()).containsExactly("w e", "l o", "s t", "e we");
    }

    @Test
    void keepsControlAndUserDefinedTokensAtTheFrontAndBytesBehind() {
        Vocabulary vocabulary = train(300, Boundary.LETTERS, TEXTS);
        assertThat(vocabulary.tokens().subList(0, 6))
                .containsExactly("<|end|>", "<|user|>", "<|call|>", "{\"name\":\"", "\",\"arguments\":{", "}}");
        assertThat(vocabulary.kinds().subList(0, 6))
                .containsExactly(
                        TokenKind.CONTROL,
                        TokenKind.CONTROL,
                        TokenKind.CONTROL,
                        TokenKind.USER_DEFINED,
                        TokenKind.USER_DEFINED,
                        TokenKind.USER_DEFINED);
        assertThat(vocabulary.tokens().get(6 + 'a')).isEqualTo("a");
        assertThat(vocabulary.specials().eos()).hasValue(0);
    }

    @Test
    void neverMergesAcrossSpaceDigitOrPunctuation() {
        Vocabulary vocabulary = train(2000, Boundary.LETTERS, TEXTS);
        assertThat(vocabulary.tokens().stream().skip(6 + 256)).allMatch(token -> token.matches("[A-Za-z]+"));
    }

    @Test
    void spellsANameTheSameInARequestAndInACall() {
        Tokenizer tokenizer = Tokenizer.of(train(400, Boundary.LETTERS, TEXTS));
        int[] name = tokenizer.encode("src/data-2.README.md", false);
        for (String around : List.of("show %s", "'%s'", "\"path\":\"%s\"", "(%s)", "7%s8", "it's %s.")) {
            int[] whole = tokenizer.encode(around.formatted("src/data-2.README.md"), false);
            assertThat(Collections.indexOfSubList(boxed(whole), boxed(name)))
                    .as(around)
                    .isNotNegative();
        }
    }

    @Test
    void learnsTheSameWhateverTheOrderOfTheTexts() {
        List<String> shuffled = new ArrayList<>(TEXTS);
        Collections.shuffle(shuffled, new Random(7));
        assertThat(train(380, Boundary.WORDS, shuffled)).isEqualTo(train(380, Boundary.WORDS, TEXTS));
    }

    @Test
    void countsATextGivenWithACountAsThatManyTexts() {
        BpeTrainer once = new BpeTrainer(options(400, Boundary.LETTERS));
        BpeTrainer often = new BpeTrainer(options(400, Boundary.LETTERS));
        for (String text : TEXTS) {
            once.add(text, 3);
            for (int i = 0; i < 3; i++) {
                often.add(text);
            }
        }
        assertThat(once.train()).isEqualTo(often.train());
    }

    @Test
    void stopsWhenNoPairIsFrequentEnough() {
        assertThat(train(2000, Boundary.LETTERS, List.of("ab ab ab", "cd")).merges())
                .containsExactly("a b");
    }

    @Test
    void agreesWithANaiveTrainer() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                StringBuilder text = new StringBuilder();
                for (int j = random.nextInt(1, 12); j > 0; j--) {
                    text.append((char) ('a' + random.nextInt(3)));
                }
                texts.add(text.toString());
            }
            BpeTrainer trainer = new BpeTrainer(
                    new BpeTrainer.Options(257 + 25, List.of("<e>"), List.of(), "<e>", Boundary.LETTERS));
            texts.forEach(trainer::add);
            Vocabulary learned = trainer.train();
            assertThat(learned.merges()).as("seed %d", seed).isEqualTo(NaiveBpe.train(texts, 25, 1));
        }
    }

    @Test
    void readsBackWhatItWasTrainedOn() {
        Tokenizer tokenizer = Tokenizer.of(train(500, Boundary.LETTERS, TEXTS));
        String call = "<|call|>{\"name\":\"tail\",\"arguments\":{\"path\":\"x\"}}<|end|>";
        int[] tokens = tokenizer.encode(call, true);
        assertThat(tokens[0]).isEqualTo(2);
        assertThat(tokens[1]).isEqualTo(3);
        assertThat(tokens[tokens.length - 1]).isZero();
        assertThat(tokenizer.decode(tokens)).isEqualTo("{\"name\":\"tail\",\"arguments\":{\"path\":\"x\"}}");
        assertThat(tokenizer.endOfGeneration()).containsExactly(0);
    }

    @Test
    void refusesAVocabularyThatCannotHoldTheBytes() {
        assertThatThrownBy(() -> options(200, Boundary.LETTERS))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("200 tokens is too small: 262");
    }

    @Test
    void refusesAnEndTokenThatIsNoControlToken() {
        assertThatThrownBy(() -> new BpeTrainer.Options(300, CONTROL, SCAFFOLD, "<|stop|>", Boundary.LETTERS))
                .hasMessageContaining("<|stop|>");
    }

    @Test
    void refusesSpecialTokensGivenTwice() {
        assertThatThrownBy(() -> new BpeTrainer.Options(300, CONTROL, List.of("<|user|>"), "<|end|>", Boundary.LETTERS))
                .hasMessageContaining("distinct");
    }

    private static List<Integer> boxed(int[] tokens) {
        List<Integer> out = new ArrayList<>();
        for (int token : tokens) {
            out.add(token);
        }
        return out;
    }
}

package telos.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import telos.inference.tokenizer.BpeTrainer;
import telos.inference.tokenizer.Tokenizer;
import telos.training.curriculum.Curriculum;

class BatchesTest {
    static final Curriculum CURRICULUM = new Curriculum();
    static final Tokenizer TOKENIZER = tokenizer();

    private static Tokenizer tokenizer() {
        BpeTrainer trainer = new BpeTrainer(Protocol.vocabulary());
        Random random = new Random(1);
        for (int i = 0; i < 300; i++) {
            trainer.add(CURRICULUM.draw(Curriculum.Part.LESSONS, random).request());
        }
        return Tokenizer.of(trainer.train());
    }

    private static Batches from(Batches.Place place) {
        return new Batches(CURRICULUM, TOKENIZER, 1, 2048, Plan.LONGEST, Set.of(), place);
    }

    private static List<List<Integer>> ids(List<Protocol.Encoded> batch) {
        return batch.stream()
                .map(lesson -> java.util.Arrays.stream(lesson.tokens()).boxed().toList())
                .toList();
    }

    @Test
    void goesOnFromAnyPlaceAsIfNeverStopped() {
        Batches whole = from(Batches.Place.START);
        for (int i = 0; i < 60; i++) {
            Batches.Place place = whole.place();
            List<Protocol.Encoded> expected = whole.take();
            if (i % 20 == 19) {
                assertThat(ids(from(place).take())).isEqualTo(ids(expected));
            }
        }
    }

    @Test
    void keepsEveryBatchWithinItsTokens() {
        Batches batches = from(Batches.Place.START);
        for (int i = 0; i < 100; i++) {
            List<Protocol.Encoded> batch = batches.take();
            int longest = batch.stream()
                    .mapToInt(lesson -> lesson.tokens().length)
                    .max()
                    .orElse(0);
            assertThat(longest).isLessThanOrEqualTo(Plan.LONGEST);
            assertThat(longest * batch.size()).isLessThanOrEqualTo(2048);
        }
    }

    @Test
    void leavesOutWhatAnExaminationAsks() {
        Random random = new Random(3);
        Set<String> examined = IntStream.range(0, 20_000)
                .mapToObj(_ -> Requests.plain(
                        CURRICULUM.draw(Curriculum.Part.LESSONS, random).request()))
                .filter(request -> request.length() < 10)
                .collect(Collectors.toSet());
        assertThat(examined).hasSizeGreaterThan(20);
        Batches batches = new Batches(CURRICULUM, TOKENIZER, 1, 2048, Plan.LONGEST, examined, Batches.Place.START);
        for (int i = 0; i < 100; i++) {
            for (Protocol.Encoded lesson : batches.take()) {
                String text = TOKENIZER.decode(lesson.tokens());
                String request = text.substring(0, text.indexOf('{') < 0 ? text.length() : text.indexOf('{'));
                assertThat(examined).doesNotContain(Requests.plain(request));
            }
        }
    }

    @Test
    void weighsWhatTheModelSaysItselfMost() {
        Protocol.Encoded lesson = from(Batches.Place.START).take().getFirst();
        assertThat(lesson.weights()[0]).isLessThan(0.1f);
        assertThat(lesson.weights()[lesson.weights().length - 1]).isEqualTo(1f);
    }
}

package telos.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import telos.inference.tokenizer.Tokenizer;
import telos.training.curriculum.Curriculum;
import telos.training.curriculum.Lesson;

/**
 * The endless, repeatable sequence of training batches of one seed. Lessons come in chapters; within a chapter those of
 * like length share a batch. A batch is known by its chapter and its place in it, so that training can go on from there.
 */
final class Batches {
    private static final int CHAPTER = 2048;

    /** Where a batch stands. */
    record Place(int chapter, int batch) {
        static final Place START = new Place(0, 0);
    }

    private final Curriculum curriculum;
    private final Tokenizer tokenizer;
    private final long seed;
    private final int tokens;
    private final int longest;
    private final Set<String> examined;
    private Place next;
    private List<List<Protocol.Encoded>> chapter = List.of();
    private int loaded = -1;

    /**
     * At most {@code tokens} in a batch, padding included; lessons of more than {@code longest} are left out, and so is
     * whatever an examination asks.
     *
     * @param examined requests of examinations, as {@link Requests#plain} gives them
     */
    Batches(
            Curriculum curriculum,
            Tokenizer tokenizer,
            long seed,
            int tokens,
            int longest,
            Set<String> examined,
            Place start) {
        this.curriculum = curriculum;
        this.tokenizer = tokenizer;
        this.seed = seed;
        this.tokens = tokens;
        this.longest = longest;
        this.examined = examined;
        this.next = start;
    }

    /** Where the batch stands that comes next. */
    Place place() {
        return next;
    }

    List<Protocol.Encoded> take() {
        if (loaded != next.chapter()) {
            chapter = chapter(next.chapter());
            loaded = next.chapter();
        }
        List<Protocol.Encoded> batch = chapter.get(next.batch());
        next = next.batch() + 1 < chapter.size()
                ? new Place(next.chapter(), next.batch() + 1)
                : new Place(next.chapter() + 1, 0);
        return batch;
    }

    private List<List<Protocol.Encoded>> chapter(int number) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L + number * 0x632BE59BD9B4E019L + 1);
        List<Protocol.Encoded> lessons = new ArrayList<>();
        while (lessons.size() < CHAPTER) {
            Lesson drawn = curriculum.draw(Curriculum.Part.LESSONS, random);
            Protocol.Encoded lesson = Protocol.encode(tokenizer, drawn);
            if (lesson.tokens().length <= longest && !examined.contains(Requests.plain(drawn.request()))) {
                lessons.add(lesson);
            }
        }
        lessons.sort(Comparator.comparingInt(lesson -> lesson.tokens().length));
        List<List<Protocol.Encoded>> batches = new ArrayList<>();
        List<Protocol.Encoded> batch = new ArrayList<>();
        for (Protocol.Encoded lesson : lessons) {
            if (!batch.isEmpty() && lesson.tokens().length * (batch.size() + 1) > tokens) {
                batches.add(batch);
                batch = new ArrayList<>();
            }
            batch.add(lesson);
        }
        batches.add(batch);
        Collections.shuffle(batches, random);
        return batches;
    }
}

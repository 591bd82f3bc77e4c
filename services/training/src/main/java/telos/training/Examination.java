package telos.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import telos.inference.tokenizer.Tokenizer;
import telos.training.curriculum.Curriculum;
import telos.training.curriculum.Lesson;
import telos.training.transformer.Transformer;

/** Asks a model in training, without constraint, and always takes the likeliest token. */
final class Examination {
    private static final int LONGEST_ANSWER = 160;

    private final Transformer model;
    private final Tokenizer tokenizer;
    private final NDManager manager;
    private final int end;

    Examination(Transformer model, Tokenizer tokenizer, NDManager manager) {
        this.model = model;
        this.tokenizer = tokenizer;
        this.manager = manager;
        this.end = tokenizer.eos().orElseThrow();
    }

    /** Requests for an examination, none twice: half of them of patterns that no lesson has. */
    static List<Lesson> questions(Curriculum curriculum, int count, long seed) {
        Random random = new Random(~seed);
        Set<String> seen = new HashSet<>();
        List<Lesson> lessons = new ArrayList<>();
        while (lessons.size() < count) {
            Curriculum.Part part = lessons.size() % 2 == 0 ? Curriculum.Part.HELD_OUT : Curriculum.Part.LESSONS;
            Lesson lesson = curriculum.draw(part, random);
            if (seen.add(lesson.request().toLowerCase(Locale.ROOT))) {
                lessons.add(lesson);
            }
        }
        return lessons;
    }

    /** The share whose call, or whose refusal to call, is exactly the expected one. */
    double exactCalls(List<Lesson> lessons) {
        int exact = 0;
        for (Lesson lesson : lessons) {
            if (exact(lesson)) {
                exact++;
            }
        }
        return exact / (double) lessons.size();
    }

    /** Whether the likeliest token is the expected one all through the call, given those before it. */
    boolean exact(Lesson lesson) {
        int[] prompt = Protocol.prompt(tokenizer, lesson.request());
        int[] reply = tokenizer.encode(
                lesson.call()
                        .map(call -> Protocol.CALL + call.text() + Protocol.END)
                        .orElse(Protocol.SAY),
                true);
        int[] whole = Arrays.copyOf(prompt, prompt.length + reply.length);
        System.arraycopy(reply, 0, whole, prompt.length, reply.length);
        int[] best = Trainer.likeliest(model, manager, Arrays.copyOf(whole, whole.length - 1));
        for (int i = 0; i < reply.length; i++) {
            if (best[prompt.length - 1 + i] != reply[i]) {
                return false;
            }
        }
        return true;
    }

    /** What the model replies to a request; it begins with {@code <|call|>} or {@code <|say|>}. */
    String reply(int[] prompt) {
        int[] sequence = prompt;
        int call = tokenizer.token(Protocol.CALL).orElseThrow();
        int say = tokenizer.token(Protocol.SAY).orElseThrow();
        for (int i = 0; i < LONGEST_ANSWER && sequence.length < Plan.CONTEXT; i++) {
            float[] logits = logits(sequence);
            int next = i > 0 ? likeliest(logits) : logits[call] >= logits[say] ? call : say;
            if (next == end) {
                break;
            }
            sequence = Arrays.copyOf(sequence, sequence.length + 1);
            sequence[sequence.length - 1] = next;
        }
        StringBuilder text = new StringBuilder();
        for (int i = prompt.length; i < sequence.length; i++) {
            text.append(
                    tokenizer.isControl(sequence[i])
                            ? tokenizer.name(sequence[i])
                            : tokenizer.decode(new int[] {sequence[i]}));
        }
        return text.toString();
    }

    private static int likeliest(float[] logits) {
        int best = 0;
        for (int i = 1; i < logits.length; i++) {
            best = logits[i] > logits[best] ? i : best;
        }
        return best;
    }

    private float[] logits(int[] sequence) {
        try (NDManager scratch = manager.newSubManager()) {
            NDArray in =
                    scratch.create(Arrays.stream(sequence).asLongStream().toArray(), new Shape(1, sequence.length));
            return model.logits(in)
                    .get(new NDIndex("0," + (sequence.length - 1)))
                    .toFloatArray();
        }
    }
}

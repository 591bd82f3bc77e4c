package telos.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import telos.inference.gguf.GgufException;
import telos.inference.gguf.GgufFile;
import telos.inference.gguf.GgufWriter;
import telos.inference.tokenizer.BpeTrainer;
import telos.inference.tokenizer.Tokenizer;
import telos.inference.tokenizer.Vocabulary;
import telos.training.curriculum.Curriculum;
import telos.training.curriculum.Lesson;
import telos.training.transformer.Snapshot;
import telos.training.transformer.Transformer;

/** The command {@code telos train}. */
public final class Main {
    private static final int TOKENIZER_LESSONS = 12_000;
    private static final String CHECKPOINT = "checkpoint.bin";
    private static final int SAVE_EVERY = 200;
    private static final int EXAMINE_EVERY = 2000;

    private final PrintStream out;
    private final Map<String, String> options;

    private Main(PrintStream out, Map<String, String> options) {
        this.out = out;
        this.options = options;
    }

    public static void main(String[] arguments) {
        PrintStream out = System.out;
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 1; i < arguments.length; i += 2) {
            if (!arguments[i].startsWith("--") || i + 1 == arguments.length) {
                System.err.println("telos: train: '" + arguments[i] + "' is not an option with a value\n\n" + usage());
                System.exit(2);
            }
            options.put(arguments[i].substring(2), arguments[i + 1]);
        }
        Main main = new Main(out, options);
        try {
            switch (arguments.length == 0 ? "--help" : arguments[0]) {
                case "mini" -> main.mini();
                case "export" -> main.export();
                case "lessons" -> main.lessons();
                case "generated" -> main.generated();
                case "ask" -> main.ask();
                case "verify" -> main.verify();
                case "-h", "--help", "help" -> out.print(usage());
                default -> {
                    System.err.println("telos: train: there is no '" + arguments[0] + "'\n\n" + usage());
                    System.exit(2);
                }
            }
        } catch (IOException e) {
            System.err.println("telos: train: " + e.getMessage());
            System.exit(1);
        } catch (NumberFormatException e) {
            System.err.println("telos: train: a number was expected: " + e.getMessage());
            System.exit(2);
        }
    }

    /** A file of its own, which the launcher shows without building this. */
    private static String usage() {
        try (InputStream in = Objects.requireNonNull(Main.class.getResourceAsStream("usage.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long seed() {
        return Long.parseLong(options.getOrDefault("seed", "1"));
    }

    private int number(String name, int otherwise) {
        String text = options.get(name);
        return text == null ? otherwise : Integer.parseInt(text);
    }

    /** A file as it is named, or else one of the project. */
    private Path path(String name, String otherwise) {
        String text = options.get(name);
        return text == null ? inProject(otherwise) : Path.of(text);
    }

    private static Path inProject(String file) {
        String root = System.getenv("TELOS_ROOT");
        return Path.of(root == null || root.isEmpty() ? "." : root).resolve(file);
    }

    private Path state() throws IOException {
        String home = System.getenv("TELOS_HOME");
        String base = home == null || home.isEmpty() ? System.getProperty("user.home") + "/.telos" : home;
        return Files.createDirectories(Path.of(options.getOrDefault("state", base + "/training")));
    }

    private void mini() throws IOException {
        if (!"1".equals(System.getenv("OMP_NUM_THREADS"))) {
            throw new IOException("start it by ./telos train: OMP_NUM_THREADS must be 1, or the threads of the"
                    + " training library get in each other's way");
        }
        Path state = state();
        Plan plan =
                Plan.mini(seed()).withSteps(number("steps", Plan.mini(seed()).steps()));
        Curriculum curriculum = new Curriculum();
        Tokenizer tokenizer = Tokenizer.of(vocabulary(state, curriculum, plan.seed()));
        out.printf(
                Locale.ROOT,
                "%,d patterns, %d tokens, %,d weights, %,d steps%n",
                curriculum.patterns(),
                tokenizer.size(),
                plan.dimensions().parameters(),
                plan.steps());
        Path checkpoint = state.resolve(CHECKPOINT);
        try (Trainer trainer =
                new Trainer(plan, curriculum, tokenizer, Requests.asked(inProject("models/eval")), checkpoint)) {
            if (trainer.done() > 0) {
                out.println("going on after step " + trainer.done());
            }
            Examination examination = new Examination(trainer.model(), tokenizer, trainer.manager());
            List<Lesson> questions = Examination.questions(curriculum, 200, plan.seed());
            Progress progress = new Progress(out, plan.steps(), trainer.done());
            while (trainer.done() < plan.steps()) {
                float loss = trainer.step();
                progress.show(trainer.done(), loss, trainer.tokens());
                if (trainer.done() % SAVE_EVERY == 0 || trainer.done() == plan.steps()) {
                    trainer.save(checkpoint);
                }
                if (trainer.done() % EXAMINE_EVERY == 0 || trainer.done() == plan.steps()) {
                    progress.line(String.format(
                            Locale.ROOT,
                            "step %d: exact calls on requests held out: %.1f %%",
                            trainer.done(),
                            100 * examination.exactCalls(questions)));
                    LossCurve.draw(trainer.losses(), Trainer.STRETCH, state.resolve("loss.png"));
                }
            }
            progress.line("trained");
        }
        export();
    }

    /** The vocabulary that belongs to the checkpoint, made anew where there is none yet. */
    private static Vocabulary vocabulary(Path state, Curriculum curriculum, long seed) throws IOException {
        Path file = state.resolve("tokenizer.gguf");
        if (Files.exists(file) && Files.exists(state.resolve(CHECKPOINT))) {
            return Vocabulary.from(GgufFile.read(file).metadata());
        }
        BpeTrainer trainer = new BpeTrainer(Protocol.vocabulary());
        Random random = new Random(seed);
        for (int i = 0; i < TOKENIZER_LESSONS; i++) {
            Lesson lesson = curriculum.draw(Curriculum.Part.LESSONS, random);
            trainer.add(lesson.request());
            lesson.call().ifPresent(call -> trainer.add(call.text()));
            lesson.result().ifPresent(trainer::add);
            lesson.answer().ifPresent(trainer::add);
        }
        Vocabulary vocabulary = trainer.train();
        GgufWriter writer = new GgufWriter();
        writer.string("general.architecture", "llama");
        vocabulary.writeTo(writer);
        writer.write(file);
        return vocabulary;
    }

    private void export() throws IOException {
        Path state = state();
        Path file = path("out", "models/telos-mini.gguf");
        Checkpoint saved = Checkpoint.read(state.resolve(CHECKPOINT));
        Vocabulary vocabulary = vocabulary(state);
        Snapshot weights = saved.weights();
        ModelFile.write(file, "telos-mini", Plan.mini(1).dimensions(), weights, vocabulary);
        float[] losses = saved.losses();
        List<Float> curve = new ArrayList<>();
        for (float loss : losses) {
            curve.add(loss);
        }
        Path picture = file.resolveSibling(file.getFileName().toString().replace(".gguf", "") + "-loss.png");
        if (!curve.isEmpty()) {
            LossCurve.draw(curve, Trainer.STRETCH, picture);
        }
        out.println("wrote " + file + " (" + Files.size(file) + " bytes, after step " + saved.step() + ")");
    }

    private static Vocabulary vocabulary(Path state) throws GgufException {
        return Vocabulary.from(GgufFile.read(state.resolve("tokenizer.gguf")).metadata());
    }

    private void lessons() {
        Curriculum curriculum = new Curriculum();
        Random random = new Random(seed());
        for (int i = 0; i < number("count", 20); i++) {
            Lesson lesson = curriculum.draw(Curriculum.Part.LESSONS, random);
            out.println(lesson.request());
            lesson.call().ifPresent(call -> out.println("    call   " + call.text()));
            lesson.result().ifPresent(result -> out.println("    result " + result.replace("\n", "\n           ")));
            lesson.answer().ifPresent(answer -> out.println("    say    " + answer.replace("\n", "\n           ")));
        }
    }

    private void generated() throws IOException {
        StringBuilder lines = new StringBuilder();
        int index = 0;
        for (Lesson lesson : Examination.questions(new Curriculum(), number("count", 500), seed())) {
            lines.append(String.format(Locale.ROOT, "{\"id\":\"g%03d\",\"request\":", ++index))
                    .append(Requests.quoted(lesson.request()))
                    .append(",\"call\":")
                    .append(lesson.call().map(Lesson.Call::text).orElse("null"))
                    .append("}\n");
        }
        Path file = path("out", "models/eval/generated.jsonl");
        Files.writeString(file, lines, StandardCharsets.UTF_8);
        out.println("wrote " + index + " requests to " + file);
    }

    private void verify() throws IOException {
        Path state = state();
        Tokenizer tokenizer = Tokenizer.of(vocabulary(state));
        Checkpoint saved = Checkpoint.read(state.resolve(CHECKPOINT));
        List<Lesson> lessons = Examination.questions(new Curriculum(), number("count", 50), seed());
        try (NDManager manager = Engine.getInstance().newBaseManager();
                Transformer model = new Transformer(Plan.mini(1).dimensions(), manager, Plan.CONTEXT, saved.weights());
                EngineModel engine = EngineModel.load(GgufFile.read(path("in", "models/telos-mini.gguf")))) {
            int same = 0;
            double worst = 0;
            for (Lesson lesson : lessons) {
                Comparison comparison =
                        Comparison.of(model, manager, engine, Protocol.prompt(tokenizer, lesson.request()));
                same += comparison.sameChoice() ? 1 : 0;
                worst = Math.max(worst, comparison.distance());
            }
            out.printf(
                    Locale.ROOT,
                    "same choice in %d of %d; logits differ by at most %.2f %% (root mean square)%n",
                    same,
                    lessons.size(),
                    100 * worst);
            if (worst > 0.2) {
                throw new IOException("the engine and the checkpoint do not agree");
            }
        }
    }

    private void ask() throws IOException {
        Path state = state();
        Tokenizer tokenizer = Tokenizer.of(vocabulary(state));
        Checkpoint saved = Checkpoint.read(state.resolve(CHECKPOINT));
        List<Requests.Expected> requests = Requests.read(path("in", "models/eval/development.jsonl"));
        try (NDManager manager = Engine.getInstance().newBaseManager();
                Transformer model =
                        new Transformer(Plan.mini(1).dimensions(), manager, Plan.CONTEXT, saved.weights())) {
            Examination examination = new Examination(model, tokenizer, manager);
            int exact = 0;
            for (Requests.Expected expected : requests) {
                String reply = examination.reply(Protocol.prompt(tokenizer, expected.request()));
                if (expected.isMetBy(reply)) {
                    exact++;
                } else {
                    out.println(expected.request() + "\n    want " + expected.call() + "\n    got  " + reply);
                }
            }
            out.printf(
                    Locale.ROOT,
                    "exact %d of %d: %.1f %% (step %d)%n",
                    exact,
                    requests.size(),
                    100.0 * exact / requests.size(),
                    saved.step());
        }
    }
}

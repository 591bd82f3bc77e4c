package telos.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import telos.inference.gguf.GgufException;
import telos.inference.gguf.TensorType;
import telos.inference.model.RandomModel;

/** Whether a sequence's logits are the same bits whatever company, chunking, memory and compiler it met. */
final class BitsBench implements Bench {
    private static final int SEQUENCES = 8;
    private static final int PROMPT = 40;
    private static final int TOKENS = 100;
    private static final int BLOCKS = 128;
    private static final int FEW_BLOCKS = 16;
    private static final int COLD_TOKENS = 12;

    private final Project project;

    BitsBench(Project project) {
        this.project = project;
    }

    @Override
    public String name() {
        return "bits";
    }

    @Override
    public String about() {
        return "rows of logits whose bits differ from those of the same tokens alone in one chunk: in a batch of "
                + SEQUENCES + ", in small chunks, after a prefix hit, after a preemption, on one thread, before"
                + " the vector kernels are warm and after, and in a JVM that only interprets; on the built-in model where there is one, and on random"
                + " models of each weight type. It shows nothing of other machines, whose vectors may be wider.";
    }

    @Override
    public List<String> options() {
        return List.of();
    }

    @Override
    public Figures run(Options options, Console out) throws BenchException, InterruptedException {
        int compared = 0;
        int differences = 0;
        try (Scratch scratch = Scratch.make()) {
            Map<String, Path> models = models(scratch, out);
            for (Map.Entry<String, Path> entry : models.entrySet()) {
                Comparison comparison = new Comparison(entry.getKey(), out);
                compare(entry.getValue(), comparison);
                compared += comparison.compared;
                differences += comparison.differences;
            }
            return new Figures()
                    .put("differences", differences)
                    .put("compared", compared)
                    .put("models", models.size());
        }
    }

    private Map<String, Path> models(Scratch scratch, Console out) throws BenchException {
        Map<String, Path> models = new LinkedHashMap<>();
        Path builtIn = project.root().resolve("models/telos-mini.gguf");
        if (Files.exists(builtIn)) {
            models.put("telos-mini", builtIn);
        } else {
            out.line("there is no built-in model at " + builtIn + "; random ones alone are compared");
        }
        for (TensorType type : TensorType.values()) {
            Path file = scratch.resolve(type + ".gguf");
            try {
                new RandomModel(128, 2, 4, 2, 288, 599, 256, type, type == TensorType.Q8_0, 7).write(file, _ -> {});
            } catch (GgufException e) {
                throw new BenchException(String.valueOf(e.getMessage()), e);
            }
            models.put("random " + type, file);
        }
        return models;
    }

    private static void compare(Path file, Comparison comparison) throws BenchException, InterruptedException {
        int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
        try (LoadedModel model = LoadedModel.load(file, BLOCKS, threads);
                LoadedModel single = LoadedModel.load(file, BLOCKS, 1)) {
            List<Replay.Script> scripts = scripts(model.vocabulary());
            Map<Replay.Place, String> alone = alone(model, scripts);
            model.warm();
            single.warm();
            comparison.with("in hot code, on vectors", alone, alone(model, scripts));
            comparison.with(
                    "in a batch of " + SEQUENCES, alone, new Replay(model, BLOCKS, 1024, SEQUENCES).run(scripts));
            comparison.with("in small chunks", alone, new Replay(model, BLOCKS, SEQUENCES + 3, SEQUENCES).run(scripts));
            Replay again = new Replay(model, BLOCKS, 1024, SEQUENCES);
            again.run(scripts);
            long before = again.hits();
            comparison.with("after a prefix hit", alone, again.run(scripts));
            require(again.hits() > before, "no prompt was found in memory");
            Replay tight = new Replay(model, FEW_BLOCKS, 64, SEQUENCES);
            comparison.with("after a preemption", alone, tight.run(scripts));
            require(tight.preemptions() > 0, "no sequence was preempted");
            comparison.with("on one thread", alone, alone(single, scripts));
            Replay.Script brief = script(0, COLD_TOKENS, model.vocabulary());
            comparison.with(
                    "in interpreted code",
                    new Replay(model, BLOCKS, 64, SEQUENCES).run(List.of(brief)),
                    ColdRun.spawn(file, COLD_TOKENS));
        }
    }

    private static void require(boolean happened, String otherwise) throws BenchException {
        if (!happened) {
            throw new BenchException(otherwise + ", so nothing was compared; the benchmark is at fault");
        }
    }

    private static Map<Replay.Place, String> alone(LoadedModel model, List<Replay.Script> scripts) {
        Map<Replay.Place, String> digests = new LinkedHashMap<>();
        for (Replay.Script script : scripts) {
            digests.putAll(new Replay(model, BLOCKS, 1024, 1).run(List.of(script)));
        }
        return digests;
    }

    private static List<Replay.Script> scripts(int vocabulary) {
        List<Replay.Script> scripts = new ArrayList<>();
        for (int id = 0; id < SEQUENCES; id++) {
            scripts.add(script(id, TOKENS - id, vocabulary));
        }
        return scripts;
    }

    /** Random tokens; two thirds of them, but no more than {@value #PROMPT}, are the prompt. */
    static Replay.Script script(int id, int length, int vocabulary) {
        int[] tokens = new SplittableRandom(id).ints(length, 0, vocabulary).toArray();
        return new Replay.Script(id, tokens, Math.min(PROMPT, 2 * length / 3));
    }

    /** Counts what differs for one model. */
    private static final class Comparison {
        private final String model;
        private final Console out;
        private int compared;
        private int differences;

        Comparison(String model, Console out) {
            this.model = model;
            this.out = out;
        }

        void with(String how, Map<Replay.Place, String> reference, Map<Replay.Place, String> other)
                throws BenchException {
            require(!reference.isEmpty() && other.keySet().equals(reference.keySet()), how + ": rows are missing");
            long differing = reference.entrySet().stream()
                    .filter(row -> !row.getValue().equals(other.get(row.getKey())))
                    .count();
            compared += reference.size();
            differences += (int) differing;
            out.line(model + " " + how + ": " + differing + " of " + reference.size() + " rows differ");
        }
    }
}

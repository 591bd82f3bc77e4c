package telos.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import telos.inference.tokenizer.Tokenizer;
import telos.training.curriculum.Curriculum;
import telos.training.transformer.AdamW;
import telos.training.transformer.Snapshot;
import telos.training.transformer.Transformer;

/** Trains one model, step by step, and can be stopped and taken up again at any step. Not for several threads. */
final class Trainer implements AutoCloseable {
    /** Steps that one point of the loss curve covers. */
    static final int STRETCH = 20;

    private final Plan plan;
    private final NDManager manager;
    private final Transformer model;
    private final AdamW optimizer;
    private final Batches batches;
    private final List<Float> losses = new ArrayList<>();
    private int step;
    private double lossOfStretch;
    private long tokens;

    /** Takes up {@code file} where it exists, else begins anew. */
    Trainer(Plan plan, Curriculum curriculum, Tokenizer tokenizer, Set<String> examined, Path file) throws IOException {
        this.plan = plan;
        this.manager = Engine.getInstance().newBaseManager();
        Optional<Checkpoint> saved = Optional.empty();
        if (Files.exists(file)) {
            Checkpoint read = Checkpoint.read(file);
            if (!read.plan().equals(plan.identity())) {
                throw new IOException(file + " belongs to another plan: " + read.plan()
                        + "; give the same options as before, or remove it to begin anew");
            }
            step = read.step();
            for (float loss : read.losses()) {
                losses.add(loss);
            }
            saved = Optional.of(read);
        }
        Snapshot weights =
                saved.map(Checkpoint::weights).orElseGet(() -> Transformer.fresh(plan.dimensions(), plan.seed()));
        this.model = new Transformer(plan.dimensions(), manager, Plan.CONTEXT, weights);
        this.optimizer =
                new AdamW(model, manager, 0.05f, 1f, saved.map(it -> new AdamW.Moments(it.first(), it.second())));
        Batches.Place place = saved.map(Checkpoint::place).orElse(Batches.Place.START);
        this.batches = new Batches(curriculum, tokenizer, plan.seed(), plan.tokens(), Plan.LONGEST, examined, place);
    }

    /** Does the next step; returns its loss. */
    float step() {
        List<Protocol.Encoded> batch = batches.take();
        step++;
        int time =
                batch.stream().mapToInt(lesson -> lesson.tokens().length).max().orElse(1) - 1;
        long[] inputs = new long[batch.size() * time];
        long[] targets = new long[batch.size() * time];
        float[] weights = new float[batch.size() * time];
        float total = 0;
        for (int row = 0; row < batch.size(); row++) {
            Protocol.Encoded lesson = batch.get(row);
            for (int i = 0; i + 1 < lesson.tokens().length; i++) {
                inputs[row * time + i] = lesson.tokens()[i];
                targets[row * time + i] = lesson.tokens()[i + 1];
                weights[row * time + i] = lesson.weights()[i + 1];
                total += lesson.weights()[i + 1];
            }
            tokens += lesson.tokens().length;
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= total;
        }
        try (NDManager scratch = manager.newSubManager()) {
            NDArray in = scratch.create(inputs, new Shape(batch.size(), time));
            NDArray target = scratch.create(targets, new Shape(batch.size(), time, 1));
            NDArray weight = scratch.create(weights, new Shape(batch.size(), time, 1));
            float value;
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray loss = model.logits(in)
                        .logSoftmax(-1)
                        .gather(target, 2)
                        .mul(weight)
                        .sum()
                        .neg();
                collector.backward(loss);
                value = loss.getFloat();
            }
            float norm = optimizer.step(step, plan.rate(step));
            if (!Float.isFinite(value) || !Float.isFinite(norm)) {
                throw new IllegalStateException("step " + step + ": loss " + value + ", gradient norm " + norm
                        + "; the last checkpoint is from before");
            }
            lossOfStretch += value;
            if (step % STRETCH == 0) {
                losses.add((float) (lossOfStretch / STRETCH));
                lossOfStretch = 0;
            }
            return value;
        }
    }

    /** Saves all; only between stretches, so that the loss curve has no gap. */
    void save(Path file) throws IOException {
        float[] curve = new float[losses.size()];
        for (int i = 0; i < curve.length; i++) {
            curve[i] = losses.get(i);
        }
        new Checkpoint(
                        plan.identity(),
                        step,
                        batches.place(),
                        curve,
                        Snapshot.of(model.weights()),
                        Snapshot.of(optimizer.first()),
                        Snapshot.of(optimizer.second()))
                .write(file);
    }

    Transformer model() {
        return model;
    }

    int done() {
        return step;
    }

    /** Tokens seen by this process, padding aside. */
    long tokens() {
        return tokens;
    }

    List<Float> losses() {
        return List.copyOf(losses);
    }

    /** The most likely next token at every place of one sequence. */
    static int[] likeliest(Transformer model, NDManager manager, int[] sequence) {
        try (NDManager scratch = manager.newSubManager()) {
            NDArray in =
                    scratch.create(Arrays.stream(sequence).asLongStream().toArray(), new Shape(1, sequence.length));
            long[] best = model.logits(in).argMax(2).toLongArray();
            return Arrays.stream(best).mapToInt(it -> (int) it).toArray();
        }
    }

    NDManager manager() {
        return manager;
    }

    @Override
    public void close() {
        manager.close();
    }
}

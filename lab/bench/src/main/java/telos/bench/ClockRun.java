package telos.bench;

import java.util.List;
import java.util.SplittableRandom;
import telos.inference.engine.Engine;
import telos.inference.engine.Tick;
import telos.kernel.memory.BlockPool;
import telos.kernel.scheduling.Claim;
import telos.kernel.scheduling.Depth;
import telos.kernel.scheduling.Limits;
import telos.kernel.scheduling.Line;
import telos.kernel.scheduling.Pace;
import telos.kernel.scheduling.Scheduler;

/** An engine over a loaded model for one trial of a policy. */
final class ClockRun implements AutoCloseable {
    private final Engine engine;
    private final LoadedModel model;

    ClockRun(LoadedModel model, Limits limits, Line line, Pace pace) {
        this.model = model;
        this.engine = new Engine("clock", model, new Scheduler(new BlockPool(model.blocks()), limits, line), pace);
    }

    /** Tokens that mean nothing. */
    int[] prompt(SplittableRandom random, int length) {
        return random.ints(length, 0, model.vocabulary()).toArray();
    }

    /** Continues the prompt by so many tokens. */
    Generation start(int[] prompt, int tokens, Claim claim) throws BenchException {
        return Generation.start(engine, prompt, tokens, claim);
    }

    /** Tokens of prompts that were computed in iterations from a time on; what went through a part of the depth counts so. */
    double promptTokensSince(long nanoTime) {
        double tokens = 0;
        for (Tick tick : engine.ticks()) {
            for (Tick.Part part : tick.begun() < nanoTime ? List.<Tick.Part>of() : tick.parts()) {
                Depth depth = part.depth();
                boolean decode = part.answered() && part.count() == 1 && depth.isWhole();
                tokens += decode ? 0 : (double) part.count() * depth.parts() / depth.of();
            }
        }
        return tokens;
    }

    @Override
    public void close() {
        engine.close();
    }
}

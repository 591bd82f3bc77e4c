package telos.bench;

import java.util.SplittableRandom;
import telos.inference.engine.Engine;
import telos.kernel.memory.BlockPool;
import telos.kernel.scheduling.Claim;
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

    @Override
    public void close() {
        engine.close();
    }
}

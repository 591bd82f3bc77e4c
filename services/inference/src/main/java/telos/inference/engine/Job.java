package telos.inference.engine;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import telos.inference.model.Chunk;
import telos.inference.model.HiddenStates;
import telos.inference.model.Passage;
import telos.inference.sampling.Sampler;
import telos.inference.sampling.TokenMask;
import telos.kernel.scheduling.Batch;
import telos.kernel.scheduling.Claim;
import telos.kernel.scheduling.Depth;
import telos.kernel.scheduling.Outcome;

/** One request in the engine's care. The engine's thread owns it. */
sealed interface Job permits Answer, Summation {
    /** What drawing needs that all jobs share. */
    record Drawing(Sampler sampler, TokenMask anything) {}

    long id();

    Claim claim();

    /**
     * What the model is asked for in a step that takes tokens to the end of its depth.
     *
     * @param last whether the step reaches the sequence's last token
     */
    Chunk.Output wants(boolean last);

    /** What it keeps of a chunk that goes through the layers in several steps. */
    HiddenStates between();

    /** What the model is to compute in a step. */
    default Chunk chunk(Batch.Step step, int[] blocks, int[] tokens) {
        Depth depth = step.depth();
        Passage passage = new Passage(depth.from(), depth.to(), depth.of(), between());
        Chunk.Output output = depth.reachesTheEnd() ? wants(step.logits()) : Chunk.Output.NOTHING;
        return new Chunk(blocks, step.start(), tokens, output, passage);
    }

    /** The first step starts here; what lies before was found in memory. */
    void startsAt(int position);

    /** Begins what can be done beside the pass of a step that reaches the sequence's last token. */
    default void beside(Executor worker) {}

    /**
     * Takes what the model computed in a step.
     *
     * @return what follows the sequence's last token; null where the step did not reach it
     */
    Outcome.@Nullable Sampled take(Chunk chunk, float[] computed, boolean last, Drawing drawing);

    /** Prompt tokens that were found in memory; known once the first step was scheduled. */
    int cached();

    /** Tells whoever asked that nothing follows. */
    void ended(Ending ending);
}

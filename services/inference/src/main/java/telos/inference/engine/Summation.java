package telos.inference.engine;

import org.jspecify.annotations.Nullable;
import telos.inference.model.Chunk;
import telos.inference.model.HiddenStates;
import telos.kernel.scheduling.Claim;
import telos.kernel.scheduling.Outcome;

/**
 * One text whose hidden states are summed up, to give their mean. They are added in the order of their positions, each
 * once, so the mean is the same however the text is cut into chunks and after a preemption.
 */
final class Summation implements Job {
    private final long id;
    private final Claim claim;
    private final VectorListener listener;
    private final HiddenStates between = new HiddenStates();
    private double[] sum = {};
    private int summed;

    Summation(long id, Claim claim, VectorListener listener) {
        this.id = id;
        this.claim = claim;
        this.listener = listener;
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public Claim claim() {
        return claim;
    }

    @Override
    public HiddenStates between() {
        return between;
    }

    @Override
    public Chunk.Output wants(boolean last) {
        return Chunk.Output.STATES;
    }

    @Override
    public void startsAt(int position) {
        if (position > summed) {
            throw new IllegalStateException("the states before position " + position + " were not computed");
        }
    }

    @Override
    public Outcome.@Nullable Sampled take(Chunk chunk, float[] states, boolean last, Drawing drawing) {
        int width = states.length / chunk.tokens().length;
        if (sum.length == 0) {
            sum = new double[width];
        }
        // after a preemption some positions come again
        for (int row = summed - chunk.start(); row < chunk.tokens().length; row++, summed++) {
            for (int i = 0; i < width; i++) {
                sum[i] += states[row * width + i];
            }
        }
        if (!last) {
            return null;
        }
        float[] mean = new float[width];
        for (int i = 0; i < width; i++) {
            mean[i] = (float) (sum[i] / summed);
        }
        listener.vector(mean);
        return new Outcome.Sampled(id, 0, true);
    }

    @Override
    public int cached() {
        return 0;
    }

    @Override
    public void ended(Ending ending) {
        listener.ended(ending);
    }
}

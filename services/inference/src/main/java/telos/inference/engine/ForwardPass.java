package telos.inference.engine;

import java.util.List;
import telos.inference.model.Chunk;

/** The model as the engine drives it; one thread calls it. */
public interface ForwardPass {
    int vocabulary();

    /** Copies the keys and values of a block, all layers, to another. */
    void copyBlock(int from, int to);

    /**
     * Computes one batch, at most one chunk per sequence, and stores its keys and values in the layers it goes through.
     *
     * @return for each chunk what it asked for, or an empty array where it asked for nothing. The arrays may be
     *     reused by the next call
     */
    float[][] forward(List<Chunk> batch);
}

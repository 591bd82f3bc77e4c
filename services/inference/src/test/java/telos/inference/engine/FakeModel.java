package telos.inference.engine;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import telos.inference.model.Chunk;

/**
 * A model whose next token is a hash of every token before it, read back from the blocks it stored them in: a wrong
 * block table, a lost copy or a stale prefix changes the answer.
 */
final class FakeModel implements ForwardPass {
    static final int VOCABULARY = 257;

    private final int[][] memory;
    private final int blockTokens;
    private final @Nullable Semaphore steps;
    volatile int breakAtToken = -1;
    volatile int poisonAtToken = -1;
    final AtomicInteger passes = new AtomicInteger();

    FakeModel(int blocks, int blockTokens, @Nullable Semaphore steps) {
        this.memory = new int[blocks][blockTokens];
        this.blockTokens = blockTokens;
        this.steps = steps;
    }

    static int next(int[] tokens, int length) {
        int hash = 17;
        for (int i = 0; i < length; i++) {
            hash = hash * 31 + tokens[i];
        }
        return Math.floorMod(hash ^ hash >>> 13, VOCABULARY - 1);
    }

    /** What the model goes on with after a prompt. */
    static int[] answer(int[] prompt, int count) {
        int[] tokens = Arrays.copyOf(prompt, prompt.length + count);
        for (int i = 0; i < count; i++) {
            tokens[prompt.length + i] = next(tokens, prompt.length + i);
        }
        return Arrays.copyOfRange(tokens, prompt.length, tokens.length);
    }

    @Override
    public int vocabulary() {
        return VOCABULARY;
    }

    @Override
    public void copyBlock(int from, int to) {
        memory[to] = memory[from].clone();
    }

    /** Two figures for each token, of which sums in another order have other bits. */
    private float[] states(Chunk slice) {
        float[] states = new float[2 * slice.tokens().length];
        for (int i = 0; i < slice.tokens().length; i++) {
            states[2 * i] = 1f / (1 + slice.tokens()[i] + slice.start() + i);
            states[2 * i + 1] = slice.tokens()[i];
        }
        return states;
    }

    @Override
    public float[][] forward(List<Chunk> slices) {
        if (steps != null) {
            steps.acquireUninterruptibly();
        }
        passes.incrementAndGet();
        float[][] logits = new float[slices.size()][];
        for (int s = 0; s < slices.size(); s++) {
            Chunk slice = slices.get(s);
            for (int i = 0; i < slice.tokens().length; i++) {
                int position = slice.start() + i;
                if (slice.tokens()[i] == breakAtToken) {
                    throw new IllegalStateException("the model broke");
                }
                memory[slice.blockTable()[position / blockTokens]][position % blockTokens] = slice.tokens()[i];
            }
            logits[s] = slice.output() == Chunk.Output.STATES ? states(slice) : new float[0];
            if (slice.logits()) {
                int length = slice.start() + slice.tokens().length;
                int[] read = new int[length];
                for (int p = 0; p < length; p++) {
                    read[p] = memory[slice.blockTable()[p / blockTokens]][p % blockTokens];
                }
                logits[s] = new float[VOCABULARY];
                logits[s][next(read, length)] = read[0] == poisonAtToken ? Float.NaN : 1;
            }
        }
        return logits;
    }
}

package telos.training;

import telos.training.transformer.Dimensions;

/**
 * What is trained and for how long.
 *
 * @param steps in all; the learning rate falls to zero over them
 * @param tokens in a batch, padding included
 * @param rate the highest learning rate
 */
record Plan(long seed, Dimensions dimensions, int steps, int tokens, float rate) {
    static final int LONGEST = 448;
    static final int CONTEXT = 1024;
    private static final int WARM_UP = 150;
    private static final float LOWEST = 0.02f;
    private static final float SECOND = 0.4f;

    static Plan mini(long seed) {
        return new Plan(seed, new Dimensions(Protocol.VOCABULARY, 192, 4, 6, 2, 32, 384), 30_000, 1024, 2e-3f);
    }

    Plan withSteps(int count) {
        return new Plan(seed, dimensions, count, tokens, rate);
    }

    /** What a checkpoint must share; the number of steps may be changed on the way. */
    String identity() {
        return withSteps(0).toString();
    }

    /**
     * Linear warm-up, then a cosine, and a second, lower one in the last quarter (Loshchilov and Hutter,
     * arXiv:1608.03983). {@code step} counts from 1.
     */
    float rate(int step) {
        if (step <= WARM_UP) {
            return rate * step / WARM_UP;
        }
        int turn = (int) (steps * 23L / 30);
        return step <= turn ? cosine(rate, WARM_UP, turn, step) : cosine(SECOND * rate, turn, steps, step);
    }

    private static float cosine(float highest, int from, int to, int step) {
        double done = Math.min(1, (step - from) / (double) Math.max(1, to - from));
        return (float) (highest * (LOWEST + (1 - LOWEST) * 0.5 * (1 + Math.cos(Math.PI * done))));
    }
}

package telos.kernel.scheduling;

import java.util.Random;

/** A pace that cuts prompts at random, through tokens and through the depth, and lets them wait now and then. */
final class Whims implements Pace {
    private final Random random;

    Whims(long seed) {
        this.random = new Random(seed);
    }

    @Override
    public int chunk(Load alone, Load load, int start, int most) {
        return random.nextInt(most + 1);
    }

    @Override
    public Piece cut(Load alone, Load load, Piece next) {
        int tokens = random.nextInt(3) == 0 ? random.nextInt(next.count() + 1) : next.count();
        return next.tokens(tokens).parts(1 + random.nextInt(next.depth().parts()));
    }
}

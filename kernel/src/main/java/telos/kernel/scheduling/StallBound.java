package telos.kernel.scheduling;

import java.util.function.IntPredicate;

/**
 * Holds iterations short while sequences decode: of a prompt as much is computed as a learned cost model lets the iteration
 * take no more than a factor of what the decodes would take alone, or no more than a given time, in 99 of 100 iterations.
 * Where few tokens or none would do, a longer chunk goes through a part of the model's depth in each of several iterations.
 * Where nothing decodes, there is no bound (Agrawal et al., "Sarathi-Serve", OSDI 2024; Oh et al., "ExeGPT", ASPLOS 2024).
 */
public final class StallBound implements Pace, Forecast {
    /*
     * The model tells what an iteration takes on the mean; a bound must hold for nearly all. So the part of the time that
     * chunks may fill, beyond what the decodes take, shrinks whenever an iteration that was to hold the bound did not, and
     * grows a hundredth as fast whenever one did: it comes to rest where one in a hundred does not. It begins small and
     * grows fast until the first that did not, so that finding it costs few long iterations. Iterations of decodes alone
     * vary too; how long the longest hundredth of them takes, for the mean, is followed in the same way, and is no fault
     * of the chunks.
     *
     * What decodes take alone cannot be told from iterations with chunks that are all of one length. So it has a model of
     * its own, which hears of decodes alone only, and while prompts come without end an iteration now and then is without
     * them.
     *
     * A chunk through a part of the depth is so long that the prompt gets on fastest: the most tokens for the number of
     * iterations that they take together, and of equals the longest chunk, for what is read for it is read once.
     *
     * Robbins and Monro, "A Stochastic Approximation Method", 1951; Jacobson, "Congestion Avoidance and Control", 1988.
     */
    private static final double HELD = 0.99;
    private static final double STEP = 0.05;
    private static final double LEAST_PART = 0.1;
    private static final double FIRST_PART = 0.25;
    private static final double FIRST_GROWTH = 1.02;
    private static final double MOST_SPREAD = 4;

    public static final double USUAL_FACTOR = 1.4;
    /** What one may compute beside decodes as long as its price is not known. */
    private static final int UNPRICED = 8;

    private static final int FIRST_LESSONS = 4;
    private static final int FORECAST_CHUNK = 256;
    /** Of the depth, where it is not known; many, for a bound that no token as a whole would hold. */
    private static final int FORECAST_PARTS = 16;

    /** Tokens that go through a part of the depth at most. */
    private static final int LONGEST_CUT = 16;

    /** So many iterations in a row may have chunks. */
    private static final int MOST_CHUNKS = 31;

    private final double factor;
    private final long nanos;
    private final CostModel cost = new CostModel(Load.TERMS);
    private final CostModel alone = new CostModel(Load.TERMS);
    private int chunks;
    private double part = FIRST_PART;
    private boolean exceeded;
    private double spread = 1;

    private StallBound(double factor, long nanos) {
        this.factor = factor;
        this.nanos = nanos;
    }

    /**
     * Bounds an iteration by what its decodes cost.
     *
     * @param factor of the time that the decodes take alone; above 1
     */
    public static StallBound factor(double factor) {
        if (!(factor > 1 && factor <= 1e6)) {
            throw new IllegalArgumentException("the stall factor must be above 1 and at most 1000000, was " + factor);
        }
        return new StallBound(factor, 0);
    }

    /**
     * Bounds an iteration by a time.
     *
     * @param nanos that it may take, if its decodes allow
     */
    public static StallBound nanos(long nanos) {
        if (nanos <= 0) {
            throw new IllegalArgumentException("the time for a token must be positive, was " + nanos + " ns");
        }
        return new StallBound(0, nanos);
    }

    @Override
    public boolean pauses() {
        return chunks >= MOST_CHUNKS;
    }

    @Override
    public int chunk(Load decodes, Load load, int start, int most) {
        if (decodes.decodes() == 0) {
            return most;
        }
        if (!experienced()) {
            return (int) Math.clamp(UNPRICED - load.prefill(), 0, most);
        }
        double limit = limit(decodes);
        return most(most, tokens -> cost.estimate(load.andPrefill(start, tokens).terms()) <= limit);
    }

    @Override
    public Piece cut(Load decodes, Load load, Piece next) {
        if (decodes.decodes() == 0) {
            return next;
        }
        if (!experienced()) {
            return next.tokens(chunk(decodes, load, next.start(), next.count()));
        }
        double limit = limit(decodes);
        return next.depth().from() > 0 ? continued(load, next, limit) : begun(load, next, limit);
    }

    /** The whole chunk, which would lose what it is short of; else as much of it as fits. */
    private Piece continued(Load load, Piece next, double limit) {
        int parts = most(next.depth().parts(), each -> fits(load, next.parts(each), limit));
        return parts > 0
                ? next.parts(parts)
                : next.tokens(most(
                                next.count(),
                                tokens -> fits(load, next.tokens(tokens).parts(1), limit)))
                        .parts(1);
    }

    private Piece begun(Load load, Piece next, double limit) {
        int whole = most(next.count(), tokens -> fits(load, next.tokens(tokens), limit));
        Piece best = next.tokens(whole);
        double progress = whole;
        int depth = next.depth().parts();
        for (int tokens = whole + 1; tokens <= Math.min(next.count(), LONGEST_CUT); tokens++) {
            Piece tried = next.tokens(tokens);
            int parts = most(depth, each -> fits(load, tried.parts(each), limit));
            if (parts == 0) {
                break;
            }
            double tokensPerIteration = (double) tokens / Math.ceilDiv(depth, parts);
            if (tokensPerIteration >= progress) {
                best = tried.parts(parts);
                progress = tokensPerIteration;
            }
        }
        return best;
    }

    private boolean fits(Load load, Piece piece, double limit) {
        return cost.estimate(load.and(piece).terms()) <= limit;
    }

    /** The largest number up to {@code most} that fits, where all smaller ones fit if it does; or 0. */
    private static int most(int most, IntPredicate fits) {
        int fitting = 0;
        int tooMany = most + 1;
        while (tooMany - fitting > 1) {
            int tried = (fitting + tooMany) >>> 1;
            if (fits.test(tried)) {
                fitting = tried;
            } else {
                tooMany = tried;
            }
        }
        return fitting;
    }

    /** What an iteration with these decodes is to take at most, on the mean. */
    private double limit(Load decodes) {
        double least = least(decodes);
        return least + part * (bound(least) - least);
    }

    /** What the decodes take alone. */
    private double least(Load decodes) {
        return (alone.completions() < FIRST_LESSONS ? cost : alone).estimate(decodes.terms());
    }

    private double bound(double least) {
        return nanos > 0 ? (double) nanos : factor * least;
    }

    @Override
    public void took(Load load, long time) {
        if (experienced() && load.decodes() > 0) {
            correct(load, time);
        }
        cost.learn(load.terms(), (double) time);
        if (load.decodes() > 0 && load.prefill() == 0) {
            alone.learn(load.terms(), (double) time);
        }
        // Decodes of several tokens look like prompts: a pause is one whatever was computed in it.
        chunks = pauses() || load.prefill() == 0 ? 0 : chunks + 1;
    }

    private void correct(Load load, long time) {
        double least = least(load.decodesAlone());
        if (load.prefill() == 0) {
            spread = Math.clamp(
                    spread * (time > spread * least ? 1 + STEP * HELD : 1 - STEP * (1 - HELD)), 1, MOST_SPREAD);
        } else if (cost.estimate(load.terms()) <= bound(least)) {
            double most = nanos > 0 ? (double) nanos : factor * spread * least;
            exceeded |= time > most;
            double grown = exceeded ? part + STEP * (1 - HELD) : part * FIRST_GROWTH;
            part = Math.clamp(time > most ? part - STEP * HELD : grown, LEAST_PART, 1);
        }
    }

    @Override
    public long duration(int prompt, int generated, int company) {
        if (!experienced()) {
            return 0;
        }
        Load others = Load.NONE;
        for (int i = 0; i < company; i++) {
            others = others.andDecode(prompt + generated);
        }
        Piece next = new Piece(prompt / 2, Math.min(prompt, FORECAST_CHUNK), Depth.whole(FORECAST_PARTS));
        Piece piece = cut(others, others, next);
        piece = piece.count() > 0 ? piece : next.tokens(1).parts(1);
        double reading = (double) Math.ceilDiv(prompt, piece.count())
                * Math.ceilDiv(FORECAST_PARTS, piece.depth().parts())
                * cost.estimate(others.and(piece).terms());
        double step = cost.estimate(others.andDecode(prompt + generated).terms());
        double writing = generated * (nanos > 0 ? Math.max(step, (double) nanos) : factor * step);
        return (long) (reading + writing);
    }

    @Override
    public long work(int prompt, int generated) {
        double base = cost.estimate(Load.NONE.terms());
        double reading = cost.estimate(Load.NONE.andPrefill(0, prompt).terms()) - base;
        double step = cost.estimate(Load.NONE.andDecode(prompt + generated).terms()) - base;
        return experienced() ? (long) (reading + generated * step) : 0;
    }

    private boolean experienced() {
        return cost.completions() >= FIRST_LESSONS && cost.knows(Load.PREFILL);
    }
}

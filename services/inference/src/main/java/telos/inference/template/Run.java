package telos.inference.template;

import java.time.LocalDateTime;

/** One rendering: where it is, what it has spent, and what it may spend. */
final class Run {
    /**
     * What a rendering may use.
     *
     * @param text chars of one string, the output included
     * @param work units: one per char copied or compared, 20 per step of the interpreter, 200 per round of a loop
     * @param depth macro calls, and containers, inside one another
     */
    record Limits(int text, long work, int depth) {
        static final Limits USUAL = new Limits(16 << 20, 200_000_000L, 64);
    }

    private static final int STEP = 20;
    private static final int ROUND = 200;

    private final Limits limits;
    private final LocalDateTime now;
    private long work;
    private int depth;
    private int line = 1;

    Run(Limits limits, LocalDateTime now) {
        this.limits = limits;
        this.now = now;
    }

    LocalDateTime now() {
        return now;
    }

    int line() {
        return line;
    }

    void at(int templateLine) {
        line = templateLine;
    }

    TemplateException fail(String message) {
        return TemplateException.at(line, message);
    }

    void step() {
        charge(STEP);
    }

    /** A round of a loop: it makes a scope. */
    void round() {
        charge(ROUND);
    }

    void charge(long units) {
        work += units;
        if (work > limits.work()) {
            throw fail("the template runs too long: it used up its " + limits.work()
                    + " units of work; look for a loop that grows with each round");
        }
    }

    /** To be asked before a text of this many chars is made. */
    void text(long chars) {
        check(chars);
        charge(chars);
    }

    /** Whether a text, or a list, may be as long as this. */
    void check(long length) {
        if (length > limits.text()) {
            throw fail("the template makes a text or a list longer than " + limits.text());
        }
    }

    void enter() {
        if (++depth > limits.depth()) {
            throw fail("the template nests deeper than " + limits.depth()
                    + " levels: a macro that calls itself, or a list that holds itself");
        }
    }

    void leave() {
        depth--;
    }
}

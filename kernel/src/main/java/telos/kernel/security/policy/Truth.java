package telos.kernel.security.policy;

/**
 * Sets of what a condition may come to: it holds, it does not, or it is void, which means that nothing can be said. A condition
 * of which everything is known comes to exactly one of the three. Not, and, or are Kleene's, element by element.
 */
final class Truth {
    static final int YES = 1;
    static final int NO = 2;
    static final int VOID = 4;
    static final int EITHER = YES | NO;
    static final int ANY = YES | NO | VOID;

    private Truth() {}

    static int of(boolean holds) {
        return holds ? YES : NO;
    }

    static int not(int a) {
        return (a & VOID) | ((a & YES) << 1) | ((a & NO) >> 1);
    }

    static int and(int a, int b) {
        int both = (a & b & YES) | ((a | b) & NO);
        boolean unclear = ((a & VOID) != 0 && (b & (YES | VOID)) != 0) || ((b & VOID) != 0 && (a & YES) != 0);
        return unclear ? both | VOID : both;
    }

    static int or(int a, int b) {
        return not(and(not(a), not(b)));
    }
}

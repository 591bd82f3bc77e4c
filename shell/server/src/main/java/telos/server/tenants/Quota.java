package telos.server.tenants;

/**
 * What one key may take; 0 means no bound.
 *
 * @param requests to be started in a minute
 * @param tokens of prompts and answers in a minute
 * @param concurrency requests at once
 * @param blocks of KV memory at once
 */
public record Quota(int requests, int tokens, int concurrency, int blocks) {
    /** What a bound may be at most, so that a minute of it can be counted in a long. */
    public static final int MOST = TokenBucket.MOST;

    public static final Quota NONE = new Quota(0, 0, 0, 0);

    public Quota {
        check(requests, "rate");
        check(tokens, "tokens");
        check(concurrency, "concurrency");
        check(blocks, "blocks");
    }

    private static void check(int bound, String name) {
        if (bound < 0 || bound > MOST) {
            throw new IllegalArgumentException("'" + name + "' must be 0 to " + MOST + ", was " + bound);
        }
    }
}

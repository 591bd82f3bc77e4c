package telos.kernel.scheduling;

/** What a {@link Line} may know of a sequence. */
public interface Candidate {
    long sequence();

    Claim claim();

    /** Counts accepted requests: the smaller came earlier. Preemption does not change it. */
    long arrival();

    /** Tokens it has, prompt and generated ones together. */
    int length();

    /** Tokens it has generated. */
    int generated();

    /** Tokens that it may generate in all. */
    int maxTokens();
}

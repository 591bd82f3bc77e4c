package telos.kernel.scheduling;

/** What an {@link Order} may know of a sequence. */
public interface Candidate {
    long sequence();

    /** Counts accepted requests: the smaller came earlier. Preemption does not change it. */
    long arrival();

    /** Tokens it has, prompt and generated ones together. */
    int length();

    /** Tokens it has generated. */
    int generated();
}

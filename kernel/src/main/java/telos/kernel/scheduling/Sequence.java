package telos.kernel.scheduling;

import java.util.Arrays;
import telos.kernel.memory.IsolationKey;

/** An accepted request and what it has generated so far. */
final class Sequence implements Candidate {
    private final long sequence;
    private final long arrival;
    private final IsolationKey key;
    private final int promptLength;
    private final int maxTokens;
    private int[] tokens;
    private int length;
    private int preemptions;
    /** Wanted no more, but its step is in flight. */
    private boolean cancelled;

    Sequence(Request request, long arrival) {
        this.sequence = request.sequence();
        this.arrival = arrival;
        this.key = request.key();
        this.promptLength = request.promptLength();
        this.maxTokens = request.maxTokens();
        this.tokens = request.prompt().clone();
        this.length = promptLength;
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public long arrival() {
        return arrival;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public int generated() {
        return length - promptLength;
    }

    IsolationKey key() {
        return key;
    }

    int preemptions() {
        return preemptions;
    }

    void preempted() {
        preemptions++;
    }

    boolean cancelled() {
        return cancelled;
    }

    void cancel() {
        cancelled = true;
    }

    int token(int position) {
        return tokens[position];
    }

    int[] tokens(int from, int to) {
        return Arrays.copyOfRange(tokens, from, to);
    }

    void add(int token) {
        if (length == tokens.length) {
            tokens = Arrays.copyOf(tokens, length + Math.max(16, length / 2));
        }
        tokens[length++] = token;
    }

    /** How many tokens it may still generate. */
    int left() {
        return maxTokens - generated();
    }

    boolean full() {
        return left() == 0;
    }
}

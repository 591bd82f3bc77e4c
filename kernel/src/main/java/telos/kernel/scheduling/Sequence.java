package telos.kernel.scheduling;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import telos.kernel.memory.IsolationKey;

/** An accepted request, what it has generated so far, and what was charged for it. */
final class Sequence implements Candidate {
    private final long sequence;
    private final long arrival;
    private final IsolationKey key;
    private final Claim claim;
    private final int promptLength;
    private final int maxTokens;
    private int[] tokens;
    private int length;
    private int preemptions;
    /** The prompt's tokens from here on were charged; all before were found in memory. */
    private int chargedFrom = Integer.MAX_VALUE;
    /** The prompt's tokens before this one were computed or found at some time. */
    private int reached;
    /** It gave its place to another, and has generated nothing since. */
    private boolean overtaken;
    /** It has run. */
    private boolean begun;
    /** Wanted no more, but its step is in flight. */
    private boolean cancelled;
    /** What is left of a chunk that went through a part of the depth only. */
    private @Nullable Piece begunChunk;

    Sequence(Request request, long arrival) {
        this.sequence = request.sequence();
        this.arrival = arrival;
        this.key = request.key();
        this.claim = request.claim();
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
    public Claim claim() {
        return claim;
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

    @Override
    public int maxTokens() {
        return maxTokens;
    }

    IsolationKey key() {
        return key;
    }

    int preemptions() {
        return preemptions;
    }

    void preempted() {
        preemptions++;
        begunChunk = null;
    }

    /**
     * What comes next of its prompt: the rest of a chunk that was begun, or all tokens that are not computed.
     *
     * @param computed tokens that are
     * @param parts of the depth
     */
    Piece next(int computed, int parts) {
        return begunChunk == null ? new Piece(computed, length - computed, Depth.whole(parts)) : begunChunk;
    }

    /** This much more of its prompt is done. */
    void did(Piece piece) {
        begunChunk = piece.depth().reachesTheEnd() ? null : piece.rest();
    }

    boolean isAmidChunk() {
        return begunChunk != null;
    }

    boolean wasOvertaken() {
        return overtaken;
    }

    void overtaken() {
        overtaken = true;
    }

    boolean begun() {
        return begun;
    }

    void begin() {
        begun = true;
    }

    boolean cancelled() {
        return cancelled;
    }

    void cancel() {
        cancelled = true;
    }

    /**
     * It runs, and this many of its tokens were found in memory. How many tokens of its prompt are to be charged: what it
     * has to compute, but nothing twice.
     */
    int admitted(int found) {
        int from = Math.min(found, promptLength);
        int due = Math.max(0, Math.min(chargedFrom, promptLength) - from);
        chargedFrom = Math.min(chargedFrom, from);
        computed(from);
        return due;
    }

    /** So many of its leading tokens are computed. */
    void computed(int tokensSoFar) {
        reached = Math.max(reached, Math.min(promptLength, tokensSoFar));
    }

    /** How many tokens of its prompt were charged and never computed. */
    int unused() {
        return chargedFrom == Integer.MAX_VALUE ? 0 : promptLength - Math.max(reached, chargedFrom);
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
        overtaken = false;
    }

    /** How many tokens it may still generate. */
    int left() {
        return maxTokens - generated();
    }

    boolean full() {
        return left() == 0;
    }
}

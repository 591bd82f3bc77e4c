package telos.kernel.scheduling;

import java.util.Objects;
import telos.kernel.memory.IsolationKey;

/** A prompt, how far to go on from it, and whose cached blocks it may see. */
public final class Request {
    private final long sequence;
    private final int[] prompt;
    private final int maxTokens;
    private final IsolationKey key;
    private final Claim claim;

    /**
     * @param sequence a number that no sequence of the scheduler has
     * @param prompt at least one token
     * @param maxTokens tokens to generate at most; positive
     */
    public Request(long sequence, int[] prompt, int maxTokens, IsolationKey key, Claim claim) {
        if (prompt.length == 0) {
            throw new IllegalArgumentException("request " + sequence + " has an empty prompt");
        }
        if (maxTokens <= 0) {
            throw new IllegalArgumentException(
                    "request " + sequence + " asks for " + maxTokens + " tokens; ask for at least one");
        }
        this.sequence = sequence;
        this.prompt = prompt.clone();
        this.maxTokens = maxTokens;
        this.key = Objects.requireNonNull(key, "key");
        this.claim = Objects.requireNonNull(claim, "claim");
    }

    /** A request of its key's owner, in no hurry. */
    public Request(long sequence, int[] prompt, int maxTokens, IsolationKey key) {
        this(sequence, prompt, maxTokens, key, Claim.of(key.tenant(), ""));
    }

    public long sequence() {
        return sequence;
    }

    public int promptLength() {
        return prompt.length;
    }

    public int maxTokens() {
        return maxTokens;
    }

    public IsolationKey key() {
        return key;
    }

    public Claim claim() {
        return claim;
    }

    int[] prompt() {
        return prompt;
    }
}

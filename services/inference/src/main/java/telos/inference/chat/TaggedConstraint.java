package telos.inference.chat;

import telos.inference.constraint.Constraint;
import telos.inference.sampling.TokenMask;
import telos.inference.tokenizer.StreamDecoder;
import telos.inference.tokenizer.Tokenizer;

/**
 * Free text until the model writes the mark of a call, and from there valid calls, which end the turn. No token may write
 * more than the mark at once, so that no call begins unseen.
 */
final class TaggedConstraint implements Constraint {
    private final Tokenizer tokenizer;
    private final MarkMasks masks;
    private final CallsConstraint calls;
    private final StreamDecoder decoder;
    private final StringBuilder tail = new StringBuilder();
    private boolean calling;
    private int remaining = Integer.MAX_VALUE;

    /** @param calls what follows the mark */
    TaggedConstraint(Tokenizer tokenizer, MarkMasks masks, CallsConstraint calls) {
        this.tokenizer = tokenizer;
        this.masks = masks;
        this.calls = calls;
        this.decoder = new StreamDecoder(tokenizer);
    }

    @Override
    public TokenMask allowed() {
        return calling ? calls.allowed() : masks.after(begun(), remaining <= calls.shortest());
    }

    @Override
    public boolean settled() {
        return !calling || calls.settled();
    }

    @Override
    public int only() {
        return calling ? calls.only() : allowed().only();
    }

    /** The length of the longest start of the mark that the text ends with. */
    private int begun() {
        String mark = masks.mark();
        int length = Math.min(mark.length() - 1, tail.length());
        while (length > 0 && !mark.startsWith(tail.substring(tail.length() - length))) {
            length--;
        }
        return length;
    }

    @Override
    public void accept(int token) {
        if (remaining != Integer.MAX_VALUE) {
            remaining = Math.max(0, remaining - 1);
        }
        if (calling) {
            calls.accept(token);
            return;
        }
        tail.append(tokenizer.isControl(token) ? tokenizer.name(token) : decoder.accept(token));
        int excess = tail.length() - masks.mark().length();
        if (excess > 0) {
            tail.delete(0, excess);
        }
        if (masks.mark().contentEquals(tail)) {
            calling = true;
            if (remaining != Integer.MAX_VALUE) {
                calls.remaining(remaining);
            }
        }
    }

    @Override
    public boolean complete() {
        return !calling || calls.complete();
    }

    @Override
    public boolean mustEnd() {
        return calling && calls.mustEnd();
    }

    @Override
    public void remaining(int tokens) {
        remaining = tokens;
        if (calling) {
            calls.remaining(tokens);
        }
    }
}

package telos.inference.chat;

import java.util.Optional;
import java.util.function.IntPredicate;
import telos.inference.constraint.Constraint;
import telos.inference.sampling.TokenMask;
import telos.inference.tokenizer.StreamDecoder;
import telos.inference.tokenizer.Tokenizer;

/**
 * Free text until the model writes the mark of a call, and from there valid calls, which end the turn. A token that
 * would write more than the mark at once is not allowed, so that no call begins unseen.
 */
final class TaggedConstraint implements Constraint {
    private final Tokenizer tokenizer;
    private final String mark;
    private final CallsConstraint calls;
    private final TokenMask within;
    private final TokenMask tooLate;
    private final StreamDecoder decoder;
    private final StringBuilder tail = new StringBuilder();
    private boolean calling;
    private int remaining = Integer.MAX_VALUE;

    /** @param calls what follows the mark */
    TaggedConstraint(Tokenizer tokenizer, CallStyle style, CallsConstraint calls) {
        this.tokenizer = tokenizer;
        this.mark = style.mark();
        this.calls = calls;
        this.decoder = new StreamDecoder(tokenizer);
        this.within = without(token -> {
            int at = text(token).indexOf(mark);
            return at >= 0 && at + mark.length() < text(token).length();
        });
        this.tooLate = style.opens().isPresent()
                ? without(token -> token == style.opens().getAsInt())
                : within;
    }

    private TokenMask without(IntPredicate left) {
        TokenMask.Builder kept = TokenMask.builder(tokenizer.size());
        for (int token = 0; token < tokenizer.size(); token++) {
            if (!left.test(token)) {
                kept.add(token);
            }
        }
        return kept.build();
    }

    private String text(int token) {
        return tokenizer.isControl(token) ? tokenizer.name(token) : tokenizer.decode(new int[] {token});
    }

    @Override
    public TokenMask allowed() {
        if (calling) {
            return calls.allowed();
        }
        TokenMask base = remaining <= calls.shortest() ? within.and(tooLate) : within;
        Optional<String> begun = begun();
        if (begun.isEmpty()) {
            return base;
        }
        String rest = mark.substring(begun.get().length());
        return base.and(without(token -> {
            String text = text(token);
            return text.length() > rest.length() && text.startsWith(rest);
        }));
    }

    /** The longest start of the mark that the text ends with, if it does with one. */
    private Optional<String> begun() {
        for (int length = Math.min(mark.length() - 1, tail.length()); length > 0; length--) {
            String end = tail.substring(tail.length() - length);
            if (mark.startsWith(end)) {
                return Optional.of(end);
            }
        }
        return Optional.empty();
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
        int excess = tail.length() - mark.length();
        if (excess > 0) {
            tail.delete(0, excess);
        }
        if (mark.contentEquals(tail)) {
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

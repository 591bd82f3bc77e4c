package telos.inference.chat;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import telos.inference.constraint.Constraint;
import telos.inference.sampling.TokenMask;
import telos.inference.tokenizer.StreamDecoder;
import telos.inference.tokenizer.Tokenizer;

/** Free text until the model opens a {@code <tool_call>} tag, and from there one valid call, which ends the turn. */
final class TaggedConstraint implements Constraint {
    private final StreamDecoder decoder;
    private final StringBuilder tail = new StringBuilder();
    private final TokenMask anything;
    private final Tokenizer tokenizer;
    private final Supplier<Constraint> calls;
    private @Nullable Constraint call;
    private int remaining = Integer.MAX_VALUE;

    TaggedConstraint(Tokenizer tokenizer, Supplier<Constraint> calls) {
        this.tokenizer = tokenizer;
        this.decoder = new StreamDecoder(tokenizer);
        this.anything = TokenMask.all(tokenizer.size());
        this.calls = calls;
    }

    @Override
    public TokenMask allowed() {
        return call == null ? anything : call.allowed();
    }

    @Override
    public void accept(int token) {
        if (call != null) {
            call.accept(token);
            return;
        }
        if (remaining != Integer.MAX_VALUE) {
            remaining--;
        }
        tail.append(tokenizer.isControl(token) ? tokenizer.name(token) : decoder.accept(token));
        int excess = tail.length() - TaggedReader.OPEN.length();
        if (excess > 0) {
            tail.delete(0, excess);
        }
        if (tail.toString().endsWith(TaggedReader.OPEN)) {
            Constraint opened = calls.get();
            if (remaining != Integer.MAX_VALUE) {
                opened.remaining(Math.max(0, remaining));
            }
            call = opened;
        }
    }

    @Override
    public boolean complete() {
        return call == null || call.complete();
    }

    @Override
    public boolean mustEnd() {
        return call != null && call.mustEnd();
    }

    @Override
    public void remaining(int tokens) {
        if (call == null) {
            remaining = tokens;
        } else {
            call.remaining(tokens);
        }
    }
}

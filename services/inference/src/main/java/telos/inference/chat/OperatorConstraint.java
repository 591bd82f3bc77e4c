package telos.inference.chat;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import telos.inference.constraint.Constraint;
import telos.inference.sampling.TokenMask;

/** One turn in the operator protocol: first the move, then what belongs to it. */
final class OperatorConstraint implements Constraint {
    private final OperatorTokens tokens;
    private final TokenMask moves;
    private final Supplier<Constraint> calls;
    private final Supplier<Constraint> words;
    private @Nullable Constraint inner;
    private int remaining = Integer.MAX_VALUE;

    /**
     * @param moves the first tokens that are allowed: call, say or both
     * @param calls makes the constraint of a tool call
     * @param words makes the constraint of an answer
     */
    OperatorConstraint(OperatorTokens tokens, TokenMask moves, Supplier<Constraint> calls, Supplier<Constraint> words) {
        this.tokens = tokens;
        this.moves = moves;
        this.calls = calls;
        this.words = words;
    }

    @Override
    public TokenMask allowed() {
        return inner == null ? moves : inner.allowed();
    }

    @Override
    public boolean settled() {
        return inner == null || inner.settled();
    }

    @Override
    public int only() {
        return inner == null ? moves.only() : inner.only();
    }

    @Override
    public void accept(int token) {
        if (inner != null) {
            inner.accept(token);
            return;
        }
        if (!moves.allows(token)) {
            throw new IllegalArgumentException("token " + token + " is no move that is allowed here");
        }
        Constraint chosen = token == tokens.call() ? calls.get() : words.get();
        if (remaining != Integer.MAX_VALUE) {
            chosen.remaining(Math.max(0, remaining - 1));
        }
        inner = chosen;
    }

    @Override
    public boolean complete() {
        return inner != null && inner.complete();
    }

    @Override
    public boolean mustEnd() {
        return inner != null && inner.mustEnd();
    }

    @Override
    public void remaining(int tokensLeft) {
        if (inner == null) {
            remaining = tokensLeft;
        } else {
            inner.remaining(tokensLeft);
        }
    }
}

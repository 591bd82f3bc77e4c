package telos.inference.chat;

import telos.inference.constraint.Constraint;
import telos.inference.sampling.TokenMask;

/** Any text whose first token is one of some. */
final class FreeText implements Constraint {
    private final TokenMask first;
    private final TokenMask anything;
    private boolean begun;

    FreeText(TokenMask first) {
        this.first = first;
        this.anything = TokenMask.all(first.size());
    }

    @Override
    public TokenMask allowed() {
        return begun ? anything : first;
    }

    @Override
    public boolean settled() {
        return true;
    }

    @Override
    public void accept(int token) {
        begun = true;
    }

    @Override
    public boolean complete() {
        return true;
    }

    @Override
    public boolean mustEnd() {
        return false;
    }

    @Override
    public void remaining(int tokens) {}
}

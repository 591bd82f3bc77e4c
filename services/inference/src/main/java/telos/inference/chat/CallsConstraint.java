package telos.inference.chat;

import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import telos.inference.constraint.Compilation;
import telos.inference.constraint.Constraint;
import telos.inference.sampling.TokenMask;

/** One valid tool call or several, and nothing else. */
final class CallsConstraint implements Constraint {
    private static final int MOST_CALLS = 32;

    /**
     * The calls of one request in one style.
     *
     * @param opens the control token before each call
     * @param closes the control token after each call
     * @param further calls after the first; empty for a single call
     * @param last the tokens of which one closes the last call; empty where nothing does
     * @param ends the tokens that end the turn
     */
    record Calls(
            OptionalInt opens,
            OptionalInt closes,
            Compilation.Compiled first,
            Optional<Compilation.Compiled> further,
            TokenMask last,
            TokenMask ends) {}

    private enum Place {
        OPENING,
        CALL,
        CLOSING,
        BETWEEN,
        OVER
    }

    private final Calls calls;
    private Place place;
    private @Nullable Constraint call;
    private int written;
    private int remaining = Integer.MAX_VALUE;

    /** @param opened whether the mark before the first call stands there already */
    CallsConstraint(Calls calls, boolean opened) {
        this.calls = calls;
        this.place = opened || calls.opens().isEmpty() ? Place.CALL : Place.OPENING;
    }

    /** The constraint of the call that comes now. */
    private Constraint call() {
        Constraint open = call;
        if (open == null) {
            open = form().start();
            if (remaining != Integer.MAX_VALUE) {
                open.remaining(Math.max(0, remaining - after()));
            }
            call = open;
        }
        return open;
    }

    private Compilation.Compiled form() {
        return written == 0 ? calls.first() : calls.further().orElseThrow();
    }

    /** Tokens that must follow a call. */
    private int after() {
        return calls.closes().isPresent() || !calls.last().isEmpty() ? 1 : 0;
    }

    private boolean another() {
        return calls.further().isPresent()
                && written < MOST_CALLS
                && remaining > 1 + calls.further().get().shortest() + after();
    }

    private TokenMask one(OptionalInt token) {
        return TokenMask.of(calls.ends().size(), token.getAsInt());
    }

    @Override
    public TokenMask allowed() {
        return switch (place) {
            case OPENING -> one(calls.opens());
            case CALL -> call().allowed();
            case CLOSING -> one(calls.closes());
            case OVER -> calls.ends();
            case BETWEEN -> {
                TokenMask close = calls.last().isEmpty() ? calls.ends() : calls.last();
                if (!another()) {
                    yield close;
                }
                yield close.or(
                        calls.opens().isPresent() && calls.last().isEmpty() ? one(calls.opens()) : call().allowed());
            }
        };
    }

    @Override
    public boolean settled() {
        return place != Place.CALL || call().settled();
    }

    @Override
    public int only() {
        return place == Place.CALL ? call().only() : allowed().only();
    }

    @Override
    public void accept(int token) {
        if (place == Place.CALL) {
            inCall(token);
        } else {
            outside(token);
        }
        if (remaining != Integer.MAX_VALUE) {
            remaining = Math.max(0, remaining - 1);
        }
    }

    private void outside(int token) {
        if (!allowed().allows(token)) {
            throw new IllegalArgumentException("token " + token + " is not allowed here");
        }
        switch (place) {
            case OPENING -> place = Place.CALL;
            case CLOSING -> place = Place.BETWEEN;
            case OVER, CALL -> {}
            case BETWEEN -> {
                if (calls.last().allows(token) || calls.ends().allows(token)) {
                    place = Place.OVER;
                } else if (calls.opens().isPresent() && calls.last().isEmpty()) {
                    place = Place.CALL;
                } else {
                    place = Place.CALL;
                    inCall(token);
                }
            }
        }
    }

    private void inCall(int token) {
        Constraint open = call();
        open.accept(token);
        if (open.mustEnd()) {
            call = null;
            written++;
            place = calls.closes().isPresent() ? Place.CLOSING : Place.BETWEEN;
        }
    }

    @Override
    public boolean complete() {
        return place == Place.OVER || (place == Place.BETWEEN && calls.last().isEmpty());
    }

    @Override
    public boolean mustEnd() {
        return place == Place.OVER || (complete() && !another());
    }

    @Override
    public void remaining(int tokens) {
        remaining = tokens;
        if (call != null) {
            call.remaining(Math.max(0, tokens - after()));
        }
    }

    /** How many tokens the shortest call takes. */
    int shortest() {
        return (place == Place.OPENING ? 1 : 0) + calls.first().shortest() + after();
    }
}

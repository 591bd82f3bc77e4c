package telos.inference.constraint;

import org.jspecify.annotations.Nullable;
import telos.inference.sampling.TokenMask;

/**
 * One text under way in an automaton. Texts of one automaton may run in several threads: what they share is changed
 * under the automaton's lock.
 */
final class AutomatonConstraint implements Constraint {
    /** Up to here looking for the shortest way costs little, in bytes. */
    private static final int FAR_BYTES = 1024;

    private final TokenAutomaton automaton;
    private final State start;
    private final TokenMask ends;
    private final TokenMask marks;
    private final WrittenNames names = new WrittenNames();
    private State state;
    private int remaining = Integer.MAX_VALUE;
    private boolean ended;
    /** What is allowed next, where that was asked. */
    private @Nullable TokenMask next;

    /**
     * A text at its start.
     *
     * @param marks control tokens that may stand wherever the text may end, and after which it begins anew
     */
    AutomatonConstraint(TokenAutomaton automaton, State start, TokenMask marks) {
        this.automaton = automaton;
        this.start = start;
        this.state = start;
        this.marks = marks;
        TokenTrie trie = automaton.trie();
        this.ends = TokenMask.of(
                trie.size(), trie.ends().stream().mapToInt(Integer::intValue).toArray());
    }

    @Override
    public TokenMask allowed() {
        TokenMask known = next;
        if (known == null) {
            known = automaton.locked(this::work);
            next = known;
        }
        return known;
    }

    @Override
    public boolean settled() {
        if (next != null) {
            return true;
        }
        if (!automaton.lock().tryLock()) {
            return false;
        }
        try {
            boolean costly = !anyway() && state.missing() > remaining && state.cost < 0;
            return !costly && automaton.known(state, budget()) != null;
        } finally {
            automaton.lock().unlock();
        }
    }

    @Override
    public int only() {
        if (next != null || ended) {
            return allowed().only();
        }
        boolean ending = state.accepting();
        int[] few = automaton.locked(() -> automaton.few(settle(), budget(), 2));
        if (few.length == 0 || (few.length == 1 && ending)) {
            return allowed().only();
        }
        return few.length == 1 ? few[0] : -1;
    }

    private TokenMask work() {
        if (ended) {
            return TokenMask.of(automaton.trie().size());
        }
        TokenMask text = automaton.mask(settle(), budget());
        if (!state.accepting()) {
            return text;
        }
        return remaining > 0 ? text.or(ends).or(marks) : text.or(ends);
    }

    /** The state, in place of one that was forgotten. */
    private State settle() {
        state = state.settle(names);
        return state;
    }

    /** How many tokens may follow the next. */
    private int budget() {
        if (anyway()) {
            return Integer.MAX_VALUE;
        }
        int enough = state.missing() <= remaining ? remaining : Math.max(remaining, automaton.cost(state));
        return enough - 1;
    }

    /** Whether no token is better: nothing bounds the text, or none fits and the shortest way is too long to look for. */
    private boolean anyway() {
        return remaining == Integer.MAX_VALUE
                || (state.missing() > FAR_BYTES
                        && state.missing() / automaton.trie().longest() > remaining);
    }

    @Override
    public void accept(int token) {
        if (ended) {
            throw new IllegalArgumentException("token " + token + " comes after the end of the text");
        }
        if (state.accepting() && ends.allows(token)) {
            ended = true;
            next = null;
            return;
        }
        if (state.accepting() && marks.allows(token)) {
            state = start;
            names.clear();
        } else {
            State after = automaton.locked(() -> step(token));
            if (after == null) {
                throw new IllegalArgumentException("token " + token + " is not allowed here");
            }
            state = after;
        }
        if (remaining != Integer.MAX_VALUE) {
            remaining = Math.max(0, remaining - 1);
        }
        next = null;
    }

    private @Nullable State step(int token) {
        State after = automaton.after(settle(), token);
        if (after == null) {
            return null;
        }
        names.accept(automaton.trie().spelling(token));
        return after.settle(names);
    }

    @Override
    public boolean complete() {
        return state.accepting();
    }

    @Override
    public boolean mustEnd() {
        return state.accepting() && (ended || (marks.isEmpty() && !goesOn()));
    }

    @Override
    public void remaining(int tokens) {
        if (tokens < 0) {
            throw new IllegalArgumentException(tokens + " tokens cannot remain");
        }
        remaining = tokens;
        next = null;
    }

    private boolean goesOn() {
        return automaton.locked(() -> automaton.few(settle(), budget(), 1)).length > 0;
    }
}

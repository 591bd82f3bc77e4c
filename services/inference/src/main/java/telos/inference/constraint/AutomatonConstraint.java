package telos.inference.constraint;

import telos.inference.sampling.TokenMask;

/**
 * One text under way in an automaton. Texts of one automaton may run in several threads: what they share is changed
 * under the automaton's lock.
 */
final class AutomatonConstraint implements Constraint {
    private final TokenAutomaton automaton;
    private final State start;
    private final TokenMask ends;
    private final TokenMask marks;
    private final WrittenNames names = new WrittenNames();
    private State state;
    private int remaining = Integer.MAX_VALUE;
    private boolean ended;

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
        if (ended) {
            return TokenMask.of(automaton.trie().size());
        }
        TokenMask text = text();
        if (!state.accepting()) {
            return text;
        }
        return remaining > 0 ? text.or(ends).or(marks) : text.or(ends);
    }

    @Override
    public void accept(int token) {
        if (ended) {
            throw new IllegalArgumentException("token " + token + " comes after the end of the text");
        }
        if (state.accepting() && ends.allows(token)) {
            ended = true;
            return;
        }
        if (state.accepting() && marks.allows(token)) {
            state = start;
            names.clear();
        } else {
            State after;
            synchronized (automaton) {
                after = automaton.after(state, token);
                if (after != null) {
                    names.accept(automaton.trie().spelling(token));
                }
                after = after == null ? null : after.settle(names);
            }
            if (after == null) {
                throw new IllegalArgumentException("token " + token + " is not allowed here");
            }
            state = after;
        }
        if (remaining != Integer.MAX_VALUE) {
            remaining = Math.max(0, remaining - 1);
        }
    }

    @Override
    public boolean complete() {
        return state.accepting();
    }

    @Override
    public boolean mustEnd() {
        return state.accepting() && (ended || (marks.isEmpty() && text().isEmpty()));
    }

    @Override
    public void remaining(int tokens) {
        if (tokens < 0) {
            throw new IllegalArgumentException(tokens + " tokens cannot remain");
        }
        remaining = tokens;
    }

    private TokenMask text() {
        synchronized (automaton) {
            if (remaining == Integer.MAX_VALUE) {
                return automaton.mask(state);
            }
            int enough = state.missing() <= remaining ? remaining : Math.max(remaining, automaton.cost(state));
            return automaton.mask(state, enough - 1);
        }
    }
}

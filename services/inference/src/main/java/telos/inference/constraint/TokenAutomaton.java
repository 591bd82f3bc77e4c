package telos.inference.constraint;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import telos.inference.sampling.TokenMask;

/** Lifts an automaton over bytes to the tokens of one vocabulary. */
final class TokenAutomaton {
    private final TokenTrie trie;

    TokenAutomaton(TokenTrie trie) {
        this.trie = trie;
    }

    TokenTrie trie() {
        return trie;
    }

    /** The tokens, ends not included, that some complete text has next. */
    TokenMask mask(State state) {
        TokenMask known = state.mask;
        if (known == null) {
            TokenMask.Builder builder = TokenMask.builder(trie.size());
            int[] worst = {0};
            walk(state, (token, after) -> {
                builder.add(token);
                worst[0] = Math.max(worst[0], after.missing());
            });
            known = builder.build();
            state.mask = known;
            state.worst = worst[0];
        }
        return known;
    }

    /** The tokens of {@link #mask} after which {@code budget} more suffice; at least one when that is possible. */
    TokenMask mask(State state, int budget) {
        TokenMask free = mask(state);
        if (state.worst <= budget) {
            return free;
        }
        TokenMask.Builder builder = TokenMask.builder(trie.size());
        walk(state, (token, after) -> {
            if (after.missing() <= budget || cost(after) <= budget) {
                builder.add(token);
            }
        });
        return builder.build();
    }

    /** The state after a token that the mask has, else null. */
    @Nullable
    State after(State state, int token) {
        State reached = state;
        byte[] bytes = trie.spelling(token);
        if (bytes.length == 0) {
            return null;
        }
        for (byte value : bytes) {
            reached = reached.step(value & 0xFF);
            if (reached == null) {
                return null;
            }
        }
        return reached;
    }

    /**
     * How many tokens spell the shortest way to an accepting state: of the shortest texts the one with the lowest
     * bytes, cut into the longest tokens from the left. After the first of these tokens the cost is one less.
     */
    int cost(State state) {
        List<State> open = new ArrayList<>();
        State at = state;
        while (at.cost < 0 && at.missing() > 0) {
            if (at.waits()) {
                at.cost = at.missing();
                break;
            }
            open.add(at);
            at = afterGreedyToken(at);
        }
        int cost = Math.max(0, at.cost);
        for (State before : open.reversed()) {
            before.cost = ++cost;
        }
        return state.missing() == 0 ? 0 : state.cost;
    }

    private State afterGreedyToken(State state) {
        State at = state;
        State reached = null;
        int node = 0;
        while (at.missing() > 0 && !at.waits()) {
            int value = shortestByte(at);
            node = child(node, value);
            if (node < 0) {
                break;
            }
            at = at.step(value);
            if (at == null) {
                throw new IllegalStateException("a step on the shortest way is missing");
            }
            if (trie.tokenStart(node) < trie.tokenStart(node + 1)) {
                reached = at;
            }
        }
        if (reached == null) {
            throw new IllegalStateException("the vocabulary cannot spell byte " + shortestByte(state));
        }
        return reached;
    }

    private static int shortestByte(State state) {
        int best = state.shortestByte();
        if (best < 0) {
            throw new IllegalStateException("a state promises a way of " + state.missing() + " bytes and has none");
        }
        return best;
    }

    private int child(int node, int value) {
        for (int child = node + 1; child < trie.skip(node); child = trie.skip(child)) {
            if (trie.label(child) == value) {
                return child;
            }
        }
        return -1;
    }

    private interface Visitor {
        void reach(int token, State after);
    }

    private void walk(State start, Visitor visitor) {
        State[] at = new State[trie.longest() + 1];
        at[0] = start;
        int node = 1;
        while (node < trie.nodes()) {
            int depth = trie.depth(node);
            State reached = at[depth - 1].step(trie.label(node));
            if (reached == null) {
                node = trie.skip(node);
                continue;
            }
            at[depth] = reached;
            for (int i = trie.tokenStart(node); i < trie.tokenStart(node + 1); i++) {
                visitor.reach(trie.token(i), reached);
            }
            node++;
        }
    }
}

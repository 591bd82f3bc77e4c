package telos.inference.constraint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import telos.inference.sampling.TokenMask;

/**
 * Lifts an automaton over bytes to the tokens of one vocabulary. Its masks are kept with their states as long as the
 * vocabulary's {@link FormMemory} allows. All that touches a state is done under the lock.
 */
final class TokenAutomaton {
    private static final int MASK = 64;

    /** The states over which tokens are read. */
    interface States {
        /** About how much memory those made take. */
        long bytes();

        /** Lets them go; texts under way keep their own. */
        void forget();

        /** States that take little. */
        States FEW = new States() {
            @Override
            public long bytes() {
                return 0;
            }

            @Override
            public void forget() {}
        };
    }

    private final TokenTrie trie;
    private final States states;
    private final ReentrantLock lock = new ReentrantLock();
    private final FormMemory.Account account;
    private final List<State> masked = new ArrayList<>();
    private long maskBytes;

    TokenAutomaton(TokenTrie trie) {
        this(trie, States.FEW);
    }

    TokenAutomaton(TokenTrie trie, States states) {
        this.trie = trie;
        this.states = states;
        this.account = trie.memory().open(this);
    }

    TokenTrie trie() {
        return trie;
    }

    ReentrantLock lock() {
        return lock;
    }

    /** Does something under the lock, and then forgets what is too much. */
    <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            T done = work.get();
            trie.memory().takes(this, account, bytes());
            return done;
        } finally {
            lock.unlock();
        }
    }

    long bytes() {
        return maskBytes + states.bytes();
    }

    void forgetMasks() {
        for (State state : masked) {
            state.mask = null;
            state.tight = null;
        }
        masked.clear();
        maskBytes = 0;
    }

    void forgetStates() {
        forgetMasks();
        states.forget();
    }

    /**
     * A mask for small budgets.
     *
     * @param from the least budget for which it is right
     * @param below the least one for which it is not
     */
    record Tight(TokenMask mask, int from, int below) {
        boolean fits(int budget) {
            return from <= budget && budget < below;
        }
    }

    /** The tokens, ends not included, that some complete text has next. */
    TokenMask mask(State state) {
        return mask(state, Integer.MAX_VALUE);
    }

    /** The mask of a state where it need not be worked out, else null. */
    @Nullable
    TokenMask known(State state, int budget) {
        Tight tight = state.tight;
        if (state.mask != null && state.worst <= budget) {
            return state.mask;
        }
        return tight != null && tight.fits(budget) ? tight.mask : null;
    }

    /** The tokens of {@link #mask} after which {@code budget} more suffice; at least one when that is possible. */
    TokenMask mask(State state, int budget) {
        TokenMask known = known(state, budget);
        if (known != null) {
            return known;
        }
        Collection found = new Collection(budget);
        walk(state, found);
        TokenMask mask = found.mask.build();
        if (state.mask == null && state.tight == null) {
            masked.add(state);
        }
        if (found.below == Integer.MAX_VALUE) {
            maskBytes += state.mask == null ? MASK + trie.size() / 8 : 0;
            state.mask = mask;
            state.worst = found.from;
        } else {
            maskBytes += state.tight == null ? MASK + trie.size() / 8 : 0;
            state.tight = new Tight(mask, found.from, found.below);
        }
        return mask;
    }

    /** Some tokens of {@link #mask(State, int)}: all of them, or so many. */
    int[] few(State state, int budget, int most) {
        TokenMask known = known(state, budget);
        int[] few = new int[most];
        int count = 0;
        if (known != null) {
            for (int token = known.next(0); token >= 0 && count < most; token = known.next(token + 1)) {
                few[count++] = token;
            }
        } else {
            Sample sample = new Sample(few, budget);
            walk(state, sample);
            count = sample.count;
        }
        return Arrays.copyOf(few, count);
    }

    /** Whether a text that came so far can be completed with so many tokens more. */
    private boolean suffices(State state, int budget) {
        return state.missing() <= budget || cost(state) <= budget;
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
        if (state.missing() == 0) {
            return 0;
        }
        if (state.cost >= 0) {
            return state.cost;
        }
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
        return state.cost;
    }

    private State afterGreedyToken(State state) {
        State at = state;
        State reached = null;
        int node = 0;
        while (at.missing() > 0 && !at.waits()) {
            int value = shortestByte(at);
            node = trie.child(node, value);
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

    private interface Visitor {
        /** Takes the tokens of a node; false ends the walk. */
        boolean reach(int node, State after);
    }

    /** Gathers the tokens after which a budget suffices. */
    private final class Collection implements Visitor {
        private final TokenMask.Builder mask = TokenMask.builder(trie.size());
        private final int budget;
        private int from = Integer.MIN_VALUE;
        private int below = Integer.MAX_VALUE;

        Collection(int budget) {
            this.budget = budget;
        }

        @Override
        public boolean reach(int node, State after) {
            int need = after.missing();
            if (need > budget) {
                need = cost(after);
            }
            if (need > budget) {
                below = Math.min(below, need);
                return true;
            }
            from = Math.max(from, need);
            for (int i = trie.tokenStart(node); i < trie.tokenStart(node + 1); i++) {
                mask.add(trie.token(i));
            }
            return true;
        }
    }

    /** Finds the first tokens after which a budget suffices. */
    private final class Sample implements Visitor {
        private final int[] tokens;
        private final int budget;
        private int count;

        Sample(int[] tokens, int budget) {
            this.tokens = tokens;
            this.budget = budget;
        }

        @Override
        public boolean reach(int node, State after) {
            if (suffices(after, budget)) {
                for (int i = trie.tokenStart(node); i < trie.tokenStart(node + 1) && count < tokens.length; i++) {
                    tokens[count++] = trie.token(i);
                }
            }
            return count < tokens.length;
        }
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
            if (trie.tokenStart(node) < trie.tokenStart(node + 1) && !visitor.reach(node, reached)) {
                return;
            }
            node++;
        }
    }
}

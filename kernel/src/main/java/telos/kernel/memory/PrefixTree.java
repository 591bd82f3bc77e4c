package telos.kernel.memory;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The prefixes that are known, one node per full block of tokens, found through a chain of hashes.
 *
 * <p>A node is confirmed by its parent's identity and its tokens, so a prefix is equal token by token back to its root,
 * and two isolation keys, having two roots, can never meet whatever their hashes are. A node may have lost its block: it
 * stays while something hangs below it, and once its tokens are computed anew everything below can be found again.
 */
final class PrefixTree {
    static final int NO_BLOCK = -1;

    private final int blockTokens;
    private final ChainHash hashing;
    private final Map<IsolationKey, Node> roots = new HashMap<>();
    private final Map<Long, Node> buckets = new HashMap<>();
    private int size;

    PrefixTree(int blockTokens, ChainHash hashing) {
        this.blockTokens = blockTokens;
        this.hashing = hashing;
    }

    /** One full block of tokens after its parent's. */
    static final class Node {
        private final @Nullable Node parent;
        private final IsolationKey key;
        private final int[] tokens;
        private final long hash;
        private @Nullable Node nextInBucket;
        /** Children, and block tables that end here. */
        private int pins;

        /** The block that holds the keys and values of these tokens, or {@link #NO_BLOCK}. */
        int block = NO_BLOCK;

        private Node(@Nullable Node parent, IsolationKey key, int[] tokens, long hash) {
            this.parent = parent;
            this.key = key;
            this.tokens = tokens;
            this.hash = hash;
        }
    }

    /** The empty prefix, if anything is known under the key. */
    @Nullable
    Node root(IsolationKey key) {
        return roots.get(key);
    }

    /** The empty prefix. */
    Node openRoot(IsolationKey key) {
        return roots.computeIfAbsent(key, k -> new Node(null, k, new int[0], hashing.root(k)));
    }

    /** The child of {@code parent} whose tokens are {@code tokens[from .. from + blockTokens)}. */
    @Nullable
    Node find(Node parent, int[] tokens, int from) {
        return find(parent, tokens, from, hashing.next(parent.hash, tokens, from, from + blockTokens));
    }

    private @Nullable Node find(Node parent, int[] tokens, int from, long hash) {
        for (Node node = buckets.get(hash); node != null; node = node.nextInBucket) {
            if (node.parent == parent && Arrays.equals(node.tokens, 0, blockTokens, tokens, from, from + blockTokens)) {
                return node;
            }
        }
        return null;
    }

    /** As {@link #find}, but makes the node where there is none. */
    Node open(Node parent, int[] tokens, int from) {
        long hash = hashing.next(parent.hash, tokens, from, from + blockTokens);
        Node known = find(parent, tokens, from, hash);
        if (known != null) {
            return known;
        }
        Node node = new Node(parent, parent.key, Arrays.copyOfRange(tokens, from, from + blockTokens), hash);
        node.nextInBucket = buckets.put(hash, node);
        pin(parent);
        size++;
        return node;
    }

    void pin(Node node) {
        node.pins++;
    }

    void unpin(Node node) {
        node.pins--;
        prune(node);
    }

    /** The node's block is given to something else. */
    void forget(Node node) {
        node.block = NO_BLOCK;
        prune(node);
    }

    /** Nodes in the tree, roots not counted. */
    int size() {
        return size;
    }

    /** Chains that have a root. */
    int rootCount() {
        return roots.size();
    }

    private void prune(Node last) {
        Node node = last;
        while (node.pins == 0 && node.block == NO_BLOCK) {
            Node parent = node.parent;
            if (parent == null) {
                roots.remove(node.key);
                return;
            }
            unlink(node);
            parent.pins--;
            size--;
            node = parent;
        }
    }

    private void unlink(Node node) {
        Node first = buckets.get(node.hash);
        if (first == node) {
            if (node.nextInBucket == null) {
                buckets.remove(node.hash);
            } else {
                buckets.put(node.hash, node.nextInBucket);
            }
            return;
        }
        for (Node before = first; before != null; before = before.nextInBucket) {
            if (before.nextInBucket == node) {
                before.nextInBucket = node.nextInBucket;
                return;
            }
        }
    }
}

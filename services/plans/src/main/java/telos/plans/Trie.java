package telos.plans;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A map that never changes: a change makes another, which shares with this one all that did not. A copy is therefore the map
 * itself, and what two maps of one origin differ in is found by going only where they are not the same nodes.
 *
 * <p>A hash array mapped trie (Bagwell, Ideal Hash Trees, 2001): five bits of a key's hash choose at each level; a branch has
 * a bit for each child that is there and no room for others. Keys of the same hash stand in one bucket.
 *
 * @param <K> keys, with equals and hashCode
 * @param <V> values, none of them null
 */
@SuppressWarnings("ReferenceEquality") // what is shared is the same object
final class Trie<K, V> {
    private static final int BITS = 5;
    private static final int WIDTH = 32;

    private static final Trie<Object, Object> EMPTY = new Trie<>(null);

    private sealed interface Node<K, V> {}

    private record Leaf<K, V>(int hash, K key, V value) implements Node<K, V> {}

    private record Bucket<K, V>(int hash, List<Leaf<K, V>> leaves) implements Node<K, V> {}

    private static final class Branch<K, V> implements Node<K, V> {
        final int present;
        final Node<K, V>[] children;

        Branch(int present, Node<K, V>[] children) {
            this.present = present;
            this.children = children;
        }
    }

    /** Told of a key that stands for something else in each of two maps; null is nothing. */
    interface Difference<K, V> {
        void at(K key, @Nullable V one, @Nullable V two);
    }

    private final @Nullable Node<K, V> root;

    private Trie(@Nullable Node<K, V> root) {
        this.root = root;
    }

    @SuppressWarnings("unchecked") // it holds nothing
    static <K, V> Trie<K, V> empty() {
        return (Trie<K, V>) EMPTY;
    }

    boolean isEmpty() {
        return root == null;
    }

    @Nullable
    V at(K key) {
        return find(root, key, key.hashCode(), 0);
    }

    /** This map but for that key; the same map where nothing changes. */
    Trie<K, V> with(K key, V value) {
        Node<K, V> changed = put(root, new Leaf<>(key.hashCode(), key, value), 0);
        return changed == root ? this : new Trie<>(changed);
    }

    /** Each key for which this has not the same object as the other. */
    void differences(Trie<K, V> other, Difference<? super K, ? super V> difference) {
        differences(root, other.root, 0, difference);
    }

    private static int bit(int hash, int shift) {
        return 1 << (hash >>> shift & WIDTH - 1);
    }

    private static int index(int present, int bit) {
        return Integer.bitCount(present & bit - 1);
    }

    private static <K, V> @Nullable Node<K, V> child(Branch<K, V> branch, int bit) {
        return (branch.present & bit) == 0 ? null : branch.children[index(branch.present, bit)];
    }

    private static <K, V> @Nullable V find(@Nullable Node<K, V> from, K key, int hash, int depth) {
        Node<K, V> node = from;
        for (int shift = depth; ; shift += BITS) {
            switch (node) {
                case null -> {
                    return null;
                }
                case Branch<K, V> branch -> node = child(branch, bit(hash, shift));
                case Leaf<K, V> leaf -> {
                    return leaf.hash == hash && leaf.key.equals(key) ? leaf.value : null;
                }
                case Bucket<K, V> bucket -> {
                    for (Leaf<K, V> leaf : bucket.leaves) {
                        if (leaf.hash == hash && leaf.key.equals(key)) {
                            return leaf.value;
                        }
                    }
                    return null;
                }
            }
        }
    }

    private static <K, V> Node<K, V> put(@Nullable Node<K, V> into, Leaf<K, V> leaf, int shift) {
        return switch (into) {
            case null -> leaf;
            case Leaf<K, V> old -> {
                if (old.hash != leaf.hash) {
                    yield put(over(old, old.hash, shift), leaf, shift);
                }
                if (!old.key.equals(leaf.key)) {
                    yield new Bucket<>(leaf.hash, List.of(old, leaf));
                }
                yield old.value == leaf.value ? old : leaf;
            }
            case Bucket<K, V> bucket -> {
                if (bucket.hash != leaf.hash) {
                    yield put(over(bucket, bucket.hash, shift), leaf, shift);
                }
                List<Leaf<K, V>> leaves = new ArrayList<>(bucket.leaves);
                for (int i = 0; i < leaves.size(); i++) {
                    if (leaves.get(i).key.equals(leaf.key)) {
                        if (leaves.get(i).value == leaf.value) {
                            yield bucket;
                        }
                        leaves.remove(i);
                        break;
                    }
                }
                leaves.add(leaf);
                yield new Bucket<>(bucket.hash, leaves);
            }
            case Branch<K, V> branch -> {
                int bit = bit(leaf.hash, shift);
                int index = index(branch.present, bit);
                Node<K, V>[] children = branch.children;
                if ((branch.present & bit) != 0) {
                    Node<K, V> old = children[index];
                    Node<K, V> now = put(old, leaf, shift + BITS);
                    if (now == old) {
                        yield branch;
                    }
                    Node<K, V>[] changed = children.clone();
                    changed[index] = now;
                    yield new Branch<>(branch.present, changed);
                }
                Node<K, V>[] wider = nodes(children.length + 1);
                System.arraycopy(children, 0, wider, 0, index);
                wider[index] = leaf;
                System.arraycopy(children, index, wider, index + 1, children.length - index);
                yield new Branch<>(branch.present | bit, wider);
            }
        };
    }

    /** A branch with that one child. */
    private static <K, V> Branch<K, V> over(Node<K, V> child, int hash, int shift) {
        Node<K, V>[] children = nodes(1);
        children[0] = child;
        return new Branch<>(bit(hash, shift), children);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // arrays know no types of elements
    private static <K, V> Node<K, V>[] nodes(int size) {
        return new Node[size];
    }

    private static <K, V> void all(@Nullable Node<K, V> node, BiConsumer<? super K, ? super V> each) {
        switch (node) {
            case null -> {}
            case Leaf<K, V> leaf -> each.accept(leaf.key, leaf.value);
            case Bucket<K, V> bucket -> {
                for (Leaf<K, V> leaf : bucket.leaves) {
                    each.accept(leaf.key, leaf.value);
                }
            }
            case Branch<K, V> branch -> {
                for (Node<K, V> child : branch.children) {
                    all(child, each);
                }
            }
        }
    }

    private static <K, V> void differences(
            @Nullable Node<K, V> one,
            @Nullable Node<K, V> two,
            int shift,
            Difference<? super K, ? super V> difference) {
        if (one == two) {
            return;
        }
        if (one instanceof Branch<K, V> first && two instanceof Branch<K, V> second) {
            for (int left = first.present | second.present; left != 0; left &= left - 1) {
                int bit = Integer.lowestOneBit(left);
                differences(child(first, bit), child(second, bit), shift + BITS, difference);
            }
            return;
        }
        Trie.<K, V>all(one, (key, value) -> {
            V other = find(two, key, key.hashCode(), shift);
            if (other != value) {
                difference.at(key, value, other);
            }
        });
        Trie.<K, V>all(two, (key, value) -> {
            if (find(one, key, key.hashCode(), shift) == null) {
                difference.at(key, null, value);
            }
        });
    }
}

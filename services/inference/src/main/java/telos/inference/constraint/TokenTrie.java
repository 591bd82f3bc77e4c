package telos.inference.constraint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import telos.inference.tokenizer.Tokenizer;

/**
 * The tokens of one vocabulary as a trie over their bytes, with which a rule about bytes becomes one about tokens.
 * Made once for each vocabulary and shared by all its constraints. Immutable, but for the books of their memory.
 *
 * <p>Nodes are numbered in depth-first order, so a walk is one pass over the arrays and leaving out a subtree is one
 * jump. Node 0 is the root.
 */
public final class TokenTrie {
    private static final byte[] NO_TEXT = {};

    private final byte[][] spelling;
    private final Set<Integer> ends;
    private final byte[] label;
    private final int[] depth;
    private final int[] skip;
    private final int[] tokenStart;
    private final int[] tokens;
    private final int longest;
    private final BitSet singles;
    /** The nodes right below the root, by their bytes; -1 where there is none. */
    private final int[] first = new int[256];

    private final FormMemory memory;

    private TokenTrie(byte[][] spelling, Set<Integer> ends, Layout layout, FormMemory memory) {
        this.memory = memory;
        this.spelling = spelling;
        this.ends = ends;
        this.label = Arrays.copyOf(layout.label, layout.nodes);
        this.depth = Arrays.copyOf(layout.depth, layout.nodes);
        this.skip = Arrays.copyOf(layout.skip, layout.nodes);
        this.tokenStart = Arrays.copyOf(layout.tokenStart, layout.nodes + 1);
        this.tokens = layout.tokens;
        this.longest = Arrays.stream(depth).max().orElse(0);
        this.singles = layout.singles;
        Arrays.fill(first, -1);
        for (int node = 1; node < label.length; node = skip[node]) {
            first[label(node)] = node;
        }
    }

    /** The trie of a tokenizer's vocabulary. */
    public static TokenTrie of(Tokenizer tokenizer) {
        List<byte[]> vocabulary = new ArrayList<>(tokenizer.size());
        Set<Integer> control = new HashSet<>();
        for (int token = 0; token < tokenizer.size(); token++) {
            vocabulary.add(tokenizer.bytes(token));
            if (tokenizer.isControl(token)) {
                control.add(token);
            }
        }
        return of(vocabulary, control, tokenizer.endOfGeneration());
    }

    /**
     * The trie of a vocabulary.
     *
     * @param vocabulary the bytes of each token; a token without bytes never occurs in text
     * @param control tokens that stand for no text, whatever their bytes; they are never allowed as text
     * @param ends tokens that end a text; control tokens too, also when {@code control} lacks them
     */
    public static TokenTrie of(List<byte[]> vocabulary, Set<Integer> control, Set<Integer> ends) {
        return of(vocabulary, control, ends, FormMemory.ofHeap());
    }

    /** The trie of a vocabulary whose forms take so much memory. */
    static TokenTrie of(List<byte[]> vocabulary, Set<Integer> control, Set<Integer> ends, FormMemory memory) {
        for (int end : ends) {
            if (end < 0 || end >= vocabulary.size()) {
                throw new IllegalArgumentException(
                        "end token " + end + " is outside a vocabulary of " + vocabulary.size());
            }
        }
        byte[][] spelling = new byte[vocabulary.size()][];
        List<Integer> order = new ArrayList<>();
        for (int token = 0; token < spelling.length; token++) {
            boolean text = !control.contains(token) && !ends.contains(token);
            spelling[token] = text ? vocabulary.get(token).clone() : NO_TEXT;
            if (spelling[token].length > 0) {
                order.add(token);
            }
        }
        order.sort((a, b) -> Arrays.compareUnsigned(spelling[a], spelling[b]));
        return new TokenTrie(spelling, Set.copyOf(ends), new Layout(spelling, order), memory);
    }

    /** What all forms of this vocabulary share. */
    FormMemory memory() {
        return memory;
    }

    /** How many tokens the vocabulary has, control tokens included. */
    public int size() {
        return spelling.length;
    }

    /** The tokens that end a text. */
    public Set<Integer> ends() {
        return ends;
    }

    /** The bytes of a token; none when it stands for no text. The array must not be changed. */
    byte[] spelling(int token) {
        return spelling[token];
    }

    /** The length of the longest token in bytes. */
    int longest() {
        return longest;
    }

    /** Whether each byte that can occur in UTF-8 text, control characters aside, is a token by itself. */
    boolean spellsEverything() {
        return singles.nextClearBit(' ') >= 0xC0 && singles.nextClearBit(0xC2) >= 0xF5;
    }

    /** Whether a byte is a token by itself. */
    boolean spells(int value) {
        return singles.get(value);
    }

    int nodes() {
        return label.length;
    }

    /** The last byte of the node's text, 0 to 255. */
    int label(int node) {
        return label[node] & 0xFF;
    }

    /** The length of the node's text. */
    int depth(int node) {
        return depth[node];
    }

    /** The node that a byte leads to, or -1. */
    int child(int node, int value) {
        if (node == 0) {
            return first[value];
        }
        for (int child = node + 1; child < skip[node]; child = skip[child]) {
            if (label(child) == value) {
                return child;
            }
        }
        return -1;
    }

    /** The first node after this one's subtree. */
    int skip(int node) {
        return skip[node];
    }

    /** Where the tokens that are the node's text start in {@link #token}; they end where those of the next node start. */
    int tokenStart(int node) {
        return tokenStart[node];
    }

    int token(int index) {
        return tokens[index];
    }

    private static final class Layout {
        byte[] label = new byte[64];
        int[] depth = new int[64];
        int[] skip = new int[64];
        int[] tokenStart = new int[65];
        final int[] tokens;
        final BitSet singles = new BitSet(256);
        int nodes;
        private int placed;

        Layout(byte[][] spelling, List<Integer> order) {
            tokens = new int[order.size()];
            int[] path = new int[1];
            open((byte) 0, 0);
            byte[] last = new byte[0];
            for (int token : order) {
                byte[] bytes = spelling[token];
                int mismatch = Arrays.mismatch(last, bytes);
                int shared = mismatch < 0 ? bytes.length : mismatch;
                close(path, shared + 1, last.length);
                path = Arrays.copyOf(path, Math.max(path.length, bytes.length + 1));
                for (int i = shared; i < bytes.length; i++) {
                    path[i + 1] = open(bytes[i], i + 1);
                }
                tokens[placed++] = token;
                tokenStart[nodes] = placed;
                if (bytes.length == 1) {
                    singles.set(bytes[0] & 0xFF);
                }
                last = bytes;
            }
            close(path, 0, last.length);
        }

        private int open(byte value, int level) {
            if (nodes == label.length) {
                label = Arrays.copyOf(label, nodes * 2);
                depth = Arrays.copyOf(depth, nodes * 2);
                skip = Arrays.copyOf(skip, nodes * 2);
                tokenStart = Arrays.copyOf(tokenStart, nodes * 2 + 1);
            }
            label[nodes] = value;
            depth[nodes] = level;
            tokenStart[nodes] = placed;
            tokenStart[nodes + 1] = placed;
            return nodes++;
        }

        private void close(int[] path, int from, int to) {
            for (int level = from; level <= to; level++) {
                skip[path[level]] = nodes;
            }
        }
    }
}

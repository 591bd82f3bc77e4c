package telos.inference.tokenizer;

import java.util.HashMap;
import java.util.Map;

/** Finds special tokens in text: at each place the longest that fits. */
final class SpecialMatcher {
    private final Node root = new Node();

    /** A token that may be matched in any text, or in trusted text only. */
    void add(String text, int token, boolean everywhere) {
        if (text.isEmpty()) {
            return;
        }
        Node node = root;
        for (int i = 0; i < text.length(); i++) {
            node = node.children.computeIfAbsent(text.charAt(i), _ -> new Node());
        }
        if (node.token < 0) {
            node.token = token;
            node.everywhere = everywhere;
        }
    }

    /**
     * The longest special token that starts at {@code from}: {@code end << 32 | token}, or -1.
     *
     * @param trustedTo where the trusted stretch around {@code from} ends; at most {@code from} when it is untrusted
     */
    long match(String text, int from, int trustedTo) {
        long best = -1;
        Node node = root;
        for (int i = from; i < text.length(); i++) {
            Node child = node.children.get(text.charAt(i));
            if (child == null) {
                break;
            }
            node = child;
            if (node.token >= 0 && (node.everywhere || i < trustedTo)) {
                best = (long) (i + 1) << 32 | node.token;
            }
        }
        return best;
    }

    private static final class Node {
        private final Map<Character, Node> children = new HashMap<>(2);
        private int token = -1;
        private boolean everywhere;
    }
}

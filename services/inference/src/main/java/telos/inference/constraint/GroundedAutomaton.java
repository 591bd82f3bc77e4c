package telos.inference.constraint;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The automaton of texts that rest on evidence. Its state within a word is where the word's bytes lie in a trie of the
 * evidence's words, whether the word is a claim yet, and whether it would be a supported one if it ended here, closing
 * punctuation aside.
 */
final class GroundedAutomaton {
    private final Map<Place, Word> states = new HashMap<>();
    private final Node root = new Node();

    GroundedAutomaton(List<String> evidence) {
        for (String text : evidence) {
            for (String word : Words.supports(text)) {
                root.add(word.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    State start() {
        return state(new Place(true, root, false, false, Utf8Tail.NONE));
    }

    private State state(Place place) {
        return states.computeIfAbsent(place, Word::new);
    }

    /** A word of the evidence, up to some byte. */
    private static final class Node {
        private final Map<Integer, Node> next = new HashMap<>();
        /** Bytes to the end of the nearest word; 0 when one ends here. */
        private int distance = Integer.MAX_VALUE;

        void add(byte[] word) {
            Node at = this;
            for (int i = 0; i < word.length; i++) {
                at.distance = Math.min(at.distance, word.length - i);
                at = at.next.computeIfAbsent(word[i] & 0xFF, _ -> new Node());
            }
            at.distance = 0;
        }
    }

    /**
     * Where a text is within its current word.
     *
     * @param opening no character of the word yet, opening punctuation aside
     * @param node the word in the evidence; null when no word there starts so
     * @param claim the word has a number or a slash, or can only go on to have one
     * @param supported the word is in the evidence once closing punctuation is stripped
     * @param tail the character under way
     */
    private record Place(boolean opening, @Nullable Node node, boolean claim, boolean supported, Utf8Tail tail) {}

    private final class Word extends State {
        private final Place place;

        Word(Place place) {
            this.place = place;
        }

        @Override
        boolean accepting() {
            return missing() == 0;
        }

        @Override
        int missing() {
            if (place.claim() && !place.supported()) {
                Node node = place.node();
                return node == null ? Integer.MAX_VALUE : node.distance;
            }
            return place.tail().missing();
        }

        @Override
        @Nullable
        State compute(int value) {
            Utf8Tail tail = place.tail().next(value);
            if (tail == null) {
                return null;
            }
            if (Words.space(value)) {
                return accepting() ? start() : null;
            }
            if (place.opening() && Words.before(value)) {
                return this;
            }
            Node here = place.node();
            Node node = here == null ? null : here.next.get(value);
            boolean supported = Words.behind(value) ? place.supported() : node != null && node.distance == 0;
            boolean claim = place.claim() || value == '/' || tail.number();
            if (claim && node == null && !supported) {
                return null;
            }
            return state(new Place(false, node, claim, supported, tail.plain()));
        }
    }
}

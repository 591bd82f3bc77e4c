package telos.inference.constraint;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The automaton of texts that rest on evidence. Its state within a word is where the word's bytes lie in a trie of the
 * evidence's words, whether the word is a claim yet, and whether it would be a supported one if it ended here, closing
 * punctuation aside. A unit that follows a figure is part of the claim: "3.6 MB" does not rest on "3.6 GB".
 */
final class GroundedAutomaton {
    private static final int LONGEST_FIGURE = 24;

    private final Map<Place, Word> states = new HashMap<>();
    private final Node root = new Node();
    /** Figures with their units, a space between. */
    private final Set<String> measures = new HashSet<>();

    GroundedAutomaton(List<String> evidence) {
        for (String text : evidence) {
            for (String word : Words.supports(text)) {
                root.add(word.getBytes(StandardCharsets.UTF_8));
            }
            measures.addAll(Words.measures(text));
        }
    }

    State start() {
        return state(new Place(true, root, false, false, Utf8Tail.NONE, "", ""));
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
     * @param figure the claim right before this word; empty if there is none
     * @param word what the word is so far, while it may be a unit or a figure that a unit can follow; else empty
     */
    private record Place(
            boolean opening,
            @Nullable Node node,
            boolean claim,
            boolean supported,
            Utf8Tail tail,
            String figure,
            String word) {}

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
            if (wrongUnit(place.word())) {
                return 1; // a letter makes another word of it
            }
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
                return accepting() ? afterSpace() : null;
            }
            if (place.opening() && Words.before(value)) {
                return this;
            }
            if (wrongUnit(place.word()) && !letter(value)) {
                return null;
            }
            Node here = place.node();
            Node node = here == null ? null : here.next.get(value);
            boolean supported = Words.behind(value) ? place.supported() : node != null && node.distance == 0;
            boolean claim = place.claim() || value == '/' || tail.number();
            if (claim && node == null && !supported) {
                return null;
            }
            boolean first = place.opening();
            String word = first || !place.word().isEmpty() ? telling(place.word() + (char) value) : "";
            if (wrongUnit(word) && !word.equals("B")) {
                return null;
            }
            return state(new Place(false, node, claim, supported, tail.plain(), place.figure(), word));
        }

        /** The word so far, or nothing where it will neither be a figure nor a unit of the figure before it. */
        private String telling(String word) {
            boolean figure = word.length() <= LONGEST_FIGURE && Words.startsFigure(word);
            return figure || (!place.figure().isEmpty() && Words.startsUnit(word)) ? word : "";
        }

        /** A figure is remembered over one space. */
        private State afterSpace() {
            boolean figure = place.claim() && Words.figure(place.word());
            return figure ? state(new Place(true, root, false, false, Utf8Tail.NONE, place.word(), "")) : start();
        }

        private boolean wrongUnit(String word) {
            return !place.figure().isEmpty() && Words.unit(word) && !measures.contains(place.figure() + " " + word);
        }

        private static boolean letter(int value) {
            return (value >= 'a' && value <= 'z') || (value >= 'A' && value <= 'Z');
        }
    }
}

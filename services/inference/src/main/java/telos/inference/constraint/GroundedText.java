package telos.inference.constraint;

import java.util.List;
import java.util.Set;
import telos.inference.sampling.TokenMask;

/**
 * Holds a text to its evidence: a word with a number or a slash may be written only if it occurs in the evidence, all
 * other words freely. A word must be whole before a space, a mark or the end may follow. The text is valid UTF-8.
 */
public final class GroundedText {
    private GroundedText() {}

    /**
     * The constraint of one new text.
     *
     * @param evidence the texts whose words may be used: tool results and the request
     * @param marks control tokens that may stand between words, such as the one that quotes a result
     */
    public static Constraint over(TokenTrie trie, List<String> evidence, Set<Integer> marks) {
        int[] tokens = marks.stream().mapToInt(Integer::intValue).toArray();
        State start = new GroundedAutomaton(evidence).start();
        return new AutomatonConstraint(new TokenAutomaton(trie), start, TokenMask.of(trie.size(), tokens));
    }
}

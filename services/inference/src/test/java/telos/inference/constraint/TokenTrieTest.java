package telos.inference.constraint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TokenTrieTest {
    private static TokenTrie trie(Set<Integer> control, Set<Integer> ends, String... tokens) {
        return TokenTrie.of(
                Stream.of(tokens)
                        .map(token -> token.getBytes(StandardCharsets.UTF_8))
                        .toList(),
                control,
                ends);
    }

    /** Each node as its text and its tokens, in order. */
    private static List<String> nodes(TokenTrie trie) {
        List<String> nodes = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int node = 0; node < trie.nodes(); node++) {
            text.setLength(Math.max(0, trie.depth(node) - 1));
            if (node > 0) {
                text.append((char) trie.label(node));
            }
            Set<Integer> tokens = new TreeSet<>();
            for (int i = trie.tokenStart(node); i < trie.tokenStart(node + 1); i++) {
                tokens.add(trie.token(i));
            }
            nodes.add(text + tokens.toString() + trie.skip(node));
        }
        return nodes;
    }

    @Test
    void listsItsNodesDepthFirst() {
        assertThat(nodes(trie(Set.of(), Set.of(), "b", "abc", "ab", "ad", "ab")))
                .containsExactly("[]6", "a[]5", "ab[2, 4]4", "abc[1]4", "ad[3]5", "b[0]6");
    }

    @Test
    void leavesControlAndEmptyTokensOut() {
        assertThat(nodes(trie(Set.of(1), Set.of(2), "a", "b", "c", ""))).containsExactly("[]2", "a[0]2");
        assertThat(nodes(trie(Set.of(), Set.of()))).containsExactly("[]1");
    }

    @Test
    void refusesAnEndOutsideTheVocabulary() {
        assertThatThrownBy(() -> trie(Set.of(), Set.of(1), "a")).hasMessageContaining("end token 1");
    }

    @Test
    void knowsWhetherItSpellsEverything() {
        assertThat(Vocabularies.bytes().trie().spellsEverything()).isTrue();
        assertThat(trie(Set.of(), Set.of(), "a").spellsEverything()).isFalse();
    }
}

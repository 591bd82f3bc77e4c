package telos.training.curriculum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GrammarTest {
    private static final Names NAMES = new Names(List.of("alpha"), List.of("java"));
    private static final Slots SLOTS =
            new Slots(NAMES, new Paths(NAMES, List.of("txt"), List.of("README.md"), List.of("/var")));

    private static Set<String> ways(Phrase phrase, Map<String, Phrase> rules) {
        Set<String> ways = new TreeSet<>();
        Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
            ways.add(Phrase.write(phrase, new Phrase.Source(rules, SLOTS, random)).stream()
                    .map(Segment::text)
                    .collect(Collectors.joining()));
        }
        return ways;
    }

    @Test
    void writesEveryBranchAndMendsSpaces() {
        Phrase phrase = PhraseParser.parse("show [me] the (load|<other>) now");
        assertThat(ways(phrase, Map.of("other", PhraseParser.parse("memory"))))
                .containsExactly(
                        "show me the load now", "show me the memory now", "show the load now", "show the memory now");
    }

    @Test
    void takesAnEscapedCharacterAsItIs() {
        assertThat(ways(PhraseParser.parse("dmesg \\| tail"), Map.of())).containsExactly("dmesg | tail");
    }

    @Test
    void readsWhatAGroupMeans() {
        Grammar grammar = Grammar.parse(
                "test", List.of("# comment", "=> processes sort=\"cpu\" limit=n50 *3 ; list", "! list {n50}", "? who"));
        Grammar.Group group = grammar.groups().getFirst();
        assertThat(group.tool()).isEqualTo("processes");
        assertThat(group.arguments())
                .containsExactly(Map.entry("sort", new Grammar.Literal("cpu")), Map.entry("limit", "n50"));
        assertThat(group.weight()).isEqualTo(3);
        assertThat(group.style()).isEqualTo("list");
        assertThat(group.patterns())
                .extracting(Grammar.Pattern::mood)
                .containsExactly(Grammar.Mood.ORDER, Grammar.Mood.QUESTION);
    }

    @Test
    void saysInWhichLineAGrammarIsWrong() {
        for (String line :
                List.of("! show (the load", "! show the load)", "! <rule", "* show", "! a {slot", "! a \\")) {
            assertThatThrownBy(() -> Grammar.parse("test", List.of("=> load", line)))
                    .as(line)
                    .isInstanceOf(GrammarException.class)
                    .hasMessageContaining("test, line 2");
        }
    }

    @Test
    void refusesAPatternBeforeTheFirstGroup() {
        assertThatThrownBy(() -> Grammar.parse("test", List.of("! show the load")))
                .hasMessageContaining("before the first =>");
    }

    @Test
    void namesARuleOrSlotThatDoesNotExist() {
        assertThatThrownBy(() -> ways(PhraseParser.parse("<nothing>"), Map.of()))
                .hasMessageContaining("<nothing>");
        assertThatThrownBy(() -> ways(PhraseParser.parse("{nothing}"), Map.of()))
                .hasMessageContaining("{nothing}");
    }
}

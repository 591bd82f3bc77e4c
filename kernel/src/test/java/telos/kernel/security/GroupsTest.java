package telos.kernel.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GroupsTest {
    @Test
    void standForTheirMembersAlsoOfGroupsWithin() {
        Groups groups = Groups.of(Map.of("team", List.of("alice", "board"), "board", List.of("bob", "carol")));

        assertThat(groups.readers(List.of("team", "dave")).principals())
                .containsExactly("alice", "bob", "carol", "dave");
        assertThat(groups.readers(List.of("board", "*"))).isSameAs(Readers.EVERYONE);
        assertThat(groups.readers(List.of())).isSameAs(Readers.NOBODY);
    }

    @Test
    void refuseAGroupThatHoldsItself() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Groups.of(Map.of("a", List.of("b"), "b", List.of("a"))))
                .withMessageContaining("holds itself")
                .withMessageContaining(" > ");
    }

    @Test
    void refuseGroupsThatLieTooDeep() {
        Map<String, List<String>> chain = new LinkedHashMap<>();
        for (int i = 0; i < 100; i++) {
            chain.put("g" + i, List.of("g" + (i + 1)));
        }

        assertThatIllegalArgumentException().isThrownBy(() -> Groups.of(chain)).withMessageContaining("32 deep");
    }

    @Test
    void refuseMorePrincipalsThanASetMayName() {
        List<String> many = new ArrayList<>();
        for (int i = 0; i <= Readers.MOST; i++) {
            many.add("p" + i);
        }

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Groups.of(Map.of("all", many)))
                .withMessageContaining("all");
        assertThatIllegalArgumentException().isThrownBy(() -> Readers.of(many)).withMessageContaining("100000");
    }
}

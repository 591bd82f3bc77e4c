package telos.cli.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import telos.cli.wire.Json;

class DivisionTest {
    private final Division division = read(Recorded.SCHED);

    private static Division read(String text) {
        try {
            return Division.of(Json.parse(text));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> ids(List<Entity> entities) {
        return entities.stream().map(Entity::id).toList();
    }

    @Test
    void putsEverybodyBelowTheOneAbove() {
        assertThat(division.policies()).hasSize(7).startsWith("fair");
        assertThat(division.clocks()).extracting(Clock::name).containsExactly("mini", "cpu 0");
        assertThat(division.clocks().getFirst().entities())
                .extracting(each -> each.depth() + each.path())
                .containsExactly(
                        "0alice", "1alice/crawler", "2alice/crawler/17", "1alice/idler", "0local", "1local/agent-4");
    }

    @Test
    void findsEntitiesByPathAndById() {
        assertThat(ids(division.named("alice/crawler"))).containsExactly("mini#3");
        assertThat(ids(division.named("mini/alice/crawler"))).containsExactly("mini#3");
        assertThat(ids(division.named("cpu 0#1"))).containsExactly("cpu 0#1");
        assertThat(division.named("crawler")).isEmpty();
        assertThat(division.named("")).isEmpty();
        assertThat(division.near("crawler")).containsExactly("alice/crawler");
        assertThat(division.near("")).isEmpty();
    }

    @Test
    void makesNothingOfWhatIsNotThere() {
        assertThat(read("{}")).isEqualTo(new Division("?", List.of(), List.of()));
        Division odd = read("""
                {"clocks":[{},7,{"name":"m"}],"entities":[{},"x",{"id":9,"clock":"m","path":"m","weight":"y"}]}""");
        assertThat(odd.clocks()).hasSize(3);
        assertThat(odd.clocks()).flatExtracting(Clock::entities).noneMatch(Entity::isActive);
    }

    @Test
    void twoOfOnePathAreBothThere() {
        Division twins = read("""
                {"clocks":[{"name":"m"}],"entities":[{"id":"m#1","clock":"m","path":"m/a","name":"a"},
                {"id":"m#2","clock":"m","path":"m/a","name":"a"},{"id":"m#3","clock":"m","path":"m/a/b","name":"b"}]}""");
        assertThat(ids(twins.clocks().getFirst().entities())).containsExactlyInAnyOrder("m#1", "m#2", "m#3");
        assertThat(twins.named("a")).hasSize(2);
    }

    @Test
    void aNameMayHaveASlash() {
        Division odd = read("""
                {"clocks":[{"name":"hf/m"}],"entities":[{"id":"hf/m#1","clock":"hf/m","path":"hf/m/a/b","name":"a/b"},
                {"id":"hf/m#2","clock":"hf/m","path":"hf/m/a/b/c","name":"c"}]}""");
        assertThat(odd.clocks().getFirst().entities()).extracting(Entity::path).containsExactly("a/b", "a/b/c");
        assertThat(odd.clocks().getFirst().entities().getFirst().depth()).isZero();
    }

    @Test
    void figuresAreShort() {
        assertThat(Figures.large(0)).isEqualTo("0");
        assertThat(Figures.large(-0.2)).isEqualTo("-0.20");
        assertThat(Figures.large(-0.001)).isEqualTo("0");
        assertThat(Figures.large(999.4)).isEqualTo("999");
        assertThat(Figures.large(999.6)).isEqualTo("1.0k");
        assertThat(Figures.large(-1534.2)).isEqualTo("-1.5k");
        assertThat(Figures.large(1e30)).hasSizeLessThan(24).endsWith("P");
        assertThat(Figures.span(0)).isEqualTo("0");
        assertThat(Figures.span(0.12)).isEqualTo("120ms");
        assertThat(Figures.span(61)).isEqualTo("61.0s");
        assertThat(Figures.span(600)).isEqualTo("10m");
        assertThat(Figures.span(7200)).isEqualTo("2h");
        assertThat(Figures.span(864_000)).isEqualTo("10d");
        assertThat(Figures.share(0.1234)).isEqualTo("12.3%");
    }
}

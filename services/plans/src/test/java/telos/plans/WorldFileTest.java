package telos.plans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorldFileTest {
    private static final String TOOL =
            "{\"tools\": {\"t\": {\"params\": [\"to\"], \"effect\": false, \"result\": [1]%s}}}";

    @Test
    void readsToolsWithTheirRulesAndLabels() throws WorldException {
        WorldFile world = WorldFile.parse(
                "w",
                TOOL.formatted(", \"labels\": {\"/*\": {\"integrity\": \"trusted\", \"readers\": [\"a\"]}},"
                        + " \"requires\": {\"to\": {\"readers\": [\"$to\"]}, \"call\": {\"integrity\": \"trusted\"}}"));
        Tool tool = world.tools().firstEntry().getValue();
        assertThat(tool.labels()).containsOnlyKeys("/*");
        assertThat(tool.requires()).containsOnlyKeys("to", "call");
        assertThat(tool.result().readers().everyone()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                ", \"colour\": 1;unknown key",
                ", \"labels\": {\"/7\": {}};matches nothing",
                ", \"labels\": {\"x\": {}};no JSON pointer",
                ", \"label\": {\"integrity\": \"high\"};integrity",
                ", \"requires\": {\"from\": {}};no parameter 'from'",
                ", \"requires\": {\"to\": {\"readers\": [\"$x\"]}};names no parameter",
                ", \"error\": \"e\";both",
                ", \"effect\": true;Duplicate",
                ", \"results\": [{\"args\": {\"x\": 1}, \"result\": 1}];no parameter 'x'",
            })
    void saysWhatIsFaulty(String more, String why) {
        assertThatThrownBy(() -> WorldFile.parse("w", TOOL.formatted(more)))
                .isInstanceOf(WorldException.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ask", "len", "None", "if", "a-b"})
    void refusesToolsThatNoPlanCouldCallOrThatReplaceWhatIsThere(String name) {
        assertThatThrownBy(() -> WorldFile.parse("w", "{\"tools\": {\"" + name + "\": {\"params\": []}}}"))
                .isInstanceOf(WorldException.class)
                .hasMessageContaining(name);
    }
}

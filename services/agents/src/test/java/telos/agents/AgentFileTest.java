package telos.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentFileTest {
    @Test
    void readsHeadAndInstructions() throws AgentFileException {
        AgentSpec spec = AgentFile.parse("agent.md", """
                ---
                name: disk-watch
                model: telos-mini
                tools: [disk, largest]
                limits: {steps: 4, tokens: 2000, seconds: 60}
                ---
                Look after the disk.

                Be brief.
                """);
        assertThat(spec)
                .isEqualTo(new AgentSpec(
                        "disk-watch",
                        "telos-mini",
                        List.of("disk", "largest"),
                        new Limits(4, 2000, Duration.ofSeconds(60)),
                        "Look after the disk.\n\nBe brief."));
    }

    @Test
    void leavesDefaultsWhereTheHeadIsSilent() throws AgentFileException {
        AgentSpec spec = AgentFile.parse("agent.md", "---\nname: a\n---\n");
        assertThat(spec).isEqualTo(new AgentSpec("a", "", List.of(), Limits.DEFAULT, ""));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "no head at all | starts with a line of three dashes",
                "---\\nname: a | is not closed",
                "---\\nname: [a\\n---\\n | is not valid",
                "---\\njust words\\n---\\n | keys and values",
                "---\\nnmae: a\\n---\\n | unknown key 'nmae'",
                "---\\nname: 3\\n---\\n | 'name' must be a text",
                "---\\ntools: disk\\n---\\n | 'tools' must be a list",
                "---\\ntools: [1]\\n---\\n | list of names",
                "---\\nlimits: 3\\n---\\n | 'limits' must be keys",
                "---\\nlimits: {step: 3}\\n---\\n | unknown key 'limits.step'",
                "---\\nlimits: {steps: 0}\\n---\\n | limits.steps must be 1 to 1000, was 0",
                "---\\nlimits: {steps: many}\\n---\\n | must be a whole number",
                "---\\nlimits: {seconds: 99999999}\\n---\\n | limits.seconds must be",
            })
    void saysWhatIsWrong(String text, String message) {
        assertThatThrownBy(() -> AgentFile.parse("agent.md", text.replace("\\n", "\n")))
                .isInstanceOf(AgentFileException.class)
                .hasMessageStartingWith("agent.md:")
                .hasMessageContaining(message);
    }
}

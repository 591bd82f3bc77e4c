package telos.tools;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ArgumentsTest {
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "processes | {} | {\"sort\":\"memory\",\"limit\":5}",
                "processes | {\"name\":\"java\",\"limit\":3} | {\"sort\":\"memory\",\"limit\":3,\"name\":\"java\"}",
                "processes | {\"limit\":3.0} | {\"sort\":\"memory\",\"limit\":3}",
                "disk | {} | {\"path\":\"/\"}",
                "head | {\"path\":\"README.md\"} | {\"path\":\"README.md\",\"lines\":10}",
                "sockets | {} | {\"state\":\"listening\"}",
                "memory | {} | {}",
                "memory | ` ` | {}",
            })
    void fillsInDefaultsInSchemaOrder(String tool, String given, String canonical) {
        assertThat(Catalogue.normalise(tool, given)).contains(canonical);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "rm | {} | no such tool: rm; the tools are processes, process,",
                "memory | {\"x\":1} | memory has no parameter \"x\"; its parameters are: none",
                "head | {} | head needs \"path\": The file.",
                "head | {\"path\":7} | \"path\" of head must be a text, not a number",
                "head | {\"path\":null} | \"path\" of head must be a text, not null",
                "head | {\"path\":\"\"} | \"path\" of head must not be empty",
                "head | {\"path\":\"a\",\"lines\":0} | must be a whole number from 1 to 200, was 0",
                "head | {\"path\":\"a\",\"lines\":201} | must be a whole number from 1 to 200, was 201",
                "head | {\"path\":\"a\",\"lines\":2.5} | must be a whole number from 1 to 200, was 2.5",
                "head | {\"path\":\"a\",\"lines\":1e999} | \"lines\" of head must be a whole number from 1 to 200",
                "head | {\"path\":\"a\",\"lines\":\"5\"} | must be a whole number from 1 to 200, not a text",
                "process | {\"pid\":99999999999} | must be a whole number from 1 on, was 99999999999",
                "processes | {\"sort\":\"name\"} | \"sort\" of processes must be one of memory, cpu, was \"name\"",
                "processes | {\"sort\":[]} | must be one of memory, cpu, not a list",
                "memory | [] | must be a JSON object, not a list",
                "memory | null | must be a JSON object, not null",
                "memory | {} {} | not valid JSON",
                "memory | {\"a\" | not valid JSON",
                "head | {\"path\":\"a\",\"path\":\"b\"} | not valid JSON: Duplicate",
            })
    void saysWhatIsWrongAndHowToMendIt(String tool, String given, String why) {
        assertThat(Arguments.parse(tool, given))
                .isInstanceOfSatisfying(
                        Arguments.Rejected.class, it -> assertThat(it.why()).contains(why));
        assertThat(Catalogue.normalise(tool, given)).isEmpty();
    }

    @Test
    void rejectsTextsThatAreTooLongAndDepthsThatAreTooGreat() {
        String longText = "{\"path\":\"" + "a".repeat(5000) + "\"}";
        assertThat(Arguments.parse("head", longText))
                .isEqualTo(new Arguments.Rejected("\"path\" of head is 5000 characters long; give at most 4096"));
        String deep = "{\"path\":" + "[".repeat(100_000);
        assertThat(Arguments.parse("head", deep)).isInstanceOf(Arguments.Rejected.class);
    }

    @Test
    void keepsEscapesOutOfMessages() {
        assertThat(Arguments.parse("memory", "{\"\\u001b[2J\":1}"))
                .isInstanceOfSatisfying(
                        Arguments.Rejected.class,
                        it -> assertThat(it.why()).doesNotContain("\u001b").contains("\\x1b"));
        assertThat(Arguments.parse("memory", "{\u001b"))
                .isInstanceOfSatisfying(
                        Arguments.Rejected.class, it -> assertThat(it.why()).doesNotContain("\u001b"));
    }
}

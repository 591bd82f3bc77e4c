package telos.plans;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import telos.kernel.security.Integrity;
import telos.kernel.security.Label;
import telos.kernel.security.Readers;
import telos.kernel.security.Source;

/** Labels in the form in which plans and the daemon tell each other of them. */
class LabelDataTest {
    static List<Label> labels() {
        return List.of(
                Label.BOTTOM,
                Label.MISSING,
                Label.of(Integrity.TRUSTED, Readers.of("alice", "bob")).from(Source.tool("head")),
                Label.of(Integrity.UNTRUSTED, Readers.EVERYONE)
                        .from(Source.tool("a"))
                        .from(new Source(Source.Kind.MEMORY, "history")));
    }

    @ParameterizedTest
    @MethodSource("labels")
    void whatWasWrittenIsReadAsItWas(Label label) {
        String text = DatumJson.of(LabelData.of(label)).toString();
        assertThat(LabelData.read(DatumJson.read(text))).isInstanceOfSatisfying(LabelData.Read.Accepted.class, read -> {
            assertThat(read.label()).isEqualTo(label);
            assertThat(read.label().sources().named()).isEqualTo(label.sources().named());
        });
    }

    @Test
    void whatIsMissingIsTheStrictest() {
        assertThat(LabelData.read(DatumJson.read("{}"))).isEqualTo(new LabelData.Read.Accepted(Label.MISSING));
        assertThat(LabelData.read(DatumJson.read("{\"integrity\": null, \"readers\": null}")))
                .isEqualTo(new LabelData.Read.Accepted(Label.MISSING));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"user\"|integrity",
                "{\"integrity\": \"User\"}|integrity",
                "{\"integrity\": 1}|integrity",
                "{\"readers\": \"*\"}|readers",
                "{\"readers\": [\"alice\", 1]}|readers",
                "{\"sources\": {}}|sources",
                "{\"sources\": [\"head\"]}|sources",
                "{\"sources\": [{\"kind\": \"rumour\", \"name\": \"x\"}]}|sources",
                "{\"more_sources\": \"no\"}|more_sources"
            })
    void whatIsNoLabelIsRefused(String json, String member) {
        assertThat(LabelData.read(DatumJson.read(json)))
                .isInstanceOfSatisfying(
                        LabelData.Read.Refused.class,
                        refused -> assertThat(refused.member()).isEqualTo(member));
    }
}

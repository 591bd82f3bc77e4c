package telos.inference.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import telos.inference.tokenizer.Piece;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Templates in the shape of those that the model families carry. Each {@code NAME.jinja} has a {@code NAME.cases}: the
 * values as JSON, a line of four dashes, the expected text (or {@code !} and what the template refuses with), and a line
 * of four equals signs before the next case.
 */
class ModelFamiliesTest {
    private static final List<String> FAMILIES = List.of(
            "llama-2",
            "llama-3",
            "llama-3.1",
            "mistral",
            "mistral-nemo",
            "chatml",
            "qwen-2.5",
            "qwen-3",
            "smollm-2",
            "phi-3",
            "phi-4-mini",
            "gemma",
            "gemma-3",
            "zephyr",
            "tinyllama",
            "deepseek-coder",
            "deepseek-r1",
            "command-r",
            "command-r-tools",
            "granite",
            "hermes",
            "vicuna",
            "openchat",
            "alpaca",
            "internlm",
            "exaone",
            "operator",
            "first-turns");

    static Stream<Arguments> cases() {
        List<Arguments> out = new ArrayList<>();
        for (String family : FAMILIES) {
            String[] cases = resource(family + ".cases").replaceFirst("\n$", "").split("\n====\n", -1);
            for (int i = 0; i < cases.length; i++) {
                String[] halves = cases[i].split("\n----\n", 2);
                out.add(Arguments.of(family, i + 1, halves[0], halves[1]));
            }
        }
        return out.stream();
    }

    private static String resource(String name) {
        try (InputStream in = ModelFamiliesTest.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no test resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest(name = "{0}, case {1}")
    @MethodSource("cases")
    void rendersAsWrittenByHand(String family, int number, String json, String expected) {
        Map<String, Object> values = JsonMapper.shared().readValue(json, new TypeReference<>() {});
        ChatTemplate template = ChatTemplate.parse(resource(family + ".jinja"));
        if (expected.startsWith("!")) {
            assertThatThrownBy(() -> template.render(values, Rendering.NOW))
                    .isInstanceOfSatisfying(
                            TemplateException.class,
                            e -> assertThat(e.isRaised()).isTrue())
                    .hasMessageEndingWith(": " + expected.substring(1));
            return;
        }
        assertThat(template.render(values, Rendering.NOW).stream()
                        .map(Piece::text)
                        .collect(Collectors.joining()))
                .as("case %d", number)
                .isEqualTo(expected);
    }
}

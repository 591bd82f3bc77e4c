package telos.plans.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What ships keeps its own rules: it can be read, means something, does what its tests say, and has the one form. */
class ShippedPoliciesTest {
    static Stream<String> names() {
        return ShippedPolicies.names().stream();
    }

    private static String text(String name) {
        return new String(ShippedPolicies.read(name).orElseThrow(), StandardCharsets.UTF_8);
    }

    /** The tools that the server has, with their arguments. */
    private static List<Known> tools(String name) throws IOException {
        try (InputStream in = ShippedPoliciesTest.class.getResourceAsStream("/telos/worlds/" + name + ".json")) {
            List<Known> tools = new ArrayList<>();
            for (var each : JsonMapper.shared().readTree(in).path("tools").properties()) {
                List<String> arguments = new ArrayList<>();
                for (JsonNode argument : each.getValue().path("params")) {
                    arguments.add(argument.stringValue());
                }
                tools.add(new Known(
                        each.getKey(), arguments, each.getValue().path("effect").booleanValue()));
            }
            return tools;
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void saysNothingThatCannotBeMeant(String name) throws IOException {
        assertThat(PolicyCheck.of(Reading.accepted(text(name)), tools(name))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("names")
    void doesWhatItsTestsSay(String name) {
        PolicyText text = Reading.accepted(text(name));
        assertThat(text.tests()).hasSizeGreaterThan(1);
        assertThat(PolicyTests.run(text, text.tests())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("names")
    void isInItsOneForm(String name) {
        assertThat(PolicyFormat.of(text(name))).isEqualTo(text(name));
    }
}

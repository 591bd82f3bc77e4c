package telos.inference.constraint;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import telos.inference.constraint.Compilation.Compiled;
import telos.inference.constraint.Compilation.Unsupported;
import telos.kernel.ToolSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ToolCallConstraintTest {
    private static final Vocabularies VOCABULARY = Vocabularies.of(List.of(
            bytes("{\"name\":\""),
            bytes("\",\"arguments\":{"),
            bytes("}}"),
            bytes("path"),
            bytes("\":\""),
            bytes("tail")));

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Compiled compiled(Vocabularies vocabulary) {
        return (Compiled) ToolCallConstraint.compile(Schemas.TOOLS, vocabulary.trie());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void writesOnlyValidCalls(long seed) {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        JsonMapper mapper = JsonMapper.builder().build();
        SplittableRandom random = new SplittableRandom(seed);
        Vocabularies vocabulary = seed == 1 ? VOCABULARY : Vocabularies.random(seed, 300);
        Compiled compiled = compiled(vocabulary);
        Set<String> called = new HashSet<>();
        for (int i = 0; i < 120; i++) {
            Writer.Written written =
                    Writer.write(compiled.start(), vocabulary, compiled.shortest() + 20 + random.nextInt(80), random);
            JsonNode call = mapper.readTree(written.text());
            assertThat(call.propertyNames()).containsExactly("name", "arguments");
            ToolSpec tool = Schemas.TOOLS.stream()
                    .filter(spec -> spec.name().equals(call.get("name").stringValue()))
                    .findFirst()
                    .orElseThrow();
            called.add(tool.name());
            assertThat(registry.getSchema(tool.parameters(), InputFormat.JSON)
                            .validate(call.get("arguments").toString(), InputFormat.JSON))
                    .as(written.text())
                    .isEmpty();
        }
        assertThat(called).hasSizeGreaterThan(8);
    }

    @Test
    void acceptsTheCallsOfTheProtocol() {
        Compiled compiled = compiled(VOCABULARY);
        for (String call : List.of(
                "{\"name\":\"tail\",\"arguments\":{\"path\":\"README.md\",\"lines\":5}}",
                "{\"name\":\"memory\",\"arguments\":{}}",
                "{\"name\":\"processes\",\"arguments\":{}}",
                "{\"name\":\"processes\",\"arguments\":{\"limit\":50,\"name\":\"java\"}}",
                "{\"name\":\"sockets\",\"arguments\":{\"state\":\"all\",\"port\":65535}}")) {
            assertThat(JsonSchemaConstraintTest.accepts(compiled, call))
                    .as(call)
                    .isTrue();
        }
        for (String call : List.of(
                "{\"name\":\"tail\",\"arguments\":{}}",
                "{\"name\":\"tail\",\"arguments\":{\"path\":\"\"}}",
                "{\"name\":\"tail\",\"arguments\":{\"path\":\"x\",\"lines\":0}}",
                "{\"name\":\"tail\",\"arguments\":{\"path\":\"x\",\"lines\":201}}",
                "{\"name\":\"tail\",\"arguments\":{\"lines\":5,\"path\":\"x\"}}",
                "{\"name\":\"tails\",\"arguments\":{\"path\":\"x\"}}",
                "{\"name\":\"memory\",\"arguments\":{\"path\":\"x\"}}",
                "{\"name\":\"processes\",\"arguments\":{\"limit\":51}}",
                "{\"name\": \"memory\",\"arguments\":{}}",
                "{\"name\":\"memory\",\"arguments\":{}}}")) {
            assertThat(JsonSchemaConstraintTest.accepts(compiled, call))
                    .as(call)
                    .isFalse();
        }
    }

    @Test
    void writesTheFormThatAFamilyKnows() {
        ToolCallConstraint.Form form = ToolCallConstraint.Form.spaced("parameters");
        Compiled compiled = (Compiled) ToolCallConstraint.compile(Schemas.TOOLS, VOCABULARY.trie(), form);
        String call = "{\"name\": \"tail\", \"parameters\": {\"path\": \"README.md\", \"lines\": 5}}";
        assertThat(JsonSchemaConstraintTest.accepts(compiled, call)).isTrue();
    }

    @Test
    void mustEndAfterTheCall() {
        Constraint constraint = compiled(VOCABULARY).start();
        for (byte value : bytes("{\"name\":\"load\",\"arguments\":{}}")) {
            assertThat(constraint.mustEnd()).isFalse();
            constraint.accept(value & 0xFF);
        }
        assertThat(constraint.mustEnd()).isTrue();
    }

    @Test
    void namesTheToolThatItCannotPromise() {
        ToolSpec bad = new ToolSpec(
                "mail",
                "Sends.",
                "{\"type\":\"object\",\"properties\":{\"to\":{\"type\":\"string\",\"format\":\"smoke\"}}}");
        assertThat(ToolCallConstraint.compile(List.of(bad), VOCABULARY.trie()))
                .isInstanceOfSatisfying(Unsupported.class, unsupported -> {
                    assertThat(unsupported.keyword()).isEqualTo("format");
                    assertThat(unsupported.where()).isEqualTo("mail#/properties/to");
                });
    }

    @Test
    void refusesNoToolsTwinsAndParametersThatAreNoObject() {
        ToolSpec text = new ToolSpec("t", "x", "{\"type\":\"string\"}");
        ToolSpec none = new ToolSpec("t", "x", "{\"type\":\"object\"}");
        for (List<ToolSpec> tools : List.of(List.<ToolSpec>of(), List.of(text), List.of(none, none))) {
            assertThat(ToolCallConstraint.compile(tools, VOCABULARY.trie())).isInstanceOf(Unsupported.class);
        }
    }
}

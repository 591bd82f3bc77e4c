package telos.inference.constraint;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import telos.inference.constraint.Compilation.Compiled;
import telos.inference.constraint.Compilation.Unsupported;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonSchemaConstraintTest {
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final List<Vocabularies> VOCABULARIES =
            List.of(Vocabularies.bytes(), Vocabularies.random(7, 400), Vocabularies.random(8, 60));

    static Stream<String> schemas() {
        return Schemas.all();
    }

    static Compiled compile(String schema, Vocabularies vocabulary, SchemaOptions options) {
        return switch (JsonSchemaConstraint.compile(schema, vocabulary.trie(), options)) {
            case Compiled compiled -> compiled;
            case Unsupported unsupported -> throw new AssertionError(schema + " " + unsupported.message());
        };
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("schemas")
    void writesOnlyWhatTheSchemaAdmits(String text) {
        Schema schema = REGISTRY.getSchema(text, InputFormat.JSON);
        for (SchemaOptions options : List.of(SchemaOptions.standard(), new SchemaOptions(false, 4))) {
            for (Vocabularies vocabulary : VOCABULARIES) {
                Compiled compiled = compile(text, vocabulary, options);
                for (int seed = 0; seed < 6; seed++) {
                    SplittableRandom random = new SplittableRandom(seed);
                    int budget = compiled.shortest() + random.nextInt(60);
                    Writer.Written written = Writer.write(compiled.start(), vocabulary, budget, random);
                    assertThat(written.tokens()).isLessThanOrEqualTo(budget);
                    assertThat(schema.validate(written.text(), InputFormat.JSON))
                            .as("%s under %s", written.text(), text)
                            .isEmpty();
                }
            }
        }
    }

    static Stream<String> combined() {
        return Schemas.COMBINED.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("combined")
    void writesOnlyWhatCombinedKeywordsAdmit(String text) {
        Schema schema = REGISTRY.getSchema(text, InputFormat.JSON);
        Vocabularies vocabulary = VOCABULARIES.get(2);
        for (SchemaOptions options :
                List.of(SchemaOptions.standard(), SchemaOptions.standard().withFreeOrder())) {
            Compiled compiled = compile(text, vocabulary, options);
            for (int seed = 0; seed < 8; seed++) {
                SplittableRandom random = new SplittableRandom(seed);
                int budget = compiled.shortest() + (seed % 2) * random.nextInt(60);
                Writer.Written written = Writer.write(compiled.start(), vocabulary, budget, random);
                assertThat(written.tokens()).isLessThanOrEqualTo(budget);
                assertThat(schema.validate(written.text(), InputFormat.JSON))
                        .as("%s under %s", written.text(), text)
                        .isEmpty();
            }
        }
    }

    @Test
    void neverRepeatsANameOrAUniqueItem() {
        JsonMapper mapper = JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        Vocabularies vocabulary = VOCABULARIES.get(1);
        for (String text : List.of(
                "{\"type\":\"object\",\"propertyNames\":{\"pattern\":\"^[ab]{1,9}$\"},\"additionalProperties\":{\"const\":1},"
                        + "\"minProperties\":20}",
                "{\"type\":\"array\",\"items\":{\"type\":\"string\",\"pattern\":\"^[ab]{1,9}$\"},\"uniqueItems\":true,"
                        + "\"minItems\":20}")) {
            Compiled compiled = compile(text, vocabulary, SchemaOptions.standard());
            for (int seed = 0; seed < 4; seed++) {
                String written = Writer.write(
                                compiled.start(), vocabulary, compiled.shortest() + 60, new SplittableRandom(seed))
                        .text();
                JsonNode value = mapper.readTree(written);
                assertThat(value.size()).isGreaterThanOrEqualTo(20);
                if (value.isArray()) {
                    assertThat(value.values()).doesNotHaveDuplicates();
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("schemas")
    void writesSomethingWithTheSmallestBudget(String text) {
        Vocabularies vocabulary = VOCABULARIES.get(1);
        Compiled compiled = compile(text, vocabulary, SchemaOptions.standard());
        for (int seed = 0; seed < 3; seed++) {
            Writer.Written written =
                    Writer.write(compiled.start(), vocabulary, compiled.shortest(), new SplittableRandom(seed));
            assertThat(written.tokens()).isLessThanOrEqualTo(compiled.shortest());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("schemas")
    void leadsAlongTheShortestWayWhenTheBudgetIsTooSmall(String text) {
        Vocabularies vocabulary = VOCABULARIES.get(2);
        Compiled compiled = compile(text, vocabulary, SchemaOptions.standard());
        Writer.Written written = Writer.write(compiled.start(), vocabulary, 0, new SplittableRandom(5));
        assertThat(written.tokens()).isLessThanOrEqualTo(compiled.shortest());
    }

    @Test
    void writesCompactJsonWithoutWhiteSpace() {
        String schema = "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"},\"b\":{\"type\":\"array\","
                + "\"items\":{\"type\":\"boolean\"}}},\"required\":[\"a\",\"b\"]}";
        Vocabularies vocabulary = VOCABULARIES.getFirst();
        boolean spaced = false;
        for (int seed = 0; seed < 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Compiled compact = compile(schema, vocabulary, SchemaOptions.standard());
            assertThat(Writer.write(compact.start(), vocabulary, 60, random).text())
                    .doesNotContainAnyWhitespaces();
            Compiled loose = compile(schema, vocabulary, new SchemaOptions(false, 4));
            spaced |= Writer.write(loose.start(), vocabulary, 60, random).text().contains(" ");
        }
        assertThat(spaced).isTrue();
    }

    @Test
    void mayEndOnlyAfterTheValue() {
        Vocabularies vocabulary = VOCABULARIES.getFirst();
        Constraint constraint = compile(
                        "{\"type\":\"integer\",\"minimum\":1,\"maximum\":12}", vocabulary, SchemaOptions.standard())
                .start();
        assertThat(constraint.complete()).isFalse();
        constraint.accept('1');
        assertThat(constraint.complete()).isTrue();
        assertThat(constraint.mustEnd()).isFalse();
        constraint.accept('2');
        assertThat(constraint.mustEnd()).isTrue();
        assertThat(constraint.allowed().count()).isEqualTo(1);
        constraint.accept(vocabulary.end());
        assertThat(constraint.allowed().isEmpty()).isTrue();
    }

    @Test
    void countsASurrogatePairAsOneCharacter() {
        Vocabularies vocabulary = VOCABULARIES.getFirst();
        Compiled compiled = compile("{\"type\":\"string\",\"maxLength\":1}", vocabulary, SchemaOptions.standard());
        for (String text : List.of("\"\\ud83d\\uDE00\"", "\"😀\"", "\"\\u00e9\"", "\"\\/\"")) {
            assertThat(accepts(compiled, text)).as(text).isTrue();
        }
        for (String text : List.of("\"\\ud83d\"", "\"\\udc00\"", "\"\\ud83dx\"", "\"ab\"", "\"\n\"", "\"\\x\"")) {
            assertThat(accepts(compiled, text)).as(text).isFalse();
        }
    }

    @Test
    void leavesInvalidUtf8Out() {
        Vocabularies vocabulary = VOCABULARIES.getFirst();
        Compiled compiled = compile("{\"type\":\"string\"}", vocabulary, SchemaOptions.standard());
        int[][] invalid = {{0x80}, {0xC0}, {0xC1}, {0xE0, 0x80}, {0xED, 0xA0}, {0xF0, 0x80}, {0xF4, 0x90}, {0xF5}};
        for (int[] bytes : invalid) {
            Constraint constraint = compiled.start();
            constraint.accept('"');
            for (int i = 0; i < bytes.length - 1; i++) {
                constraint.accept(bytes[i]);
            }
            assertThat(constraint.allowed().allows(bytes[bytes.length - 1])).isFalse();
        }
    }

    @Test
    void sharesACompiledSchemaBetweenThreads() throws InterruptedException {
        Vocabularies vocabulary = VOCABULARIES.get(1);
        Compiled compiled = compile("{}", vocabulary, SchemaOptions.standard());
        List<String> alone = Stream.of(1, 2, 3, 4)
                .map(seed -> text(compiled, vocabulary, seed))
                .toList();
        String[] together = new String[4];
        Thread[] threads = new Thread[4];
        Compiled fresh = compile("{}", vocabulary, SchemaOptions.standard());
        for (int i = 0; i < 4; i++) {
            int index = i;
            threads[i] = Thread.ofPlatform().start(() -> together[index] = text(fresh, vocabulary, index + 1));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(together).containsExactlyElementsOf(alone);
    }

    private static String text(Compiled compiled, Vocabularies vocabulary, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            text.append(Writer.write(compiled.start(), vocabulary, 40, random).text());
        }
        return text.toString();
    }

    static boolean accepts(Compiled compiled, String text) {
        Constraint constraint = compiled.start();
        for (byte value : text.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            if (!constraint.allowed().allows(value & 0xFF)) {
                return false;
            }
            constraint.accept(value & 0xFF);
        }
        return constraint.complete();
    }
}

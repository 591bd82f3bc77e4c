package telos.inference.constraint;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import telos.inference.constraint.Compilation.Compiled;
import telos.inference.constraint.Compilation.Unsupported;

/** Damaged schemas are refused as a value or compiled to something that keeps to what is left of them. */
class SchemaMutationTest {
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final List<String> SCHEMAS = Schemas.all().toList();
    private static final List<String> WORDS = List.of(
            "\"type\"",
            "\"enum\"",
            "\"const\"",
            "\"items\"",
            "\"required\"",
            "\"properties\"",
            "\"minimum\"",
            "\"maxLength\"",
            "\"minItems\"",
            "\"anyOf\"",
            "\"oneOf\"",
            "\"$ref\"",
            "\"string\"",
            "\"integer\"",
            "\"number\"",
            "\"array\"",
            "\"object\"",
            "\"null\"",
            "true",
            "false",
            "{}",
            "[]",
            "-1",
            "0",
            "1e3",
            "2.5");

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void areValuesNeverExceptions(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Vocabularies vocabulary = Vocabularies.random(seed, 100);
        int compiled = 0;
        for (int round = 0; round < 250; round++) {
            String schema = mutate(SCHEMAS.get(random.nextInt(SCHEMAS.size())), random);
            switch (JsonSchemaConstraint.compile(schema, vocabulary.trie(), SchemaOptions.standard())) {
                case Unsupported unsupported ->
                    assertThat(unsupported.message()).isNotBlank();
                case Compiled form -> {
                    compiled++;
                    int budget = form.shortest() + random.nextInt(30);
                    String text = Writer.write(form.start(), vocabulary, budget, random)
                            .text();
                    assertThat(admits(schema, text))
                            .as("%s under %s", text, schema)
                            .isTrue();
                }
            }
        }
        assertThat(compiled).isGreaterThan(20);
    }

    private static boolean admits(String schema, String text) {
        try {
            return REGISTRY.getSchema(schema, InputFormat.JSON)
                    .validate(text, InputFormat.JSON)
                    .isEmpty();
        } catch (SchemaException invalidSchema) {
            return true;
        }
    }

    private static String mutate(String schema, SplittableRandom random) {
        StringBuilder text = new StringBuilder(schema);
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(text.length() + 1);
            int to = Math.min(text.length(), at + random.nextInt(4));
            switch (random.nextInt(4)) {
                case 0 -> text.delete(at, to);
                case 1 -> text.insert(at, WORDS.get(random.nextInt(WORDS.size())));
                case 2 -> swapWord(text, random);
                default -> text.replace(at, to, Integer.toString(random.nextInt(-20, 20)));
            }
        }
        return text.toString();
    }

    private static void swapWord(StringBuilder text, SplittableRandom random) {
        String old = WORDS.get(random.nextInt(WORDS.size()));
        int at = text.indexOf(old, random.nextInt(text.length() + 1));
        if (at >= 0) {
            text.replace(at, at + old.length(), WORDS.get(random.nextInt(WORDS.size())));
        }
    }
}

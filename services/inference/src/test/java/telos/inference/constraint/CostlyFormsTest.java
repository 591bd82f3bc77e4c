package telos.inference.constraint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Schemas that ask for much; each would stop every other client if it took long. */
@Timeout(20)
class CostlyFormsTest {
    private static final String LONG_TEXT = "{\"type\":\"string\",\"minLength\":4096}";
    private static final String LONG_LIST = "{\"type\":\"array\",\"items\":{\"type\":\"integer\"},\"minItems\":500}";

    private static Compilation compile(String schema, Vocabularies vocabulary) {
        return JsonSchemaConstraint.compile(schema, vocabulary.trie(), SchemaOptions.standard());
    }

    private static String manyProperties(int count) {
        return IntStream.range(0, count)
                        .mapToObj(i -> "\"p" + i + "\":{\"type\":\"string\"}")
                        .collect(Collectors.joining(",", "{\"type\":\"object\",\"properties\":{", "},"))
                + IntStream.range(0, count)
                        .mapToObj(i -> "\"p" + i + "\"")
                        .collect(Collectors.joining(",", "\"required\":[", "],\"additionalProperties\":false}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {LONG_TEXT, LONG_LIST})
    void writesTheShortestWithinABudgetThatAllowsIt(String schema) {
        Vocabularies vocabulary = Vocabularies.random(1, 300);
        Compilation.Compiled compiled = (Compilation.Compiled) compile(schema, vocabulary);
        int budget = compiled.shortest() + 50;
        Writer.Written written = Writer.write(compiled.start(), vocabulary, budget, new SplittableRandom(1));
        assertThat(written.tokens()).isLessThanOrEqualTo(budget);
    }

    @Test
    void writesWhatItCanWhereNothingFits() {
        Vocabularies vocabulary = Vocabularies.random(1, 300);
        for (String schema : List.of(LONG_TEXT, LONG_LIST.replace("500", "4000"), manyProperties(3000))) {
            Compilation.Compiled compiled = (Compilation.Compiled) compile(schema, vocabulary);
            Constraint constraint = compiled.start();
            constraint.remaining(40);
            for (int i = 0; i < 40; i++) {
                constraint.accept(constraint.allowed().next(0));
            }
            assertThat(constraint.complete()).isFalse();
        }
    }

    @Test
    void takesLittleMemoryForTextsThatAreCheckedTogether() {
        String schema = IntStream.range(0, 12)
                .mapToObj(i -> "\"p" + i + "\":{\"type\":\"string\",\"pattern\":\"^[ab]{1," + (900 + i)
                        + "}c*$\",\"minLength\":4000}")
                .collect(Collectors.joining(",", "{\"type\":\"object\",\"properties\":{", "}}"));
        assertThat(compile(schema, Vocabularies.bytes()))
                .isInstanceOfSatisfying(
                        Compilation.Unsupported.class,
                        refused -> assertThat(refused.message()).contains("minLength"));
    }

    @Test
    void weighsWhatItKeeps() {
        Vocabularies vocabulary = Vocabularies.bytes();
        Compilation.Compiled small = (Compilation.Compiled) compile("{\"type\":\"boolean\"}", vocabulary);
        Compilation.Compiled large = (Compilation.Compiled) compile(LONG_TEXT, vocabulary);
        assertThat(large.bytes()).isGreaterThan(10 * small.bytes());
    }
}

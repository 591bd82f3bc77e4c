package telos.inference.constraint;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import telos.inference.constraint.Compilation.Compiled;
import telos.inference.constraint.Compilation.Unsupported;

class PatternTest {
    private static final Vocabularies VOCABULARY = Vocabularies.random(11, 200);
    private static final List<String> ATOMS =
            List.of("a", "b", "ab", "[ab]", "[^a]", ".", "\\d", "\\w", "(?:a|bc)", "c", "\\b", "^", "$", "-");
    private static final String LETTERS = "abc1- ";

    /** A random expression that Java reads as ECMA-262 does. */
    private static String expression(SplittableRandom random, int depth) {
        if (depth == 0 || random.nextInt(3) == 0) {
            return ATOMS.get(random.nextInt(ATOMS.size()));
        }
        String first = expression(random, depth - 1);
        return switch (random.nextInt(5)) {
            case 0 -> "(?:" + first + "|" + expression(random, depth - 1) + ")";
            case 1 ->
                "(?:" + first + ")"
                        + List.of("*", "+", "?", "{2}", "{1,3}", "{0,2}").get(random.nextInt(6));
            default -> first + expression(random, depth - 1);
        };
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void findsWhatAnExpressionFinds(long seed) throws RegexParser.Unreadable {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 150; round++) {
            String expression = expression(random, 4);
            Pattern pattern = Pattern.compile(expression);
            Regex regex = RegexParser.parse(expression).regex();
            TextDfa dfa = TextDfa.of(List.of(new Regex.Signed(regex, false)), false, CodePoints.NONE);
            TextDfa not = TextDfa.of(List.of(new Regex.Signed(regex, true)), false, CodePoints.NONE);
            for (int i = 0; i < 40; i++) {
                String text = text(random);
                boolean found = pattern.matcher(text).find();
                assertThat(dfa.matches(text)).as("%s in '%s'", expression, text).isEqualTo(found);
                assertThat(not.matches(text))
                        .as("not %s in '%s'", expression, text)
                        .isEqualTo(!found);
            }
        }
    }

    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(7); i > 0; i--) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "date",
                "time",
                "date-time",
                "duration",
                "email",
                "idn-email",
                "hostname",
                "idn-hostname",
                "ipv4",
                "ipv6",
                "uri",
                "iri",
                "uri-reference",
                "iri-reference",
                "uri-template",
                "uuid",
                "json-pointer",
                "relative-json-pointer",
                "regex"
            })
    void writesOnlyTextsOfAFormat(String format) {
        String text = "{\"type\":\"string\",\"format\":\"" + format + "\"}";
        Schema schema = SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12,
                        builder -> builder.schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .formatAssertionsEnabled(true)
                                .build()))
                .getSchema(text, InputFormat.JSON);
        Compiled compiled = JsonSchemaConstraintTest.compile(text, VOCABULARY, SchemaOptions.standard());
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 200; i++) {
            String written = Writer.write(
                            compiled.start(), VOCABULARY, compiled.shortest() + random.nextInt(40), random)
                    .text();
            assertThat(schema.validate(written, InputFormat.JSON)).as(written).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {"\\d{3}-\\d{4}", "(yes|no)( please)?", "^#[0-9a-f]{6}$", "[^\"]+", "\\p{Lu}\\p{Ll}{2,5}", "a|b$"
            })
    void writesTextsThatMatchWhole(String regex) {
        Compiled compiled = (Compiled) PatternConstraint.compile(regex, VOCABULARY.trie());
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 40; i++) {
            String written = Writer.write(
                            compiled.start(), VOCABULARY, compiled.shortest() + random.nextInt(20), random)
                    .text();
            assertThat(Pattern.matches(regex, written)).as(written).isTrue();
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "(",
                "a)",
                "[a",
                "*",
                "a**",
                "(?i)a",
                "\\1",
                "(?<=a)b",
                "\\",
                "x{5,2}",
                "[b-a]",
                "(a(?=b))c",
                "\\ud800",
                "((((a{99}){99}){99}){99}){99}",
                "(a|b)*a(a|b){40}",
                "\\p{Nonsense}",
                "[a&&b]"
            })
    void refusesWhatItCannotFollow(String regex) {
        assertThat(PatternConstraint.compile(regex, VOCABULARY.trie()))
                .isInstanceOfSatisfying(
                        Unsupported.class,
                        unsupported -> assertThat(unsupported.keyword()).isEqualTo("pattern"));
    }

    @Test
    void refusesNestingBeyondMeasure() {
        assertThat(PatternConstraint.compile("(".repeat(4000) + ")".repeat(4000), VOCABULARY.trie()))
                .isInstanceOf(Unsupported.class);
    }
}

package telos.inference.constraint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import telos.inference.sampling.TokenMask;

/** Masks against a naive reference: each token alone, appended to the text and tried with a regular expression. */
class MaskTest {
    private static final String CHARACTER = "(?:[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7F]|\\\\[\"\\\\/bfnrt]"
            + "|\\\\u(?:[0-9a-cA-CefEF][0-9a-fA-F]{3}|[dD][0-7][0-9a-fA-F]{2}"
            + "|[dD][89abAB][0-9a-fA-F]{2}\\\\u[dD][c-fC-F][0-9a-fA-F]{2})"
            + "|[\\xC2-\\xDF][\\x80-\\xBF]|\\xE0[\\xA0-\\xBF][\\x80-\\xBF]|[\\xE1-\\xEC\\xEE\\xEF][\\x80-\\xBF]{2}"
            + "|\\xED[\\x80-\\x9F][\\x80-\\xBF]|\\xF0[\\x90-\\xBF][\\x80-\\xBF]{2}|[\\xF1-\\xF3][\\x80-\\xBF]{3}"
            + "|\\xF4[\\x80-\\x8F][\\x80-\\xBF]{2})";
    private static final String INTEGER = "(?:0|-?[1-9][0-9]{0,17})";
    private static final String NUMBER = "-?(?:0|[1-9][0-9]{0,14})(?:\\.[0-9]{1,15})?(?:[eE][+-]?[0-9]{1,2})?";

    static Stream<Arguments> cases() {
        return Stream.of(
                Arguments.of("{\"type\":\"string\"}", "\"" + CHARACTER + "*\""),
                Arguments.of("{\"type\":\"string\",\"minLength\":2,\"maxLength\":4}", "\"" + CHARACTER + "{2,4}\""),
                Arguments.of("{\"type\":\"integer\"}", INTEGER),
                Arguments.of("{\"type\":\"number\"}", NUMBER),
                Arguments.of(
                        "{\"type\":\"integer\",\"minimum\":7,\"maximum\":123}", "[7-9]|[1-9][0-9]|1[01][0-9]|12[0-3]"),
                Arguments.of("{\"type\":\"integer\",\"minimum\":-20,\"maximum\":1}", "-(?:[1-9]|1[0-9]|20)|[01]"),
                Arguments.of(
                        "{\"type\":\"number\",\"minimum\":0,\"maximum\":2}", "[01](?:\\.[0-9]{1,6})?|2(?:\\.0{1,6})?"),
                Arguments.of("{\"type\":\"boolean\"}", "true|false"),
                Arguments.of("{\"type\":[\"null\",\"boolean\"]}", "null|true|false"),
                Arguments.of("{\"enum\":[\"ab\",\"abc\",1,12,null]}", "\"ab\"|\"abc\"|1|12|null"),
                Arguments.of(
                        "{\"type\":\"array\",\"items\":{\"const\":1},\"minItems\":1,\"maxItems\":3}",
                        "\\[1(?:,1){0,2}\\]"),
                Arguments.of(
                        "{\"type\":\"array\",\"items\":{\"type\":\"integer\"}}",
                        "\\[(?:" + INTEGER + "(?:," + INTEGER + ")*)?\\]"),
                Arguments.of(
                        "{\"type\":\"object\",\"properties\":{\"a\":{\"const\":1},\"ab\":{\"const\":2},\"c\":{\"const\":3}},\"required\":[\"ab\"]}",
                        "\\{(?:\"a\":1,)?\"ab\":2(?:,\"c\":3)?\\}"),
                Arguments.of(
                        "{\"type\":\"object\",\"properties\":{\"a\":{\"const\":1},\"b\":{\"const\":2},\"c\":{\"const\":3}}}",
                        "\\{(?:\"a\":1(?:,\"b\":2)?(?:,\"c\":3)?|\"b\":2(?:,\"c\":3)?|\"c\":3)?\\}"),
                Arguments.of(
                        "{\"anyOf\":[{\"type\":\"string\",\"maxLength\":2},{\"type\":\"array\",\"items\":{\"type\":\"null\"}},{\"type\":\"integer\",\"minimum\":0}]}",
                        "\"" + CHARACTER + "{0,2}\"|\\[(?:null(?:,null)*)?\\]|0|[1-9][0-9]{0,17}"),
                Arguments.of(
                        "{\"$ref\":\"#/$defs/l\",\"$defs\":{\"l\":{\"anyOf\":[{\"type\":\"null\"},{\"type\":\"array\",\"items\":{\"$ref\":\"#/$defs/l\"},\"minItems\":1,\"maxItems\":1}]}}}",
                        nested(SchemaOptions.standard().references() + 1)));
    }

    private static String nested(int references) {
        String pattern = "null";
        for (int i = 1; i < references; i++) {
            pattern = "(?:null|\\[" + pattern + "\\])";
        }
        return pattern;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void allowsExactlyTheTokensThatSomeTextHasNext(String schema, String regex) {
        Pattern pattern = Pattern.compile(regex);
        for (Vocabularies vocabulary :
                List.of(Vocabularies.bytes(), Vocabularies.random(1, 300), Vocabularies.random(2, 300))) {
            Compilation.Compiled compiled =
                    JsonSchemaConstraintTest.compile(schema, vocabulary, SchemaOptions.standard());
            for (int seed = 0; seed < 2; seed++) {
                compare(compiled.start(), pattern, vocabulary, new SplittableRandom(seed));
            }
        }
    }

    @SuppressWarnings("JdkObsolete") // hitEnd is what says that more input could lead to a match
    private static void compare(
            Constraint constraint, Pattern pattern, Vocabularies vocabulary, SplittableRandom random) {
        String text = "";
        for (int step = 0; step < 20; step++) {
            TokenMask allowed = constraint.allowed();
            assertThat(allowed.allows(vocabulary.end()))
                    .isEqualTo(pattern.matcher(text).matches());
            for (int token = 0; token < vocabulary.mark(); token++) {
                String longer = text + latin(vocabulary, token);
                Matcher matcher = pattern.matcher(longer);
                boolean possible = matcher.matches() || matcher.hitEnd();
                assertThat(allowed.allows(token)).as("%s", longer).isEqualTo(possible);
            }
            int token = pick(allowed, vocabulary, random);
            if (token < 0) {
                return;
            }
            constraint.accept(token);
            text += latin(vocabulary, token);
        }
    }

    private static int pick(TokenMask allowed, Vocabularies vocabulary, SplittableRandom random) {
        int token = allowed.next(random.nextInt(vocabulary.mark()));
        token = token < 0 || token >= vocabulary.mark() ? allowed.next(0) : token;
        return token >= vocabulary.mark() ? -1 : token;
    }

    private static String latin(Vocabularies vocabulary, int token) {
        return new String(vocabulary.tokens().get(token), StandardCharsets.ISO_8859_1);
    }
}

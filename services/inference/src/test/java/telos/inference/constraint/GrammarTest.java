package telos.inference.constraint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import telos.inference.constraint.Compilation.Compiled;
import telos.inference.constraint.Compilation.Unsupported;

class GrammarTest {
    private static final Vocabularies VOCABULARY = Vocabularies.random(4, 200);

    private static Compiled compiled(String grammar) {
        return switch (GrammarConstraint.compile(grammar, VOCABULARY.trie())) {
            case Compiled compiled -> compiled;
            case Unsupported unsupported -> throw new AssertionError(unsupported.message());
        };
    }

    private static String write(Compiled compiled, SplittableRandom random) {
        int budget = compiled.shortest() + random.nextInt(40);
        Writer.Written written = Writer.write(compiled.start(), VOCABULARY, budget, random);
        assertThat(written.tokens()).isLessThanOrEqualTo(budget);
        return written.text();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '~',
            value = {
                "root ::= \"yes\" | \"no\" ~ yes|no",
                "root ::= [0-9]{2,3} (\",\" [a-c]+)* ~ [0-9]{2,3}(,[a-c]+)*",
                "root ::= \"\\\"\" [^\"\\\\\\x00-\\x1F]* \"\\\"\" ~ \"[^\"\\\\]*\"",
                "root ::= [é-ü漢😀]{3} \"!\"? ~ [é-ü漢😀]{3}!?",
                "root ::= . [\\U0001F600-\\U0001F64F]? ~ .[😀-🙏]?",
            })
    void writesWhatARegularGrammarHas(String grammar, String regex) {
        Pattern pattern = Pattern.compile(regex.strip());
        SplittableRandom random = new SplittableRandom(1);
        Compiled compiled = compiled(grammar.strip());
        for (int i = 0; i < 50; i++) {
            String text = write(compiled, random);
            assertThat(pattern.matcher(text).matches()).as(text).isTrue();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void balancesWhatNests(long seed) {
        Compiled compiled = compiled("""
                root ::= sum  # an expression
                sum ::= product (("+" | "-") product)*
                product ::= factor ("*" factor)*
                factor ::= [1-9] [0-9]? |
                  "(" sum ")"
                """);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 60; i++) {
            String text = write(compiled, random);
            String flat = text;
            String before = "";
            while (!flat.equals(before)) {
                before = flat;
                flat = flat.replaceAll("\\([1-9][0-9]?(?:[-+*][1-9][0-9]?)*\\)", "1");
            }
            assertThat(flat).as(text).matches("[1-9][0-9]?(?:[-+*][1-9][0-9]?)*");
        }
    }

    @Test
    void endsInTimeWhereReadingsMultiply() {
        Compiled compiled = compiled("root ::= \"a\" root \"x\" | \"a\" root \"y\" | \"b\"");
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 5; i++) {
            assertThat(write(compiled, random)).matches("a*b[xy]*");
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "",
                "root",
                "root ::= (",
                "root ::= \"a",
                "root ::= [a",
                "root ::= missing",
                "other ::= \"a\"",
                "root ::= root \"a\" | \"b\"",
                "root ::= a\na ::= \"\" b\nb ::= a",
                "root ::= \"a\"{3,1}",
                "root ::= (\"a\"?){4000}",
                "root ::= \"a\"{99999}",
                "root ::= [b-a]",
                "root ::= \"\\q\"",
                "root ::= root",
                "root ::= \"a\" root",
                "root ::= \"a\"\nroot ::= \"b\"",
                "root ::= \"\\uD800\"",
                "root ::= \"a\" )"
            })
    void refusesWhatIsNoGrammar(String grammar) {
        assertThat(GrammarConstraint.compile(grammar, VOCABULARY.trie())).isInstanceOf(Unsupported.class);
    }

    @Test
    void isQuickWithHostileGrammars() {
        StringBuilder doubling = new StringBuilder("root ::= r0\n");
        for (int i = 0; i < 60; i++) {
            doubling.append("r")
                    .append(i)
                    .append(" ::= r")
                    .append(i + 1)
                    .append(" \"x\" | r")
                    .append(i + 1);
            doubling.append(" \"y\"\n");
        }
        doubling.append("r60 ::= \"z\"\n");
        for (String grammar :
                new String[] {doubling.toString(), "root ::= " + "(".repeat(30_000), "root ::= " + "a ".repeat(30_000)
                }) {
            long start = System.nanoTime();
            if (GrammarConstraint.compile(grammar, VOCABULARY.trie()) instanceof Compiled compiled) {
                write(compiled, new SplittableRandom(1));
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        }
    }
}

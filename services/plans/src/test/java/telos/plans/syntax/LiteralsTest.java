package telos.plans.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiteralsTest {
    private static Expression value(String source) {
        return ((Statement.ExpressionStatement) Reading.accepted(source).getFirst()).value();
    }

    private static String string(String source) {
        return ((Expression.Constant.Str) value(source)).value();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "00, 0",
        "0_0, 0",
        "7, 7",
        "1_000, 3e8",
        "0xFf, ff",
        "0X_ff, ff",
        "0o17, f",
        "0b101, 5",
        "123456789012345678901234567890, 18ee90ff6c373e0ee4e3f0ad2"
    })
    void readsIntegers(String source, String hexadecimal) {
        assertThat(Reading.expression(source)).isEqualTo("(int " + hexadecimal + ")");
    }

    @ParameterizedTest
    @CsvSource({"1.5, 1.5", "1., 1", ".5, 0.5", "1e3, 1000", "1E-2, 0.01", "1_0.0_5e+0_1, 100.5", "012.5, 12.5"})
    void readsFloats(String source, double value) {
        assertThat(((Expression.Constant.Real) value(source)).value()).isEqualTo(value);
    }

    @Test
    void aFloatTooLargeIsInfinite() {
        assertThat(((Expression.Constant.Real) value("1e999")).value()).isInfinite();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"012", "0_1", "1__0", "1_", "0x", "0b2", "0o8", "1_.5", "1._5", "12ab", "0xfg", "1if x else 2"})
    void refusesOddNumbers(String source) {
        assertThat(Reading.refused(source).position().line()).isEqualTo(1);
    }

    @Test
    void readsStrings() {
        assertThat(string("'a' \"b\" '''c\nd''' \"\"\"'e'\"\"\"")).isEqualTo("abc\nd'e'");
        assertThat(string("r'\\n\\'' R\"\\d\" u'x'")).isEqualTo("\\n\\'\\dx");
        assertThat(string("('a'\n 'b')")).isEqualTo("ab");
        assertThat(string("''")).isEmpty();
        assertThat(string("'''a''b\"'''")).isEqualTo("a''b\"");
    }

    @Test
    void decodesEscapes() {
        assertThat(string("'\\n\\t\\\\\\'\\\"\\r\\a\\b\\f\\v\\0\\101\\x41\\u00e9\\U0001F600'"))
                .isEqualTo("\n\t\\'\"\r\007\b\f\013\0AAé😀");
        assertThat(string("'a\\\nb'")).isEqualTo("ab");
        assertThat(string("'\\d\\ '")).isEqualTo("\\d\\ ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'\\x4'", "'\\u12'", "'\\U00110000'", "'\\ud800'", "'\\N{BULLET}'", "'\\400'"})
    void refusesOddEscapes(String source) {
        assertThat(Reading.refused(source).position()).isEqualTo(new Position(1, 2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "f'' | (text )",
                "f'a{{b}}' | (text (literal '617b627d'))",
                "f'{a}' 'b' f'c' | (text (field NONE (name a) (spec )) (literal '6263'))",
                "f'{a!r:>{w}}' | (text (field REPR (name a) (spec (literal '3e') (field NONE (name w) (spec )))))",
                "f'{a:{b:>9}}' | (text (field NONE (name a) (spec (field NONE (name b) (spec (literal '3e39'))))))",
                "f'{a=}' | (text (literal '613d') (field REPR (name a) (spec )))",
                "f'{ a = !s}' | (text (literal '2061203d20') (field STR (name a) (spec )))",
                "f'{a=:5}' | (text (literal '613d') (field NONE (name a) (spec (literal '35'))))",
                "f'{a!=b}' | (text (field NONE (compare (name a) (links != (name b))) (spec )))",
                "f'{a[1:2]}' | (text (field NONE (sub (name a) (slice (int 1) (int 2) -)) (spec )))",
                "f'{(lambda x: x)}' | (text (field NONE (lambda (params (positional (param x - -)) - (named ) -) (name x)) (spec )))",
                "f'{a, *b}' | (text (field NONE (tuple (name a) (star (name b))) (spec )))",
                "f'{ {1: 2}}' | (text (field NONE (dict (pair (int 1) (int 2))) (spec )))",
                "f'{{{a}}}' | (text (literal '7b') (field NONE (name a) (spec )) (literal '7d'))",
                "rf'\\{a}\\d' | (text (literal '5c') (field NONE (name a) (spec )) (literal '5c64'))",
            })
    void readsFormattedStrings(String source, String tree) {
        assertThat(Reading.expression(source)).isEqualTo(tree);
    }

    /** As in Python 3.12 (PEP 701). */
    @Test
    void fieldsMayHoldQuotesBackslashesAndLines() {
        assertThat(Reading.expression("f'{a['b']}'")).isEqualTo(Reading.expression("f\"{a['b']}\""));
        assertThat(Reading.expression("f'{f'{'x'}'}'"))
                .isEqualTo("(text (field NONE (text (field NONE (str '78') (spec ))) (spec )))");
        assertThat(Reading.expression("f'{'\\n'.join(a)}'")).contains("(str '0a')");
        assertThat(Reading.expression("f'{\na\n}'")).isEqualTo("(text (field NONE (name a) (spec )))");
        assertThat(Reading.expression("f'''a\n{b}'''")).startsWith("(text (literal '610a')");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "f'{}'",
                "f'{ }'",
                "f'}'",
                "f'{a'",
                "f'{a:'",
                "f'{a!x}'",
                "f'{a! r}'",
                "f'{a b}'",
                "f'{lambda x: x}'",
                "f'{a:{b:{c}}}'",
                "f'{*a}'",
                "f'{!r}'",
                "f'{a # b\n}'",
                "f'",
                "f'{a)}'",
                "f'{a!r b}'"
            })
    void refusesOddFields(String source) {
        assertThat(Reading.refused(source).message()).isNotBlank();
    }

    @Test
    void decodesUtf8AndDropsTheByteOrderMark() {
        byte[] bytes = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf, 'x', '\r', '\n', 'y', '\r', 'z'};
        assertThat(PlanParser.parse(bytes)).isInstanceOfSatisfying(Parsed.Accepted.class, accepted -> {
            assertThat(accepted.plan().source()).isEqualTo("x\ny\nz");
            assertThat(accepted.plan().body().getLast().position()).isEqualTo(new Position(3, 1));
        });
    }

    @Test
    void saysWhereBytesAreNotText() {
        byte[] bytes = {'a', '\n', 'b', (byte) 0xc3, (byte) 0xa9, (byte) 0xff, 'c'};
        assertThat(PlanParser.parse(bytes))
                .isInstanceOfSatisfying(
                        Parsed.Refused.class,
                        refused -> assertThat(refused.fault().describe())
                                .isEqualTo(
                                        "line 2, column 3: the byte 0xff at offset 5 is not UTF-8; expected text in UTF-8"));
        byte[] cut = Arrays.copyOf(bytes, 4);
        assertThat(PlanParser.parse(cut)).isInstanceOf(Parsed.Refused.class);
    }

    @Test
    void refusesWhatIsNoCharacter() {
        assertThat(Reading.refused("x = '\0'").message()).startsWith("a NUL character");
        assertThat(Reading.refused("x = '\ud83d'").message()).contains("surrogate");
        assertThat(Reading.refused("x = \u200by").message()).contains("\u200b");
    }
}

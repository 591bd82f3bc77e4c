package telos.plans.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a + b * c | (binary + (name a) (binary * (name b) (name c)))",
                "a - b - c | (binary - (binary - (name a) (name b)) (name c))",
                "a ** b ** c | (binary ** (name a) (binary ** (name b) (name c)))",
                "-a ** -b | (unary - (binary ** (name a) (unary - (name b))))",
                "a // b % c | (binary % (binary // (name a) (name b)) (name c))",
                "a << b & c ^ d | (binary ^ (binary & (binary << (name a) (name b)) (name c)) (name d))",
                "~+a | (unary ~ (unary + (name a)))",
                "not a == b | (unary not (compare (name a) (links == (name b))))",
                "a < b <= c | (compare (name a) (links < (name b) <= (name c)))",
                "a not in b is not c | (compare (name a) (links not in (name b) is not (name c)))",
                "a or b and not c | (or (name a) (and (name b) (unary not (name c))))",
                "a if b else c if d else e | (cond (name b) (name a) (cond (name d) (name c) (name e)))",
                "a.b.c | (attr (attr (name a) b) c)",
                "a[b] | (sub (name a) (name b))",
                "a[1:b:] | (sub (name a) (slice (int 1) (name b) -))",
                "a[::2] | (sub (name a) (slice - - (int 2)))",
                "a[b, c] | (sub (name a) (tuple (name b) (name c)))",
                "a[b := c] | (sub (name a) (walrus b (name c)))",
                "f(a)(b)[c].d | (attr (sub (call (call (name f) (name a)) (name b)) (name c)) d)",
                "f(a, *b, c=d, *e, **g, h=i) | (call (name f) (name a) (star (name b)) (star (name e)) c=(name d) **(name g) h=(name i))",
                "f(a := 1) | (call (name f) (walrus a (int 1)))",
                "[] | (list )",
                "[a, *b,] | (list (name a) (star (name b)))",
                "() | (tuple )",
                "(a) | (name a)",
                "(a,) | (tuple (name a))",
                "a, b, | (tuple (name a) (name b))",
                "{} | (dict )",
                "{a: b, **c} | (dict (pair (name a) (name b)) (unpack (name c)))",
                "{a, *b} | (set (name a) (star (name b)))",
                "lambda: a | (lambda (params (positional ) - (named ) -) (name a))",
                "(a := b) | (walrus a (name b))",
            })
    void readsAsPythonDoes(String source, String tree) {
        assertThat(Reading.expression(source)).isEqualTo(tree);
    }

    @Test
    void readsComprehensionsOfAllKinds() {
        assertThat(Reading.expression("[x for x in xs if x if y for z in x]"))
                .isEqualTo("(LIST (name x) - (clauses (for (name x) (name xs) (conditions (name x) (name y)))"
                        + " (for (name z) (name x) (conditions ))))");
        assertThat(Reading.expression("{x for x in xs}")).startsWith("(SET ");
        assertThat(Reading.expression("{k: v for k, *v in xs}"))
                .isEqualTo("(DICT (name k) (name v) (clauses (for (several (name k) (star (name v))) (name xs)"
                        + " (conditions ))))");
        assertThat(Reading.expression("sum(x for x in xs)"))
                .isEqualTo("(call (name sum) (GENERATOR (name x) - (clauses (for (name x) (name xs) (conditions )))))");
    }

    @Test
    void keepsArgumentsInSourceOrder() {
        Statement statement = Reading.accepted("f(a, k=1, *b, **c)").getFirst();
        Expression.Call call = (Expression.Call) ((Statement.ExpressionStatement) statement).value();
        assertThat(call.arguments())
                .extracting(each -> each.getClass().getSimpleName())
                .containsExactly("Positional", "Keyword", "Starred", "DoubleStarred");
    }

    @Test
    void joinsLinesInBrackets() {
        assertThat(Reading.expression("[ # one\n1,\n\n      2 # two\n]")).isEqualTo("(list (int 1) (int 2))");
        assertThat(Reading.expression("a + \\\n  b")).isEqualTo("(binary + (name a) (name b))");
    }

    @Test
    void positionsCountCodePoints() {
        String dump = Dump.withPositions(Reading.accepted("'😀', x\n\tif_ = '\u0301é', y".replace("\n\t", "\n")));
        assertThat(dump).contains("@1:6 (name x)").contains("@2:13 (name y)");
    }

    @Test
    void namesInOtherScriptsAreComparedInNormalForm() {
        assertThat(Reading.dumped("größe = ﬁx + 名前 + Ж2"))
                .isEqualTo(
                        "(body (assign (targets (name größe)) (binary + (binary + (name fix) (name 名前)) (name Ж2))))");
    }

    @Test
    void childrenAreEveryNodeBelow() {
        Statement statement = Reading.accepted("x[a] = f(b, k=[c for c in d])").getFirst();
        assertThat(Tree.children(statement)).hasSize(2);
        assertThat(Tree.children(Tree.children(statement).getFirst())).hasSize(2);
    }
}

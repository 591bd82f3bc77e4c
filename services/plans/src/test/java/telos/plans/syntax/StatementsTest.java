package telos.plans.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementsTest {
    private static String only(String source) {
        String dump = Reading.dumped(source);
        return dump.substring("(body ".length(), dump.length() - 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "x = y = 1 | (assign (targets (name x) (name y)) (int 1))",
                "a, *b = c | (assign (targets (several (name a) (star (name b)))) (name c))",
                "[a, (b, c)] = d | (assign (targets (several (name a) (several (name b) (name c)))) (name d))",
                "a.b = c[d] = e[1:] = 1 | (assign (targets (attr (name a) b) (sub (name c) (name d)) (sub (name e) (slice (int 1) - -))) (int 1))",
                "x = *a, b | (assign (targets (name x)) (tuple (star (name a)) (name b)))",
                "() = x | (assign (targets (several )) (name x))",
                "x **= 2 | (aug ** (name x) (int 2))",
                "x[0] //= a, b | (aug // (sub (name x) (int 0)) (tuple (name a) (name b)))",
                "x: int | (ann (name x) (name int) -)",
                "x.y: list[int] = [] | (ann (attr (name x) y) (sub (name list) (name int)) (list ))",
                "raise | (raise - -)",
                "raise E('a') from b | (raise (call (name E) (str '61')) (name b))",
                "assert a, b | (assert (name a) (name b))",
                "del a, b[0], (c.d,) | (del (name a) (sub (name b) (int 0)) (attr (name c) d))",
                "import a.b as c, d | (import - (names a.b:c d:-))",
                "from a.b import (c as d, e) | (import a.b (names c:d e:-))",
                "pass; x; | (pass) (expr (name x))",
            })
    void readsSimpleStatements(String source, String tree) {
        assertThat(only(source)).isEqualTo(tree);
    }

    @Test
    void readsBranches() {
        assertThat(only("if a: b\nelif c:\n  d\nelse:\n  e"))
                .isEqualTo("(if (name a) (body (expr (name b))) (body (if (name c) (body (expr (name d)))"
                        + " (body (expr (name e))))))");
        assertThat(only("if (x := f()): pass")).startsWith("(if (walrus x ");
    }

    @Test
    void readsLoops() {
        assertThat(only("for a, *b in c, d:\n  continue\nelse: e"))
                .isEqualTo("(for (several (name a) (star (name b))) (tuple (name c) (name d)) (body (continue))"
                        + " (body (expr (name e))))");
        assertThat(only("while a:\n  if b: break\nelse:\n  c"))
                .isEqualTo("(while (name a) (body (if (name b) (body (break)) (body ))) (body (expr (name c))))");
    }

    @Test
    void readsFunctions() {
        assertThat(only("def f(a, b: int=1, *c, d, e=2, **g) -> int:\n  return a"))
                .isEqualTo("(def f (params (positional (param a - -) (param b (name int) (int 1))) (param c - -)"
                        + " (named (param d - -) (param e - (int 2))) (param g - -)) (name int)"
                        + " (body (return (name a))))");
        assertThat(only("def f(*, a): return")).contains("(params (positional ) - (named (param a - -)) -)");
    }

    @Test
    void readsTries() {
        assertThat(only("try: a\nexcept (A, B) as e: b\nexcept C: raise\nexcept: pass\nelse: c\nfinally: d"))
                .isEqualTo("(try (body (expr (name a))) (handlers"
                        + " (except (tuple (name A) (name B)) e (body (expr (name b))))"
                        + " (except (name C) - (body (raise - -))) (except - - (body (pass))))"
                        + " (body (expr (name c))) (body (expr (name d))))");
    }

    @Test
    void readsClassesOfFieldsAndOfMembers() {
        assertThat(only("class A(BaseModel):\n  'text'\n  a: int\n  b: str | None = None\n  pass"))
                .isEqualTo("(class A (bases (name BaseModel)) (members (field a (name int) -)"
                        + " (field b (binary | (name str) None) None)))");
        assertThat(only("class B(str, Enum):\n  X = 'x'"))
                .isEqualTo("(class B (bases (name str) (name Enum)) (members (choice X (str '78'))))");
    }

    @Test
    void blocksEndWithTheirIndentation() {
        assertThat(only("if a:\n  if b:\n    c\n  d\n\n# x\n   # y\ne"))
                .isEqualTo("(if (name a) (body (if (name b) (body (expr (name c))) (body )) (expr (name d))) (body ))"
                        + " (expr (name e))");
        assertThat(only("if a:\n\tif b:\n\t  c\n\td")).contains("(expr (name d))) (body ))");
        assertThat(Reading.dumped("")).isEqualTo("(body )");
        assertThat(Reading.dumped("\n  \n# nothing\n\f\n")).isEqualTo("(body )");
    }

    @Test
    void thePlanKeepsItsSource() {
        assertThat(((Parsed.Accepted) PlanParser.parse("x = 1\r\n")).plan().source())
                .isEqualTo("x = 1\n");
    }
}

package telos.plans.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an author is told: where, what was found, and what to write instead. */
class FaultsTest {
    private static Arguments fault(String source, int line, int column, String... words) {
        return Arguments.of(source, new Position(line, column), words);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                fault("if x = 1:\n  pass", 1, 6, "'='", "'=='"),
                fault("f(a.b=1)", 1, 6, "plain name", "=="),
                fault("(x = 1)", 1, 4, "'='", "'=='"),
                fault("if x\n  pass", 1, 5, "end of the line", "':'"),
                fault("for x in xs\n  pass", 1, 12, "end of the line", "':'"),
                fault("if x:\npass", 2, 1, "'if' on line 1", "indented deeper"),
                fault("x = 1\n  y = 2", 2, 3, "indented deeper"),
                fault("if x:\n    y\n  z", 3, 3, "indented by 2", "0 or 4"),
                fault("if x:\n\ty\n        z", 3, 9, "tabs and spaces"),
                fault("if x:\n        y\n\tz", 3, 2, "tabs and spaces"),
                fault("else if x:\n  pass", 1, 1, "'else'", "'if'"),
                fault("if x: pass\nelse if y: pass", 2, 6, "elif"),
                fault("if x: pass\nelseif y: pass", 2, 1, "'elseif'", "elif"),
                fault("except E: pass", 1, 1, "'except'", "'try'"),
                fault("try: x\ny", 2, 1, "'except' or 'finally'", "line 1"),
                fault("a && b", 1, 3, "'&&'", "'and'"),
                fault("a || b", 1, 3, "'||'", "'or'"),
                fault("if !x: pass", 1, 4, "'!'", "'not'"),
                fault("x++", 1, 3, "'++'", "+= 1"),
                fault("--x--", 1, 5, "'--'", "-= 1"),
                fault("a === b", 1, 3, "'==='", "=="),
                fault("a <> b", 1, 3, "'<>'", "!="),
                fault("x = a ? b : c", 1, 7, "'?'", "if condition else"),
                fault("// comment", 1, 1, "'//'", "'#'"),
                fault("x = null", 1, 5, "'null'", "None"),
                fault("x = true", 1, 5, "'true'", "True"),
                fault("f(false)", 1, 3, "'false'", "False"),
                fault("f(1,\n  [2, 3)", 2, 8, "')'", "'[' of line 2, column 3", "']'"),
                fault("x = (1,\n  2\ny = 3", 3, 1, "'y'", "'(' of line 1, column 5"),
                fault("f([1, 2]", 1, 2, "never closed", "')'"),
                fault("x = 1)", 1, 6, "never opened"),
                fault("[1 2]", 1, 4, "the number 2", "','"),
                fault("a b", 1, 3, "the name 'b'", "end of the line"),
                fault("'abc", 1, 1, "never closed", "same line"),
                fault("x\n'''abc\n", 2, 1, "never closed", "'''"),
                fault("print 'x'", 1, 1, "'print'", "print(…)"),
                fault("let x = 1", 1, 1, "'let'", "x = 1"),
                fault("function f() {", 1, 1, "'function'", "def"),
                fault("if (x) {", 1, 8, "braces", "':'"),
                fault("match x:\n  case 1: pass", 1, 1, "'match'", "'elif'"),
                fault("match (x):\n  case 1: pass", 1, 1, "'match'", "'elif'"),
                fault("yield 1", 1, 1, "'yield'", "list"),
                fault("x = yield", 1, 5, "'yield'", "list"),
                fault("await f()", 1, 1, "'await'", "call alone"),
                fault("async def f(): pass", 1, 1, "'async'", "without"),
                fault("[x async for x in y]", 1, 4, "'async'", "without"),
                fault("with a as b: pass", 1, 1, "'with'", "alone"),
                fault("global x", 1, 1, "'global'", "parameter", "return"),
                fault("nonlocal x", 1, 1, "'nonlocal'", "parameter"),
                fault("@d\ndef f(): pass", 1, 1, "decorators", "alone"),
                fault("a @ b", 1, 3, "'@'"),
                fault("b'x'", 1, 1, "bytes", "without the prefix b"),
                fault("t'x'", 1, 1, "template"),
                fault("x = 3j", 1, 5, "complex", "real"),
                fault("def f(): ...", 1, 10, "'...'", "pass"),
                fault("class A:\n  def f(self): pass", 2, 3, "methods", "function outside"),
                fault("class A(metaclass=B): pass", 1, 9, "plain bases"),
                fault("def f(a, /): pass", 1, 10, "'/'"),
                fault("from . import x", 1, 6, "full name"),
                fault("from x import *", 1, 15, "'import *'", "names"),
                fault("except* E: pass", 1, 1, "'except'"),
                fault("try: x\nexcept* E: pass", 2, 7, "'except*'", "'except'"),
                fault("try: x\nexcept A, B: pass", 2, 9, "parentheses", "(A, B)"),
                fault("try: x\nexcept: y\nexcept A: z", 2, 1, "last"),
                fault("return 1", 1, 1, "outside a function"),
                fault("break", 1, 1, "outside a loop"),
                fault("for x in y:\n  def f(): continue", 2, 12, "outside a loop"),
                fault("for x in y: pass\nelse: break", 2, 7, "outside a loop"),
                fault("f() = 1", 1, 1, "a call", "assigned", "=="),
                fault("1 = x", 1, 1, "literal"),
                fault("None = x", 1, 1, "None"),
                fault("a + b = c", 1, 1, "computed"),
                fault("[a, f()] = x", 1, 5, "a call"),
                fault("f() += 1", 1, 1, "a call"),
                fault("a, b += 1", 1, 1, "a tuple"),
                fault("*a = b", 1, 1, "star", "[*value]"),
                fault("*a, *b = c", 1, 5, "two stars"),
                fault("for *a in b: pass", 1, 5, "one of several"),
                fault("f(*a for a in b)", 1, 6, "'for'", "')'"),
                fault("[*a for a in b]", 1, 2, "star", "second 'for'"),
                fault("del f()", 1, 5, "a call", "deleted"),
                fault("del ()", 1, 5, "nothing to delete"),
                fault("def f(a, a): pass", 1, 10, "twice"),
                fault("lambda a, *a: 1", 1, 12, "twice"),
                fault("def f(a=1, b): pass", 1, 12, "'b'", "no default"),
                fault("def f(*): pass", 1, 7, "behind '*'"),
                fault("def f(**a, b): pass", 1, 12, "behind the one with '**'"),
                fault("f(a=1, 2)", 1, 8, "positional"),
                fault("f(**a, *b)", 1, 8, "'*'", "'**'"),
                fault("f(a=1, a=2)", 1, 8, "'a'", "twice"),
                fault("f(x for x in y, 1)", 1, 3, "generator", "parentheses"),
                fault("x := 1", 1, 3, "':='", "'='"),
                fault("(a.b := 1)", 1, 6, "':='", "(name := value)"),
                fault("[x := 1 for x in y]", 1, 2, "'x'", "loops"),
                fault("[x for x in (y := z)]", 1, 14, "':='", "loops over"),
                fault("[[x := 1 for y in z] for x in w]", 1, 3, "'x'"),
                fault("class A:\n  b = [c := 1 for d in e]", 2, 8, "':='"),
                fault("[x for x in y if a else b]", 1, 20, "'else'", "before it"),
                fault("x = if a: b", 1, 5, "'if'", "a if condition else b"),
                fault("x = a if b", 1, 11, "'else'"),
                fault("1 + not x", 1, 5, "'not'", "parentheses"),
                fault("1 + lambda: x", 1, 5, "'lambda'", "parentheses"),
                fault("a[]", 1, 3, "index"),
                fault("a[1:2, 3]", 1, 3, "slice"),
                fault("{1: 2, 3}", 1, 9, "':'"),
                fault("{1, 2: 3}", 1, 6, "','"),
                fault("x.class", 1, 3, "keyword"),
                fault("def None(): pass", 1, 5, "keyword"),
                fault("f(1, 2):\n  pass", 1, 8, "':'", "open a block"),
                fault("if a: if b: c", 1, 7, "'if'", "deeper line"),
                fault("x = 5 $", 1, 7, "'$'"),
                fault("x = “a”", 1, 5, "“", "plain quote"),
                fault("x = a ≤ b", 1, 7, "≤", "<="),
                fault("x = 😀", 1, 5, "U+1F600"),
                fault("x \\ y", 1, 3, "backslash"),
                fault("𝐝𝐞𝐟 = 1", 1, 1, "'def'"),
                fault("for x of y: pass", 1, 7, "'of'", "'in'"),
                fault("import 'a'", 1, 8, "a string", "module"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void saysWhereWhatAndWhatInstead(String source, Position position, String[] words) {
        SyntaxFault fault = Reading.refused(source);
        assertThat(fault.position()).as(fault.describe()).isEqualTo(position);
        assertThat(fault.message() + " | " + fault.expected()).contains(words);
        assertThat(fault.sourceLine()).isEqualTo(source.split("\n", -1)[position.line() - 1].replace('\t', ' '));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[(lambda: (x := 1)) for x in y]",
                "def f():\n  for x in y:\n    break\n  return x",
                "while a:\n  try: break\n  finally: pass",
                "match = 1; case = match; type = case; print = type; let = 2",
                "x = [match, case][type]",
                "f(null=1, true=2); a.null, a.true",
                "(a := 1, b := 2)",
                "[a for b in c if (d := b)]",
            })
    void acceptsWhatOnlyLooksOdd(String source) {
        Reading.accepted(source);
    }

    @Test
    void theFirstFaultIsTold() {
        assertThat(Reading.refused("x = = 1\ny = 'abc\n").position().line()).isEqualTo(1);
    }

    @Test
    void aLongLineIsShownAroundThePlace() {
        SyntaxFault fault = Reading.refused("x = '" + "a".repeat(5_000) + "' y" + "b".repeat(5_000));
        assertThat(fault.sourceLine()).hasSizeLessThanOrEqualTo(120).contains("' yb");
        assertThat(fault.message()).hasSizeLessThan(100);
    }

    @Test
    void nothingThatDrivesATerminalIsShown() {
        SyntaxFault fault = Reading.refused("x = '\u001b[2J\u202e' y");
        assertThat(fault.sourceLine()).isEqualTo("x = '\ufffd[2J\ufffd' y");
    }

    @Test
    void describesItselfOnOneLine() {
        assertThat(Reading.refused("x = (1").describe())
                .isEqualTo("line 1, column 5: the '(' that is opened here is never closed; expected ')'");
    }
}

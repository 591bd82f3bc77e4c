package telos.plans;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a secret decides how many arguments a call has, and by which names, what it does is foreseen for all of them. */
class StarredCallsTest {
    private static final String GIVEN = """
            xs = [i for i in range(60) if i < s]
            named = {str(i): i for i in range(60) if i < s}
            ten = list(range(10))
            table = list(range(TABLE))
            x = []
            """;

    private static String caught(String call) {
        return GIVEN + "try:\n    x = " + call + "\nexcept Exception:\n    pass\ny = table[len(x)]\n";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(lambda *a: a)(*xs)",
                "(lambda *a: list(a))(*xs)",
                "(lambda *a: [i for i in a])(*xs)",
                "(lambda b=1, *a: a)(*xs)",
                "(lambda *a: a)(1, *xs, 2)",
                "(lambda **k: k)(**named)",
                "(lambda **k: list(k))(z=1, **named)",
                "ValueError(*xs).args",
                "set().union(*[[i] for i in xs])",
                "dict(**named)",
                "list(zip(*[[i] for i in xs]))[0]",
                "list(map(lambda *a: a, *[[i] for i in xs]))[0]",
            })
    void howManyThereAreTellsNothing(String call) throws WorldException {
        for (String control : new String[] {call, call + " if s > 1 else []"}) {
            for (int number : new int[] {5, 20, 60}) {
                SecretNumber.tellsNothing(caught(control).replace("TABLE", "10"), 0, number, Limits.USUAL);
            }
        }
    }

    /** What comes of it is as large as there may be arguments, and no larger. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(lambda *a: a)(*xs)",
                "(lambda *a: list(a))(*xs)",
                "(lambda **k: k)(**named)",
                "ValueError(*xs).args if s > 1 else []",
            })
    void whatIsLargeEnoughForAllOfThemIsAllowed(String call) throws WorldException {
        String plan = caught(call).replace("TABLE", "61");
        for (int number : new int[] {0, 20, 60}) {
            assertThat(SecretNumber.run(plan, number, Limits.USUAL).sent())
                    .as(plan)
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // more parameters than one would look at one by one
                """
                def f(a, b=1, c=2, d=3, e=4, g=5, h=6, i=7, j=8, k=9, m=10):
                    l.append(1)
                    return 1
                try:
                    if s > 1:
                        f(*[i for i in range(11) if i < s])
                except TypeError:
                    pass
                """,
                // a function that is given by name
                """
                named = {}
                try:
                    if s > 1:
                        named = {'key': lambda v: l.append(v)}
                    z = sorted([1], **named)
                except TypeError:
                    pass
                """,
                // the same name twice
                """
                named = {'a': 5}
                try:
                    if s > 1:
                        (lambda a=1: a)(a=2, **named)
                except ValueError:
                    pass
                """,
                """
                named = {'a': 5}
                try:
                    if s > 1:
                        (lambda a=1: a)(2, **named)
                except ValueError:
                    pass
                """,
                // one parameter by name, and the one before it not
                """
                def f(a=1, b=2):
                    if a == 1 and b == 5:
                        l.append(1)
                named = {'a': 1}
                if s > 1:
                    named = {'b': 5}
                try:
                    f(**named)
                except TypeError:
                    pass
                """,
                """
                def f(a=1, *, b=2):
                    if b == 5:
                        l.append(1)
                named = {'a': 1}
                if s > 1:
                    named = {'b': 5}
                try:
                    f(**named)
                except TypeError:
                    pass
                """,
                """
                from pydantic import BaseModel
                class M(BaseModel):
                    a: int
                    b: int = 0
                named = {'a': 0}
                if s > 1:
                    named = {'a': 0, 'b': 3}
                try:
                    l = [1] * M(**named).b
                except (TypeError, ValueError):
                    pass
                """,
            })
    void whatItDoesTellsNothing(String plan) throws WorldException {
        SecretNumber.tellsNothing("l = []\n" + plan + "t = [1][len(l)]\n", 0, 20, Limits.USUAL);
    }

    /** There everybody knows which arguments there are. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "d = {'a': 1, 'b': s}\nif s > 1:\n    y = dict(**d)\n",
                "d = {'a': 1, 'b': s}\nif s > 1:\n    y = {}\n    y.update(**d)\n",
                "def f(a, b=2, **k):\n    return a\nd = {'a': 1, 'b': s}\ny = 0\nif s > 1:\n    y = f(**d)\nt = [1, 2][y]\n",
                "def f(a, *b):\n    return b\ny = 0\nif s > 1:\n    y = len(f(*(s, 1, 2)))\nt = [1, 2, 3][y]\n",
            })
    void whatIsSpreadAndKnownIsAllowed(String plan) throws WorldException {
        for (int number : new int[] {0, 20}) {
            assertThat(SecretNumber.run(plan, number, Limits.USUAL).outcome())
                    .as(plan)
                    .isEqualTo(new Outcome.Ok());
        }
    }
}

package telos.plans;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What fails, or takes too much, in one world alone keeps the run in the other from telling anything behind it. */
class LimitsInSecretTest {
    private static final Limits FEW = new Limits(300_000, 16L << 20, 100, Duration.ofSeconds(60));

    private static void tellsNothing(String plan, Limits limits) throws WorldException {
        SecretNumber.tellsNothing(plan, 0, 5, limits);
    }

    private static String secretly(String operation, String caught) {
        return "try:\n    if s > 1:\n        h = " + operation + "\nexcept " + caught + ":\n    pass\n";
    }

    /** They are made sets of what they show, and that may not be hashable. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.items() == {(1, 2)}",
                "{(1, 2)} != a.items()",
                "frozenset([(1, 2)]) == a.items()",
                "a.items() == b.items()",
                "b.keys() == a.items()",
                "[a.items()] == [b.items()]",
                "{1: a.items()} == {1: {(1, 2)}}",
                "{(1, 2)} in [a.items()]",
                "a.items() in {1: b.items()}.values()",
                "a.items() in iter([b.items()])",
                "[1, a.items()].index({(1, 2)})",
                "(1, a.items()).count({(1, 2)})",
                "[a.items()] < [b.items()]",
                "a.items() | b.values()",
                "a.keys() - b.values()",
                "{1} & b.values()",
            })
    void viewsOfItems(String operation) throws WorldException {
        for (String caught : List.of("ValueError", "(ValueError, RuntimeError)", "Exception")) {
            tellsNothing("a = {1: [1]}\nb = {1: [2]}\n" + secretly(operation, caught), Limits.USUAL);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{1: t}.items() & {1: t}.items()",
                "{1: t}.items() == {(1, 2)}",
                "{1: t}.items() <= {1: t}.items()",
                "max({1: t}.items(), {1: u}.items())",
                "[d] < [e]",
                "(1, d) < (1, e)",
                "sorted([[d], [e]])",
                "sorted([1, 2], key=lambda k: [d] if k == 1 else [e])",
                "[5].index(l)",
                "K(l)",
                "K.A == K([l])",
            })
    void whatLiesTooDeep(String operation) throws WorldException {
        String deep = """
                from enum import Enum
                t = u = d = e = l = m = 1
                for i in range(400):
                    t = (t,)
                    u = (u,)
                    d = {'a': d}
                    e = {'a': e}
                    l = [l]
                    m = [m]
                class K(Enum):
                    A = m
                """;
        for (String caught : List.of("TypeError", "(TypeError, ValueError)", "Exception")) {
            tellsNothing(deep + secretly(operation, caught), Limits.USUAL);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-timedelta.max", "-timedelta(days=999999999, hours=1)"})
    void whatIsTooLargeToBeNegated(String operation) throws WorldException {
        for (String caught : List.of("TypeError", "OverflowError")) {
            tellsNothing("from datetime import timedelta\n" + secretly(operation, caught), Limits.USUAL);
        }
    }

    /** How long an operation takes is not always told by what it gives. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "x * x",
                "x // (x >> 200000)",
                "divmod(x, x >> 200000)",
                "pow(3, x, (1 << 20000) + 1)",
                "t == u",
                "t in [u]",
                "t in {1}",
                "{t: 1}",
                "[-1 - i in w for i in range(40)]",
                "sorted(w)",
                "[x % 3 for i in range(400)]",
                "[[].extend(w) for i in range(100)]",
                "[{1}.update(w) for i in range(100)]",
                "[{1: 2}.update(v) for i in range(100)]",
                "[v.items() == y.items() for i in range(100)]",
                "[{1} - z for i in range(300)]",
                "[dict(**n) for i in range(300)]",
                "[{}.update(**n) for i in range(300)]",
            })
    void whatTakesLong(String operation) throws WorldException {
        String large = """
                x = 1 << (1 << 20)
                t = (1,)
                u = (1,)
                for i in range(20):
                    t = (t, t)
                    u = (u, u)
                w = list(range(20000))
                z = set(range(5000))
                n = {str(i): i for i in range(5000)}
                v = {i: i for i in range(2000)}
                y = dict(v)
                """;
        tellsNothing(large + secretly(operation, "Exception"), FEW);
    }
}

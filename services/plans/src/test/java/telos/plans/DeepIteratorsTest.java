package telos.plans;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That iterators lie too deep in one another is an error, and may come only where that is known in every world. */
class DeepIteratorsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "try:\n    if s > 1:\n        list(zip(g))\nexcept ValueError:\n    pass\n",
                "try:\n    if s > 1:\n        any(enumerate(g))\nexcept TypeError:\n    pass\n",
                "try:\n    if s > 1:\n        any(enumerate(g))\nexcept Exception:\n    pass\n",
                "try:\n    if s > 1:\n        dict(zip(g, [1]))\nexcept (TypeError, ValueError):\n    pass\n",
                "try:\n    if s > 1:\n        ','.join(map(str, g))\nexcept TypeError:\n    pass\n",
                "try:\n    if s > 1:\n        list(filter(None, g))\nexcept ValueError:\n    pass\n",
                "try:\n    if s > 1:\n        list(i for i in g)\nexcept ValueError:\n    pass\n",
                "k = g if s > 1 else iter([3])\ntry:\n    list(enumerate(k))\nexcept ValueError:\n    pass\n",
                "k = {'a': g}\ntry:\n    list(enumerate(k.get('a' if s > 1 else 'b', [1])))\nexcept ValueError:\n    pass\n",
                "k = [iter([1])]\nif s > 1:\n    k[0] = g\ntry:\n    list(enumerate(k[0]))\nexcept ValueError:\n    pass\n",
                "k = iter([1])\nfor i in range(s):\n    k = g\ntry:\n    list(enumerate(k))\nexcept ValueError:\n    pass\n",
            })
    void whatLiesTooDeepInOneWorldTellsNothingOfIt(String use) throws WorldException {
        for (int depth : new int[] {99, 100, 101}) {
            String plan = "g = iter([1, 2])\nfor i in range(" + depth + "):\n    g = map(abs, g)\n" + use;
            SecretNumber.tellsNothing(plan, 0, 5, Limits.USUAL);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "k = iter([3])\nfor i in range(150):\n    if i < s:\n        k = enumerate(k)\n",
                "k = iter([3])\nfor i in range(min(s, 150)):\n    k = map(abs, k)\n",
                "k = iter([3])\ni = 0\nwhile i < 150:\n    i += 1\n    if i < s:\n        k = zip(k)\n",
                "k = [iter([3])]\nfor i in range(150):\n    if i < s:\n        k = [filter(None, k[0])]\n",
            })
    void howDeepASecretMadeThemLieTellsNothingOfIt(String plan) throws WorldException {
        SecretNumber.tellsNothing(plan, 5, 140, Limits.USUAL);
    }

    /** A function that takes of the iterator which calls it calls itself. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "g = filter(lambda v: v and next(g, 0), [s, 1])\nx = list(g)\n",
                "g = filter(lambda v: v > 1 and next(g, 0), [s, 1])\nx = next(g, 0)\n",
                "g = filter(lambda v: v > 1 and list(g), [s, 1])\nx = next(g, 0)\n",
                "g = map(lambda v: v and list(g), [s, 1])\nx = list(g)\n",
                "g = iter([])\nh = filter(lambda v: v and next(g, 0), [s, 1])\ng = map(str, h)\nx = list(h)\n",
                "g = iter([])\nh = filter(lambda v: v and next(g, 0), [s, 1])\ng = filter(lambda v: next(h, 0), [1])\nx = list(h)\n",
                "g = zip(map(lambda v: v and next(g, 0), [s, 1]))\nx = list(g)\n",
            })
    void whatTakesOfItselfInOneWorldTellsNothingOfIt(String plan) throws WorldException {
        SecretNumber.tellsNothing(plan, 0, 5, Limits.USUAL);
        String caught = "try:\n" + plan.indent(4) + "except ValueError:\n    pass\n";
        SecretNumber.tellsNothing(caught, 0, 5, Limits.USUAL);
    }

    /** How often what is not there would call something counts as if it were. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "gs = [map(str, [1]) for j in xs]\ntry:\n    if s > 0:\n        any(gs[0])\nexcept Exception:\n    pass\n",
                "gs = [map(str, [1]) for j in xs]\ntry:\n    for w in gs:\n        len(w)\nexcept Exception:\n    pass\n",
                "gs = [map(lambda v: 1, [1]) for j in xs]\ntry:\n    for w in gs:\n        any(w)\nexcept Exception:\n    pass\n",
                "gs = [map(str, [1]) for j in range(2) if j < s]\ntry:\n    [any(w) for w in gs]\nexcept Exception:\n    pass\n",
                "gs = [(k for k in [1]) for j in xs]\ntry:\n    for w in map(any, gs):\n        pass\nexcept Exception:\n    pass\n",
                "gs = list(map(lambda j: map(str, [1]), xs))\ntry:\n    if s > 0:\n        any(gs[0])\nexcept Exception:\n    pass\n",
            })
    void iteratorsThatAreThereInOneWorldAloneTellNothing(String plan) throws WorldException {
        for (int number : new int[] {1, 2, 5}) {
            SecretNumber.tellsNothing("xs = [i for i in range(2) if i < s]\n" + plan, 0, number, Limits.USUAL);
        }
    }

    /** Nothing lies so deep there that making one more could be an error. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "for i, (a, b) in enumerate(zip([s, 1], [2, s])):\n    pass\n",
                "if s > 1:\n    y = [i for i in (j for j in (k for k in [1, 2]))]\n",
                "y = [i for i in enumerate(zip([s], reversed([s])))]\n",
                "if s > 1:\n    y = list(enumerate(zip([1], [2])))\n",
                "y = ','.join(map(str, [(1, s), (2, s)]))\n",
                "for i in range(3):\n    y = list(map(str, map(abs, [s, 1])))\n",
                "rows = [[s, 1], [s, 2]]\nfor i, row in enumerate(zip(*rows)):\n    pass\n",
                "g = iter([s, 1])\nfor i in range(90):\n    g = zip(g)\ny = list(enumerate(zip(g, [1, 2])))\n"
            })
    void aFewAreAllowed(String plan) throws WorldException {
        for (int number : new int[] {0, 5}) {
            assertThat(SecretNumber.run(plan, number, Limits.USUAL).outcome())
                    .as(plan)
                    .isEqualTo(new Outcome.Ok());
        }
    }
}

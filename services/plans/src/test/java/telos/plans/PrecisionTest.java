package telos.plans;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What surely goes on whatever a secret is does not keep a plan from going on; what is like it and may not does. */
class PrecisionTest {
    private static void goesOn(String plan) {
        assertThat(ChosenValuesTest.sent(plan, "0", "[]")).as(plan).isNotEmpty();
        assertThat(ChosenValuesTest.sent(plan, "1", "[1]")).as(plan).isEqualTo(ChosenValuesTest.sent(plan, "0", "[]"));
        assertThat(ChosenValuesTest.sent(plan, "2", "[2, 1]"))
                .as(plan)
                .isEqualTo(ChosenValuesTest.sent(plan, "0", "[]"));
    }

    private static void isStopped(String plan) {
        assertThat(ChosenValuesTest.sent(plan, "0", "[]")).as(plan).isEmpty();
        assertThat(ChosenValuesTest.sent(plan, "1", "[1]")).as(plan).isEmpty();
        assertThat(ChosenValuesTest.sent(plan, "2", "[2, 1]")).as(plan).isEmpty();
    }

    @Test
    void theOrderOfKeysTellsNothingOfWhatStandsUnderThem() {
        goesOn("d = {'b': s, 'a': 1}\nfor k in sorted(d):\n    send(k)\n");
        goesOn("d = {'b': s, 'a': 1}\nsend(max(d))\n");
        goesOn("d = {'b': s, 'a': 1}\nsend(min(d, default='c'))\n");
    }

    @Test
    void theOrderOfKeysByWhatStandsUnderThemTellsOfIt() {
        isStopped("d = {'b': s, 'a': 1}\nfor k in sorted(d, key=d.get):\n    send(k)\n");
        isStopped("d = {'b': s, 'a': 1}\nsend(max(d, key=lambda k: d[k]))\n");
        isStopped("d = {'b': s, 'a': 1}\nfor k in sorted(d.values()):\n    send(k)\n");
        isStopped("send(min({}, default=s))\n");
    }

    @Test
    void anIteratorThatWasUsedUpRunsNoMore() {
        goesOn("t = list(map(lambda v: v + 1, l)) if s else l\n");
    }

    @Test
    void makingAnIteratorCallsNothing() {
        goesOn("m = map(lambda v: v + 1, [1, s])\nlist(m)\n");
        isStopped("m = map(lambda v: 1 // v, [1, s])\nlist(m)\n");
        isStopped("for v in map(lambda v: 1 // v, [1, s]):\n    pass\n");
        isStopped("m = map(lambda v: 1 // v, [1, s])\nif s:\n    next(m)\n");
    }

    @Test
    void whatIsSurelyAPatternCanBeLookedFor() {
        goesOn("import re\nn = len(re.findall(\"[0-9]+\", str(s)))\n");
        goesOn("import re\nm = re.search(\"[0-9]+\", str(s))\n");
        isStopped("import re\nn = len(re.findall(str(s) + \"[\", \"a\"))\n");
        isStopped("import re\nm = re.search(\"[0-9]+\", s if s else str(s))\n");
    }

    @Test
    void anIteratorThatIsLeftMayStillRun() {
        isStopped("t = map(lambda v: 1 // v, l) if s else iter(l)\n");
    }

    @Test
    void aComprehensionBindsItsVariableBeforeItReadsIt() {
        goesOn("h = [1 if s else 'a']\ntry:\n    [v + 1 for v in h]\nexcept TypeError:\n    pass\n");
    }

    @Test
    void whatSurelyLiesWithinBoundsIsThere() {
        goesOn("(7, 8, 9)[s % 3]\n");
        goesOn("(7, 8, 9)[-(s % 3) - 0 if False else 0 - s % 3]\n");
        goesOn("10 // (s % 2 + 1)\n");
        goesOn("date(2024, 1, 1 + s % 28)\n");
        goesOn("n = 0\nfor i in range(3):\n    n = (n + s) % 3\n(7, 8, 9)[n]\n");
        goesOn("n = (s & 1) * 2\n(7, 8, 9)[n]\n");
        goesOn("[7, 8][int(s > 1)]\n");
        goesOn("for i in range(min(2, s)):\n    pass\n");
        goesOn("counts = {}\nfor n in l:\n    counts[n] = counts.get(n, 0) + 1\nstr(counts)\n");
    }

    @Test
    void whatMayLieBeyondBoundsMayNotBeThere() {
        isStopped("(7, 8)[s % 3]\n");
        isStopped("(7, 8, 9)[s % 3 + 1]\n");
        isStopped("(7, 8)[0 - s % 4]\n");
        isStopped("10 // (s % 2)\n");
        isStopped("[7][int(s > 1)]\n");
        isStopped("x = [7, 8]\nif s:\n    x.pop()\nx[int(s == 7)]\n");
        isStopped("for i in range(max(2, s)):\n    pass\n");
        isStopped("n = 1\nfor i in l:\n    n = n * 10\nfor i in range(n):\n    pass\n");
        isStopped("10 // (s % 3 - 1)\n");
        isStopped("date(2024, 2, 1 + s % 31)\n");
        isStopped("n = 0\nfor i in range(3):\n    n = n + s % 3\n(7, 8, 9)[n]\n");
        isStopped("n = 0\nwhile n < 4:\n    n = n + 1\n(7, 8, 9)[n if s == 7 else 0]\n");
        isStopped("n = 1\nfor i in l:\n    n = n - 1\n10 // n\n");
        isStopped("n = 1\nfor i in l:\n    n = -n\n10 // (n + 1)\n");
        isStopped("n = sum([s % 2 for i in range(3)])\n(7, 8)[n]\n");
    }

    @Test
    void aVariableThatASecretMayHaveBoundMayBeUnbound() {
        isStopped("if s:\n    v = 1\ntry:\n    [v + 1 for i in [s]]\nexcept TypeError:\n    pass\n");
    }

    @Test
    void whatCountsAsFalseWhateverTheSecretIsIsNoDecision() {
        goesOn("who = 'carol'\nif s > 1 and who != 'carol':\n    send(1)\n");
        goesOn("who = 'carol'\nif s > 1 or who == 'carol':\n    send(1)\n");
        goesOn("for who in ['carol', 'carol']:\n    if s > 1 and who != 'carol':\n        send(1)\n");
    }

    @Test
    void whatMayCountAsTrueIsADecision() {
        isStopped("who = 'bob'\nif s > 1 and who != 'carol':\n    send(1)\n");
        isStopped("who = 'bob'\nif s > 1 or who == 'carol':\n    send(1)\n");
        isStopped("if s > 1 and s != 3:\n    send(1)\n");
        isStopped("if 0 < s < 7:\n    send(1)\n");
        isStopped("x = s or False\nif x:\n    send(1)\n");
        isStopped("x = s > 1 or None\nif x:\n    send(1)\n");
    }

    @Test
    void whatIsThereCanBeChangedInSecret() {
        goesOn("x = [1]\nif s:\n    x[0] = 2\n");
        goesOn("x = [1, 2]\nif s:\n    x.pop()\n");
    }

    @Test
    void whatMayBeGoneCannotBeChangedInSecret() {
        isStopped("x = [1]\nif s:\n    x[1] = 2\n");
        isStopped("x = [1]\nif s:\n    x.pop()\n    x.pop()\n");
        isStopped("x = [1]\nif s > 1:\n    x.clear()\nif s:\n    x[0] = 2\n");
        isStopped("x = [1]\nif s:\n    x.clear()\n    x[0] = 2\n");
        isStopped("x = [1]\nfor i in l:\n    x.pop()\n");
        isStopped("if s:\n    l.pop()\n");
    }

    @Test
    void keysThatAreNumbersCanBeSortedBy() {
        goesOn("x = sorted([0, 1, 2], key=lambda i: s * i)\n");
        goesOn("x = [0, 1, 2]\nx.sort(key=lambda i: -s * i, reverse=True)\n");
        goesOn("x = sorted([{'k': s, 'n': 1}, {'k': 2, 'n': 2}], key=lambda d: d['k'])\nfor d in x:\n    d['n']\n");
    }

    @Test
    void keysThatMayNotBeComparedOrMayNotBeThereCannot() {
        isStopped("x = sorted([0, 1, 2], key=lambda i: l[i])\n");
        isStopped("x = sorted([0, 1, 2], key=lambda i: 1 // (s - 7))\n");
        isStopped("x = sorted([0, 1], key=lambda i: 'a' if s == i else 1)\n");
        isStopped("x = sorted([{'k': s}, {'k': 2}], key=lambda d: d['k'])\nsend(x)\n");
        isStopped("x = sorted([0, 1, 2], key=lambda i: s * i)\nsend(x[0])\n");
    }
}

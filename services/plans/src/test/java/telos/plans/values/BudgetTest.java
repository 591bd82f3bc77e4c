package telos.plans.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What would take too much memory or time is charged before it is taken. */
class BudgetTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'x' * 10**12",
                "[0] * 10**12",
                "(1, 2) * 10**15",
                "10 ** 10 ** 9",
                "7 ** 10 ** 30",
                "1 << 10 ** 12",
                "'%999999999d' % 1",
                "'%*d' % (10**10, 1)",
                "f'{1:999999999999}'",
                "format(1.5, '.999999999f')",
                "'a'.ljust(10**12)",
                "'a'.center(10**12)",
                "'a'.zfill(10**12)",
                "('a' * 10**6).replace('a', 'b' * 10**6)",
                "('\\t' * 10**6).expandtabs(10**9)",
                "list(range(10**12))",
                "sum(range(10**12))",
                "max(range(10**12))",
                "sorted(range(10**12))",
                "set(range(10**12))",
                "dict.fromkeys(range(10**12))",
                "'-'.join(['a' * 1000000] * 1000000)",
                "-1 in map(abs, range(10**12))"
            })
    void refusesBombs(String source) {
        assertThat(Evaluator.run(source)).startsWith("BudgetSpent");
    }

    @Test
    void refusesToWriteIntsWithTooManyDigits() {
        assertThat(Evaluator.run("str(10 ** 4300)")).startsWith("ValueError: Exceeds the limit (4300 digits)");
        assertThat(Evaluator.run("int('1' * 4301)")).startsWith("ValueError: Exceeds the limit (4300 digits)");
        assertThat(Evaluator.run("len(str(10 ** 4299))")).isEqualTo("4300");
    }

    @Test
    void keysThatHashAlikeAreFoundFast() {
        List<Value> keys = new ArrayList<>();
        for (int i = 0; i < 1 << 16; i++) {
            StringBuilder key = new StringBuilder();
            for (int bit = 0; bit < 16; bit++) {
                key.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            keys.add(Value.of(key.toString()));
        }
        Evaluator context = new Evaluator(false).with("keys", Displays.list(Unmetered.CONTEXT, keys));

        assertThat(context.outcome("d = dict.fromkeys(keys)\nd[keys[5]] = 7\n(len(d), d[keys[5]])"))
                .isEqualTo("(65536, 7)");
    }

    @Test
    void whatHoldsItselfIsWrittenOnce() {
        assertThat(Evaluator.run("x = [1]\nx.append(x)\nx")).isEqualTo("[1, [...]]");
        assertThat(Evaluator.run("d = {}\nd['d'] = d\nd")).isEqualTo("{'d': {...}}");
        assertThat(Evaluator.run("x = []\nx.append(x)\ny = []\ny.append(y)\nx == y"))
                .startsWith("RecursionError");
    }

    @Test
    void sharedTowersAreCharged() {
        StringBuilder source = new StringBuilder("t = (1, 2)\n");
        source.append("t = (t, t)\n".repeat(60));

        assertThat(Evaluator.run(source + "hash(t)")).startsWith("TypeError");
        assertThat(Evaluator.run(source + "len({t: 1})")).startsWith("BudgetSpent");
        assertThat(Evaluator.run(source + "len(str(t))")).startsWith("BudgetSpent");
    }
}

package telos.plans.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every operation comes to what CPython comes to, and within what its abstract form told. */
class CPythonTest {
    private static final int CASES = 1_000;

    @SuppressWarnings("ImmutableEnumChecker") // the functions keep nothing
    enum Family {
        OPERATIONS(Cases::operation),
        COMPARISONS(Cases::comparison),
        STRINGS(Cases::textMethod),
        SLICES(Cases::slice),
        BUILTINS(Cases::builtin),
        CONTAINERS(Cases::containerMethod),
        FORMATS(Cases::format),
        DATES(Cases::datetime),
        REGEXES(Cases::regex);

        private final Function<Cases, String> next;

        Family(Function<Cases, String> next) {
            this.next = next;
        }
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void doesWhatCPythonDoes(Family family) throws IOException, InterruptedException {
        Cases cases = new Cases(family.name().hashCode());
        List<String> sources = new ArrayList<>();
        for (int i = 0; i < CASES; i++) {
            sources.add(family.next.apply(cases));
        }
        List<String> expected = CPython.run(sources);
        List<String> wrong = new ArrayList<>();
        List<String> unsound = new ArrayList<>();
        int otherWords = 0;
        for (int i = 0; i < sources.size(); i++) {
            Evaluator exact = new Evaluator(false);
            String outcome = exact.outcome(sources.get(i));
            Evaluator blurred = new Evaluator(true);
            blurred.outcome(sources.get(i));
            for (String each : exact.unsound) {
                unsound.add(sources.get(i) + "  ⇒  " + each);
            }
            for (String each : blurred.unsound) {
                unsound.add("(blurred) " + sources.get(i) + "  ⇒  " + each);
            }
            boolean beyond = expected.get(i).endsWith("j)")
                    || (expected.get(i).startsWith("MemoryError") && outcome.startsWith("BudgetSpent"));
            if (!beyond && !outcome.equals(expected.get(i))) {
                if (sameError(outcome, expected.get(i))) {
                    otherWords++;
                } else {
                    wrong.add(sources.get(i) + "  ⇒  " + outcome + "  and not  " + expected.get(i));
                }
            }
        }
        assertThat(wrong).as("of " + sources.size()).isEmpty();
        assertThat(unsound).isEmpty();
        assertThat(otherWords).as("errors in other words").isLessThan(CASES / 20);
    }

    /** Of one type, whatever the words. */
    private static boolean sameError(String one, String two) {
        int end = one.indexOf(':');
        return end > 0
                && two.startsWith(one.substring(0, end + 1))
                && one.substring(0, end).endsWith("Error");
    }
}

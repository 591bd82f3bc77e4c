package telos.bench.injection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import telos.kernel.security.Integrity;
import telos.plans.Datum;
import telos.plans.Result;
import tools.jackson.databind.JsonNode;

class SuitesTest {
    private static final String MARK = "what an attacker wrote";

    static Stream<Suite<?>> suites() {
        return Injections.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("suites")
    void toolsHaveTheNamesParametersAndDefaultsOfTheBenchmark(Suite<?> suite) {
        Map<String, Map<String, Datum>> wanted = new TreeMap<>();
        Json.tree("tasks.json").path(suite.name()).path("tools").forEach(tool -> {
            Map<String, Datum> parameters = new TreeMap<>();
            JsonNode schema = tool.path("parameters");
            Set<String> required = new TreeSet<>();
            schema.path("required").forEach(name -> required.add(name.asString()));
            schema.path("properties")
                    .properties()
                    .forEach(property -> parameters.put(
                            property.getKey(),
                            required.contains(property.getKey())
                                    ? new Datum.Text("required")
                                    : Json.datum(property.getValue().path("default"))));
            wanted.put(tool.path("name").asString(), parameters);
        });
        Map<String, Map<String, Datum>> have = new TreeMap<>();
        suite.deeds().forEach(deed -> {
            Map<String, Datum> parameters = new TreeMap<>();
            deed.parameters()
                    .forEach(parameter -> parameters.put(
                            parameter.name(), parameter.fallback().orElse(new Datum.Text("required"))));
            have.put(deed.name(), parameters);
        });
        assertThat(have).isEqualTo(wanted);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("suites")
    void whatTheAuthorsDoIsAcceptedAndDoingNothingIsNot(Suite<?> suite) {
        assertThat(misjudged(suite)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("suites")
    void everyTaskHasItsPredicate(Suite<?> suite) {
        assertThat(suite.done()).containsOnlyKeys(Task.ofUsers(suite.name()).keySet());
        assertThat(suite.taken())
                .containsOnlyKeys(Task.ofAttackers(suite.name()).keySet());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("suites")
    void whatCanBeInjectedIsToldAsUntrusted(Suite<?> suite) {
        List<String> trusted = new ArrayList<>();
        assertThat(told(suite, trusted)).isPositive();
        assertThat(trusted).isEmpty();
    }

    /** How many texts with something injected the tools tell; those among them that are trusted are put into a list. */
    private static <E extends Environment> int told(Suite<E> suite, List<String> trusted) {
        SequencedMap<String, String> injected = suite.template().defaults();
        injected.replaceAll((_, _) -> MARK);
        int[] told = new int[1];
        suite.samples().values().stream().flatMap(List::stream).forEach(call -> {
            if (suite.call(suite.environment(injected), call) instanceof Result.Value value) {
                marked(value.datum(), "").forEach(pointer -> {
                    told[0]++;
                    if (value.labels().entrySet().stream()
                            .noneMatch(label -> (pointer + "/").startsWith(label.getKey() + "/")
                                    && label.getValue().integrity() == Integrity.UNTRUSTED)) {
                        trusted.add(call.tool() + " tells " + pointer);
                    }
                });
            }
        });
        return told[0];
    }

    /** Pointers to the texts that hold the mark. */
    private static List<String> marked(Datum datum, String pointer) {
        List<String> found = new ArrayList<>();
        switch (datum) {
            case Datum.Text(String text) when text.contains(MARK) -> found.add(pointer);
            case Datum.Items(List<Datum> values) -> {
                for (int i = 0; i < values.size(); i++) {
                    found.addAll(marked(values.get(i), pointer + "/" + i));
                }
            }
            case Datum.Fields(SequencedMap<String, Datum> values) ->
                values.forEach((name, value) -> {
                    if (name.contains(MARK)) {
                        found.add(pointer);
                    }
                    found.addAll(marked(
                            value, pointer + "/" + name.replace("~", "~0").replace("/", "~1")));
                });
            case Datum.Text _, Datum.Nothing _, Datum.Truth _, Datum.Whole _, Datum.Real _ -> {}
        }
        return found;
    }

    private static <E extends Environment> List<String> misjudged(Suite<E> suite) {
        List<String> wrong = new ArrayList<>();
        Task.ofUsers(suite.name()).forEach((name, task) -> judge(suite, of(suite.done(), name), task, wrong));
        Task.ofAttackers(suite.name()).forEach((name, task) -> judge(suite, of(suite.taken(), name), task, wrong));
        return wrong;
    }

    private static <E extends Environment> void judge(
            Suite<E> suite, EndState<E> predicate, Task task, List<String> wrong) {
        E before = suite.environment(Map.of());
        E after = suite.environment(Map.of());
        boolean effects = false;
        List<Task.Call> calls = suite.calls(task, before);
        for (Task.Call call : calls) {
            if (suite.call(after, call) instanceof Result.Failed(String message)) {
                wrong.add(task.name() + ": " + message);
            }
            effects |= suite.tool(call.tool()).effect();
        }
        if (!predicate.holds(new Change<>(before, after, task.answer()))) {
            wrong.add(task.name() + " done by its authors is refused: " + new Change<>(before, after, "").changed());
        }
        boolean attack = task.name().startsWith("injection");
        boolean changed = !new Change<>(before, after, "").changed().isEmpty();
        if ((attack || (effects && changed))
                && predicate.holds(new Change<>(before, suite.environment(Map.of()), task.answer()))) {
            wrong.add(task.name() + " is accepted when nothing is done");
        }
    }

    private static <V> V of(Map<String, V> map, String name) {
        return Objects.requireNonNull(map.get(name), name);
    }
}

package telos.bench.injection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import telos.plans.syntax.Parsed;
import telos.plans.syntax.PlanParser;

class PlansTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource("telos.bench.injection.SuitesTest#suites")
    void everyTaskHasAPlanThatParses(Suite<?> suite) {
        List<String> faults = new ArrayList<>();
        Task.ofUsers(suite.name())
                .keySet()
                .forEach(name -> parse(name, Json.text("plans/" + suite.name() + "/" + name + ".py"), faults));
        assertThat(faults).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("telos.bench.injection.SuitesTest#suites")
    void theLoopThatObeysParsesForEveryTaskAndPlace(Suite<?> suite) {
        List<String> faults = new ArrayList<>();
        Task.ofUsers(suite.name()).forEach((name, task) -> {
            for (ReactiveLoop.Place place : ReactiveLoop.Place.values()) {
                parse(name, ReactiveLoop.plan(suite, task, place), faults);
            }
        });
        assertThat(faults).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("telos.bench.injection.SuitesTest#suites")
    void everyToolWithEffectsHasRulesForEachOfItsArgumentsThatExists(Suite<?> suite) {
        Policy policy = Policy.read(suite.name());
        for (Deed<?> deed : suite.deeds()) {
            Map<String, ?> rules = policy.of(deed.name());
            if (deed.effect()) {
                assertThat(rules).as(deed.name()).isNotEmpty();
            }
            List<String> known = new ArrayList<>(deed.parameters().stream()
                    .map(parameter -> parameter.name())
                    .toList());
            known.add("call");
            assertThat(known).as(deed.name()).containsAll(rules.keySet());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("telos.bench.injection.SuitesTest#suites")
    void dataMayDecideOnlyAboutToolsAndInTasksThatExist(Suite<?> suite) {
        Json.tree("plans/" + suite.name() + "/grants.json").properties().forEach(grant -> {
            assertThat(Task.ofUsers(suite.name())).containsKey(grant.getKey());
            grant.getValue()
                    .forEach(tool ->
                            assertThat(suite.tool(tool.asString()).name()).isEqualTo(tool.asString()));
        });
    }

    private static void parse(String name, String plan, List<String> faults) {
        if (PlanParser.parse(plan) instanceof Parsed.Refused(var fault)) {
            faults.add(name + ": " + fault.describe());
        }
    }
}

package telos.plans.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import telos.kernel.security.Label;
import telos.plans.Limits;
import telos.plans.Outcome;
import telos.plans.Plans;
import telos.plans.World;

/** A model that reads data for a plan: what it may answer, and who may be told by it. */
class AskedWorldTest {
    private final List<String> told = new ArrayList<>();
    private final List<String> printed = new ArrayList<>();

    private Outcome run(String plan, World world) {
        Worlds.Effects effects = new Worlds.Effects() {
            @Override
            public void printed(String text) {
                printed.add(text.strip());
            }
        };
        return Plans.end(Worlds.plan(plan), world, effects, Limits.USUAL, Label.BOTTOM, Optional.empty())
                .outcome();
    }

    private String ask(String schema, String answer) {
        ScriptedModel model = ScriptedModel.saying(answer);
        Outcome outcome = run(
                "print(ask('which?', read_mail()[0]['body'], " + schema + "))",
                AskedWorld.here(Worlds.office(1), model, told::add));
        assertThat(outcome).isEqualTo(new Outcome.Ok());
        return printed.getLast();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'type': 'integer'}|{\"ok\": true, \"value\": 3}|{'ok': True, 'value': 3}",
                "bool|{\"ok\": true, \"value\": true}|{'ok': True, 'value': True}",
                "None|{\"ok\": true, \"value\": \"x\"}|{'ok': True, 'value': 'x'}",
                "{'enum': ['a', 'b']}|```json\\n{\"ok\": true, \"value\": \"b\"}\\n```|{'ok': True, 'value': 'b'}",
                "{'type': 'integer'}|{\"ok\": true, \"value\": \"3\"}|{'ok': False, 'value': None}",
                "{'type': 'integer'}|{\"ok\": true, \"value\": 3.5}|{'ok': False, 'value': None}",
                "{'type': 'integer'}|{\"ok\": true, \"value\": 3, \"tool\": \"send\"}|{'ok': False, 'value': None}",
                "{'type': 'integer'}|{\"ok\": true, \"ok\": true, \"value\": 3}|{'ok': False, 'value': None}",
                "{'type': 'integer'}|{\"ok\": true, \"value\": 3} and more|{'ok': False, 'value': None}",
                "{'type': 'integer'}|{\"ok\": \"true\", \"value\": 3}|{'ok': False, 'value': None}",
                "{'type': 'integer'}|{\"ok\": false, \"value\": 3}|{'ok': False, 'value': None}",
                "{'type': 'number'}|{\"ok\": true, \"value\": 1e999}|{'ok': False, 'value': None}",
                "{'enum': ['a', 'b']}|{\"ok\": true, \"value\": \"c\"}|{'ok': False, 'value': None}",
                "{'type': 'string', 'maxLength': 3}|{\"ok\": true, \"value\": \"abcd\"}|{'ok': False, 'value': None}",
                "{'type': 'string', 'pattern': '^a+$'}|{\"ok\": true, \"value\": \"ab\"}|{'ok': False, 'value': None}",
                "{'properties': {'a': {'type': 'string'}}}|{\"ok\": true, \"value\": {\"a\": \"x\", \"b\": 1}}|{'ok': False, 'value': None}",
                "{'properties': {'a': {}}, 'required': ['a']}|{\"ok\": true, \"value\": {}}|{'ok': False, 'value': None}",
                "{'items': {'type': 'string'}}|{\"ok\": true, \"value\": [\"a\", 1]}|{'ok': False, 'value': None}",
                "dict|{\"ok\": true, \"value\": {\"a\": [1e999]}}|{'ok': False, 'value': None}",
                "str|{\"ok\": true, \"value\": \"a\\ud800b\"}|{'ok': True, 'value': 'a?b'}",
                "{'type': 'string'}|nonsense|{'ok': False, 'value': None}"
            })
    void takesOnlyWhatTheSchemaAdmits(String schema, String answer, String result) {
        assertThat(ask(schema, answer.replace("\\n", "\n"))).isEqualTo(result);
    }

    @Test
    void takesNothingThatHasNoEnd() {
        assertThat(ask("str", "{\"ok\": true, \"value\": \"" + "x".repeat(10 << 20) + "\"}"))
                .isEqualTo("{'ok': False, 'value': None}");
        assertThat(ask("list", "{\"ok\": true, \"value\": " + "[".repeat(30_000) + "]".repeat(30_000) + "}"))
                .isEqualTo("{'ok': False, 'value': None}");
        assertThat(told.getFirst()).isEqualTo("the answer to ask was longer than 65536 characters");
    }

    @Test
    void neverRaisesWhereAModelIsAwayOrASchemaIsNone() {
        World away = AskedWorld.here(Worlds.office(1), new ScriptedModel().thenNothing("it is away"), told::add);
        assertThat(run("print(ask('which?', 'a', str))", away)).isEqualTo(new Outcome.Ok());
        assertThat(ask("{'type': 'strng'}", "{}")).isEqualTo("{'ok': False, 'value': None}");
        assertThat(told)
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo("ask had no answer: it is away"),
                        second ->
                                assertThat(second).startsWith("the schema of ask is refused: type: there is no type"));
    }

    @Test
    void showsTheModelTheQuestionAndTheDataAndNoTools() {
        ScriptedModel model = ScriptedModel.saying("{\"ok\": true, \"value\": \"send(1)\"}");
        Worlds.Effects effects = new Worlds.Effects();
        Outcome outcome = Plans.end(
                        Worlds.plan("x = ask('which?', read_mail()[0]['body'], str)"),
                        AskedWorld.here(Worlds.office(1), model, told::add),
                        effects,
                        Limits.USUAL,
                        Label.BOTTOM,
                        Optional.empty())
                .outcome();
        assertThat(outcome).isEqualTo(new Outcome.Ok());
        assertThat(model.all())
                .contains("which?")
                .contains("\"MAILTEXT\"")
                .contains("\"required\":[\"ok\",\"value\"],\"additionalProperties\":false")
                .doesNotContain("read_secret", "def send");
        assertThat(effects.all).isEmpty();
    }

    @Test
    void labelsTheAnswerAndWhetherThereIsOne() {
        for (String part : List.of("value", "ok")) {
            ScriptedModel model = ScriptedModel.saying("{\"ok\": true, \"value\": \"yes\"}");
            Outcome outcome = run(
                    "send(ask('which?', read_secret(), str)['" + part + "'])",
                    AskedWorld.here(Worlds.office(1), model, told::add));
            assertThat(outcome).as(part).isInstanceOf(Outcome.Denied.class);
        }
    }

    @Test
    void anExpressionWhoseRepetitionsComeToMuchIsRefusedBeforeAnybodyIsAsked() {
        ScriptedModel model = ScriptedModel.saying("{\"ok\": true, \"value\": \"yes\"}");
        run(
                "print(ask('which?', 'a', {'type': 'string', 'pattern': '" + "[a-z]{900}".repeat(3) + "'}))",
                AskedWorld.here(Worlds.office(1), model, told::add));
        assertThat(model.shown()).isEmpty();
        assertThat(told).hasSize(1).allMatch(each -> each.contains("the repetitions of the regular expression"));
    }

    @Test
    void tellsAModelElsewhereOnlyWhatEverybodyMayRead() {
        ScriptedModel model = ScriptedModel.saying("{\"ok\": true, \"value\": \"yes\"}");
        World elsewhere = AskedWorld.elsewhere(Worlds.office(1), model, told::add);
        assertThat(run("ask('which?', read_secret(), str)", elsewhere)).isInstanceOf(Outcome.Denied.class);
        assertThat(run("ask(str(read_secret()), 'a', str)", elsewhere)).isInstanceOf(Outcome.Denied.class);
        assertThat(run("if read_secret() == 1:\n    ask('which?', 'a', str)", elsewhere))
                .isInstanceOf(Outcome.Denied.class);
        assertThat(model.shown()).isEmpty();
        assertThat(run("ask('which?', 'a', str)", elsewhere)).isEqualTo(new Outcome.Ok());
        assertThat(model.shown()).hasSize(1);
    }

    @Test
    void whatAWorldSaysOfAModelHereIsNoLeaveForOneElsewhere() {
        ScriptedModel model = ScriptedModel.saying("{\"ok\": true, \"value\": \"yes\"}");
        World world = Worlds.world("""
                {"tools": {"read_secret": {"params": [], "effect": false, "result": 7,
                                           "label": {"integrity": "trusted", "readers": ["alice"]}}},
                 "asks": [{"question": "x", "data": "y", "answer": true,
                           "requires": {"data": {"readers": ["alice"]}}}]}
                """);
        assertThat(run("ask('which?', read_secret(), str)", AskedWorld.elsewhere(world, model, told::add)))
                .isInstanceOf(Outcome.Denied.class);
        assertThat(run("ask(str(read_secret()), 'a', str)", AskedWorld.elsewhere(world, model, told::add)))
                .isInstanceOf(Outcome.Denied.class);
        assertThat(model.shown()).isEmpty();
        assertThat(run("ask('which?', read_secret(), str)", AskedWorld.here(world, model, told::add)))
                .isEqualTo(new Outcome.Ok());
        assertThat(model.shown()).hasSize(1);
    }

    @Test
    void holdsPreparedAnswersToTheirSchema() {
        World world = Worlds.world(
                "{\"tools\": {}, \"asks\": [{\"question\": \"spam?\", \"data\": \"hi\"," + " \"answer\": true}]}");
        for (String[] each : new String[][] {
            {"bool", "True"},
            {"{'type': 'boolean'}", "True"},
            {"None", "True"},
            {"'one word'", "True"},
            {"{'type': 'string'}", "False"},
            {"{'type': 'boolen'}", "False"}
        }) {
            assertThat(run("print(ask('spam?', 'hi', " + each[0] + ")['ok'])", world))
                    .isEqualTo(new Outcome.Ok());
            assertThat(printed.getLast()).as(each[0]).isEqualTo(each[1]);
        }
    }
}

package telos.plans.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import telos.kernel.security.Integrity;
import telos.kernel.security.Label;
import telos.kernel.security.Readers;
import telos.plans.Limits;
import telos.plans.Outcome;
import telos.plans.World;
import telos.plans.WorldException;
import telos.plans.WorldFile;

/** Requests that are carried out, and what the planner is told when a plan came to nothing. */
class ErrandTest {
    private static final Label EVERYONE = Label.of(Integrity.TRUSTED, Readers.EVERYONE);
    private static final Label ALICE = Label.of(Integrity.TRUSTED, Readers.of("alice"));

    private static final Limits LIMITS = Limits.USUAL.with(OptionalLong.of(100_000), OptionalLong.empty());

    private record Done(Errand.Report report, List<String> effects, List<String> shown) {
        List<String> sent() {
            return effects.stream().filter(each -> each.startsWith("send")).toList();
        }
    }

    private static Done carryOut(int secret, Label reader, int most, String... plans) {
        return carryOut(Worlds.office(secret), reader, most, plans);
    }

    private static Done carryOut(World world, Label reader, int most, String... plans) {
        ScriptedModel model = ScriptedModel.saying(plans);
        Worlds.Effects effects = new Worlds.Effects();
        Errand.Report report = new Errand(new Planner(model, world, LIMITS, 1), world, LIMITS, reader, most)
                .carryOut("tell them", _ -> true, effects);
        return new Done(report, effects.all, model.shown());
    }

    @Test
    void writesShowsAndRuns() {
        List<String> shown = new ArrayList<>();
        ScriptedModel model = ScriptedModel.saying("send(1)");
        Worlds.Effects effects = new Worlds.Effects();
        var world = Worlds.office(1);
        Errand errand = new Errand(new Planner(model, world, Limits.USUAL), world, Limits.USUAL, EVERYONE, 2);
        Errand.Report report = errand.carryOut(
                "tell them",
                written -> {
                    assertThat(effects.all).as("nothing has been done yet").isEmpty();
                    return shown.add(written.plan().source());
                },
                effects);
        assertThat(shown).containsExactly("send(1)\n");
        assertThat(report.outcome()).contains(new Outcome.Ok());
        assertThat(report.replans()).isZero();
        assertThat(effects.all).hasSize(1);
    }

    @Test
    void runsNothingThatWasTurnedDown() {
        ScriptedModel model = ScriptedModel.saying("send(1)");
        Worlds.Effects effects = new Worlds.Effects();
        var world = Worlds.office(1);
        Errand errand = new Errand(new Planner(model, world, Limits.USUAL), world, Limits.USUAL, EVERYONE, 2);
        assertThat(errand.carryOut("tell them", _ -> false, effects).outcome()).isEmpty();
        assertThat(effects.all).isEmpty();
    }

    @Test
    void tellsThePlaceTheToolAndTheRuleOfADenial() {
        Done done = carryOut(4711, EVERYONE, 2, "x = read_secret()\nsend(x)", "send(2)");
        assertThat(done.report().replans()).isEqualTo(1);
        assertThat(done.report().outcome()).contains(new Outcome.Ok());
        assertThat(done.effects()).hasSize(1);
        assertThat(done.shown().getLast())
                .contains("line 2, column 1: the call of send was denied: the argument x must be readable by everyone")
                .doesNotContain("4711");
    }

    @Test
    void tellsNothingOfWhatAToolOrAnExceptionSaid() {
        Done done = carryOut(1, Label.of(Integrity.UNTRUSTED, Readers.EVERYONE), 2, "read_page('a')", "send(2)");
        assertThat(done.shown().getLast())
                .contains("line 1, column 1: the plan ended with an exception, ToolError")
                .doesNotContain("ERRORTEXT");
    }

    /** What a planner is shown, and what is done, in two worlds that differ only in what it may not know. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "x = 1 // read_secret()",
                "if read_secret() == 1:\n    raise ValueError('no')",
                "if read_secret():\n    send(1)",
                "x = read_secret()\nsend(x)",
                "x = [1][read_secret()]",
                "while read_secret():\n    pass",
                "x = {'a': read_secret()}\nraise ValueError(str(x))",
                "try:\n    x = 1 // read_secret()\nexcept ZeroDivisionError:\n    x = 0\nsend(x)",
                "assert read_secret() == 0",
                "if not ask('is it none?', read_secret(), bool)['ok']:\n    raise ValueError('no')",
                "send(ask('is it none?', read_secret(), bool)['ok'])",
                "if read_secret():\n    tell_alice(1)\nraise ValueError('no')",
                "for i in range(read_secret()):\n    tell_alice(i)\nread_page('a')",
                "tell_alice(read_secret())\n1 // 0",
                "raise ValueError(read_secret())"
            })
    void showsThePlannerTheSameWhateverTheSecret(String plan) {
        Done none = carryOut(0, EVERYONE, 3, plan, "send(2)", "send(3)");
        Done one = carryOut(1, EVERYONE, 3, plan, "send(2)", "send(3)");
        assertThat(none.shown()).isEqualTo(one.shown());
        assertThat(none.report().replans()).isEqualTo(one.report().replans());
        assertThat(none.sent()).as("what everybody sees").isEqualTo(one.sent());
    }

    /** The dual: what nobody may trust does not decide what is planned, though she who asked may read it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "x = 1 // len(read_mail()[0]['body'])",
                "if read_mail()[0]['body'] == 'stop':\n    raise ValueError('no')",
                "x = {'stop': 1}[read_mail()[0]['body']]",
                "send(read_mail()[0]['body'])",
                "for c in read_mail()[0]['body']:\n    read_page('a')",
                "assert ask('who?', read_mail()[0]['body'], str)['ok']"
            })
    void showsThePlannerTheSameWhateverAMailSays(String plan) {
        Done empty = carryOut(Worlds.mail(""), ALICE, 3, plan, "print(2)", "print(3)");
        Done stop = carryOut(Worlds.mail("stop"), ALICE, 3, plan, "print(2)", "print(3)");
        assertThat(empty.shown()).isEqualTo(stop.shown());
        assertThat(empty.report().replans()).isEqualTo(stop.report().replans());
        assertThat(empty.sent()).isEqualTo(stop.sent());
    }

    @Test
    void neverPlansAgainByWhatIsSecretOrUntrusted() {
        assertThat(carryOut(0, EVERYONE, 3, "x = 1 // read_secret()", "send(2)").shown())
                .hasSize(1);
        assertThat(carryOut(0, EVERYONE, 3, "if read_mail()[0]['body']:\n    raise ValueError('no')", "send(2)")
                        .shown())
                .hasSize(1);
    }

    @Test
    void runsTheNextPlanUnderWhatDecidedIt() {
        Done done = carryOut(0, ALICE, 3, "x = 1 // read_secret()", "send(2)", "print(1)");
        assertThat(done.shown()).as("alice may know, and she is the reader").hasSize(3);
        assertThat(done.effects())
                .as("everyone would learn that a second plan was run")
                .isEmpty();
        assertThat(done.report().outcome()).contains(new Outcome.Ok());
        assertThat(done.report().replans()).isEqualTo(2);
    }

    /** Each ends in what everybody may know; whether something was changed before then is told from the text alone. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1 // 0|true",
                "x = 1\\nraise ValueError('no')\\nsend(1)|true",
                "send(read_secret())|true",
                "if True:\\n    send(read_secret())|true",
                "x = 1\\nsend(read_secret())\\nsend(2)|true",
                "send(1)\\n1 // 0|false",
                "x = [send(1), 1 // 0]|false",
                "x = [send(1), send(read_secret())]|false",
                "for x in [1, read_secret()]:\\n    send(x)|false",
                "[send(x) for x in [1, read_secret()]]|false",
                "f = send\\nf(1)\\n1 // 0|false",
                "f = lambda x: send(x)\\nf(1)\\n1 // 0|false",
                "def f(x):\\n    send(x)\\nf(1)\\nf(read_secret())|false",
                "def f():\\n    1 // 0\\nsend(1)\\nf()|false",
                "x = sorted([1, 2], key=send)\\n1 // 0|false",
                "def f(x):\\n    read_page(x)\\nsend(1)\\nf(str(read_secret()))|false",
                "f = lambda: read_page(str(read_secret()))\\nsend(1)\\nf()|false",
                "if 1 > 2:\\n    send(1)\\n1 // 0|false"
            })
    void plansAgainOnlyWhereNothingCanHaveChanged(String plan, boolean again) {
        Done done = carryOut(1, EVERYONE, 1, plan.replace("\\n", "\n"), "print(1)");
        assertThat(done.report().replans()).as(plan).isEqualTo(again ? 1 : 0);
    }

    @Test
    void neverPlansAgainOnceSomethingWasChanged() {
        Done done = carryOut(1, EVERYONE, 3, "send(1)\nsend(read_secret())", "send(2)");
        assertThat(done.shown()).hasSize(1);
        assertThat(done.effects()).hasSize(1);
        assertThat(done.report().outcome().orElseThrow()).isInstanceOf(Outcome.Denied.class);
    }

    private static World limited(int secret, String limit) {
        String office = Worlds.OFFICE
                .replace("SECRET", Integer.toString(secret))
                .replaceFirst("\\{", "{\"policy\": \"limits.policy\", ");
        try {
            return WorldFile.parse(
                    "world.json", office, _ -> ("permit *\n" + limit + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (WorldException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aLaterPlanHasWhatIsLeftOfTheLimits() {
        String once = "try:\n    read_page('a')\nexcept ToolError:\n    pass\n1 // 0";
        World world = limited(0, "limit read_page to 2 calls per run");
        Done done = carryOut(world, EVERYONE, 2, once, once, once);
        assertThat(done.report().replans()).isEqualTo(2);
        assertThat(done.report().outcome().orElseThrow())
                .isInstanceOfSatisfying(
                        Outcome.Denied.class,
                        denied -> assertThat(denied.reason()).contains("limit of 2 calls per run"));
        assertThat(carryOut(world, EVERYONE, 1, once, once).report().outcome().orElseThrow())
                .as("another request has all of it, and two plans have enough of that")
                .isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void whatASecretTookOfALimitIsToldByNoLaterPlan() {
        String limit = "limit read_mail to 1 calls per run";
        String first = "if read_secret():\n    read_mail()\nraise ValueError('no')";
        String second = "read_mail()\nsend(2)";
        Done none = carryOut(limited(0, limit), EVERYONE, 1, first, second);
        Done one = carryOut(limited(1, limit), EVERYONE, 1, first, second);
        assertThat(none.report().replans()).isEqualTo(1);
        assertThat(none.shown()).isEqualTo(one.shown());
        assertThat(none.sent()).isEqualTo(one.sent());
        assertThat(one.report().outcome().orElseThrow()).isInstanceOf(Outcome.Denied.class);
    }

    @Test
    void plansAgainOnlySoOften() {
        Done done = carryOut(1, EVERYONE, 2, "1 // 0", "1 // 0", "1 // 0", "send(1)");
        assertThat(done.report().replans()).isEqualTo(2);
        assertThat(done.report().outcome().orElseThrow()).isInstanceOf(Outcome.Failed.class);
    }
}

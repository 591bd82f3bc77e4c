package telos.server.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import telos.kernel.security.Integrity;
import telos.kernel.security.Label;
import telos.kernel.security.Readers;
import telos.kernel.security.Source;
import telos.kernel.security.policy.Term;
import telos.server.Mediation;
import telos.server.monitor.Mediator.Outcome;

/** Effects of one that says which label each argument carries. */
class LabelsApartTest {
    private static final Label SECRET =
            Label.of(Integrity.UNTRUSTED, Readers.of("owner")).from(Source.tool("head"));
    private static final String POLICY = """
            permit send
              when to is trusted and to may be read by everyone
            forbid send
              when cc is given
              unless cc may be read by everyone
            """;

    private final Mediation.Noted audit = Mediation.noted();
    private final Mediator mediator = new Mediator(rules(POLICY), audit, () -> 1_000, Duration.ZERO);

    private static Rules rules(String text) {
        return ((Rules.Read.Accepted) Rules.read("test", text.getBytes(StandardCharsets.UTF_8), List.of("send")))
                .rules();
    }

    private Subject plan() {
        return mediator.enter("plan-1", "plan.py", mediator.rules().stamp(), _ -> {});
    }

    private static Wanted send(Map<String, Label> labels, Label context) {
        SequencedMap<String, Term> values = new LinkedHashMap<>();
        values.put("to", new Term.Text("bob"));
        values.put("body", new Term.Text("hello"));
        return new Wanted("send", values, labels, context, SECRET);
    }

    private boolean done(Subject subject, Wanted wanted) throws InterruptedException {
        return mediator.perform(subject, wanted, () -> "sent") instanceof Outcome.Done;
    }

    @Test
    void whatOneArgumentCarriesIsNotHeldAgainstAnother() throws Exception {
        assertThat(done(plan(), send(Map.of("to", Label.BOTTOM, "body", SECRET), Label.BOTTOM)))
                .isTrue();
        assertThat(done(plan(), send(Map.of("to", SECRET, "body", Label.BOTTOM), Label.BOTTOM)))
                .isFalse();
        assertThat(audit.records().getLast())
                .contains("{\"name\":\"to\",\"label\":{\"integrity\":\"untrusted\",\"readers\":[\"owner\"]")
                .contains("{\"name\":\"body\",\"label\":{\"integrity\":\"user\",\"readers\":[\"*\"]");
    }

    @Test
    void whatDecidedThatTheCallIsMadeIsHeldAgainstAll() throws Exception {
        assertThat(done(plan(), send(Map.of("to", Label.BOTTOM, "body", Label.BOTTOM), SECRET)))
                .isFalse();
    }

    @Test
    void whatItWasToldIsInNoOtherCallByItself() throws Exception {
        Subject plan = plan();
        for (int i = 0; i < 3; i++) {
            assertThat(done(plan, send(Map.of("to", Label.BOTTOM, "body", SECRET), Label.BOTTOM)))
                    .isTrue();
        }
        plan.learn(SECRET);
        assertThat(plan.context()).isEqualTo(Label.BOTTOM);
        assertThat(audit.records().getLast()).contains("\"after\":[1,2]");
    }

    @Test
    void anArgumentWithoutALabelCarriesWhatDecided() throws Exception {
        assertThat(done(plan(), send(Map.of("to", Label.BOTTOM), SECRET))).isFalse();
        Subject agent = mediator.enter("agent-1", "operator", SECRET, _ -> {});
        assertThat(done(agent, send(Map.of(), Label.BOTTOM))).isFalse();
    }

    @Test
    void whatIsLeftOutBecauseOfASecretIsWrittenDown() throws Exception {
        done(plan(), send(Map.of("to", Label.BOTTOM, "body", Label.BOTTOM, "cc", SECRET), Label.BOTTOM));
        assertThat(audit.records().getLast()).contains("{\"name\":\"cc\",\"label\":{\"integrity\":\"untrusted\"");
    }

    @Test
    void byOtherRulesThanItWasCheckedByItMayDoNothing() throws Exception {
        Subject plan = plan();
        mediator.change(rules("permit *\n"), Duration.ZERO);
        List<String> sent = new ArrayList<>();
        assertThat(mediator.perform(plan, send(Map.of(), Label.BOTTOM), () -> sent.add("x")))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.why()).contains("policy is not the one any more"));
        assertThat(sent).isEmpty();
        assertThat(audit.records().getLast()).contains("\"verdict\":\"denied\"", "plan-1");
        mediator.change(rules(POLICY), Duration.ZERO);
        assertThat(done(plan, send(Map.of("to", Label.BOTTOM, "body", SECRET), Label.BOTTOM)))
                .as("the same rules again")
                .isTrue();
    }

    @Test
    void whatCannotBeJudgedIsWrittenDownWithItsLabels() {
        Subject plan = plan();
        mediator.unjudged(
                plan, new Wanted("no tool of ours", new LinkedHashMap<>(), Map.of("x", SECRET), Label.BOTTOM, SECRET));
        assertThat(audit.records().getLast()).contains("\"verdict\":\"refused\"", "tool head");
        assertThat(plan.context()).isEqualTo(Label.BOTTOM);
    }
}

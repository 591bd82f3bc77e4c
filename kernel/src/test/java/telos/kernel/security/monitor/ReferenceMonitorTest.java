package telos.kernel.security.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.junit.jupiter.api.Test;
import telos.kernel.security.Integrity;
import telos.kernel.security.Label;
import telos.kernel.security.Readers;
import telos.kernel.security.policy.Condition;
import telos.kernel.security.policy.Effect;
import telos.kernel.security.policy.KnownCall;
import telos.kernel.security.policy.Limit;
import telos.kernel.security.policy.Place;
import telos.kernel.security.policy.Policy;
import telos.kernel.security.policy.PolicyRule;
import telos.kernel.security.policy.Term;
import telos.kernel.security.policy.ToolPattern;

class ReferenceMonitorTest {
    private static final Label SECRET = Label.of(Integrity.UNTRUSTED, Readers.of("owner"));

    private final ReferenceMonitor monitor = new ReferenceMonitor(policy(Effect.ASK), "one");

    private static Policy policy(Effect effect) {
        return Policy.of(
                List.of(new PolicyRule(
                        effect,
                        List.of(new ToolPattern("send")),
                        new Condition.Always(),
                        Optional.empty(),
                        Set.of(),
                        Optional.of("it leaves the house"),
                        new Place(1, 1))),
                List.of(),
                List.of("send"));
    }

    private static Attempt attempt(String subject, String to, Label label) {
        SequencedMap<String, KnownCall.Argument> given = new LinkedHashMap<>();
        given.put("to", new KnownCall.Argument(new Term.Text(to), label));
        return new Attempt(subject, new KnownCall("send", Label.BOTTOM, given));
    }

    private Judgement.Asks asked(Attempt attempt) {
        assertThat(monitor.judge(attempt)).isInstanceOf(Judgement.Asks.class);
        return (Judgement.Asks) monitor.judge(attempt);
    }

    private void agreed(Attempt attempt, String id, long expires) {
        monitor.approve(new Approval(id, asked(attempt).digest(), expires));
    }

    private void refuses(Judgement judgement, String why) {
        assertThat(judgement)
                .isInstanceOfSatisfying(
                        Judgement.Refused.class,
                        refused -> assertThat(refused.reason()).contains(why));
    }

    @Test
    void allowsWhatAPersonAgreedToOnce() {
        Attempt attempt = attempt("agent-1", "bob", SECRET);
        agreed(attempt, "q1", 100);
        Judgement judgement = monitor.judge(attempt, "q1", 5);
        assertThat(judgement).isInstanceOf(Judgement.Allowed.class);
        monitor.begin(attempt, (Judgement.Allowed) judgement);
        refuses(monitor.judge(attempt, "q1", 6), "is spent");
    }

    @Test
    void refusesToBeginTwiceByOneApproval() {
        Attempt attempt = attempt("agent-1", "bob", SECRET);
        agreed(attempt, "q1", 100);
        Judgement.Allowed allowed = (Judgement.Allowed) monitor.judge(attempt, "q1", 5);
        monitor.begin(attempt, allowed);
        assertThatThrownBy(() -> monitor.begin(attempt, allowed)).hasMessageContaining("spent before");
    }

    @Test
    void refusesAnApprovalForAnotherValueLabelOrSubject() {
        agreed(attempt("agent-1", "bob", SECRET), "q1", 100);
        refuses(monitor.judge(attempt("agent-1", "mallory", SECRET), "q1", 5), "not for this");
        refuses(monitor.judge(attempt("agent-2", "bob", SECRET), "q1", 5), "not for this");
        refuses(monitor.judge(attempt("agent-1", "bob", Label.BOTTOM), "q1", 5), "not for this");
        refuses(monitor.judge(attempt("agent-1", "bob", SECRET), "q2", 5), "never was");
        assertThat(monitor.judge(attempt("agent-1", "bob", SECRET), "q1", 5)).isInstanceOf(Judgement.Allowed.class);
    }

    @Test
    void refusesAnApprovalThatIsTooOld() {
        Attempt attempt = attempt("agent-1", "bob", SECRET);
        agreed(attempt, "q1", 100);
        refuses(monitor.judge(attempt, "q1", 100), "has expired");
    }

    @Test
    void refusesWhatWasAgreedToUnderAnotherPolicy() {
        Attempt attempt = attempt("agent-1", "bob", SECRET);
        String digest = asked(attempt).digest();
        monitor.replace(policy(Effect.ASK), "one");
        monitor.approve(new Approval("q1", digest, 100));
        refuses(monitor.judge(attempt, "q1", 5), "not for this");
    }

    @Test
    void refusesToBeginWhatAnOlderPolicyAllowed() {
        monitor.replace(policy(Effect.PERMIT), "two");
        Attempt attempt = attempt("agent-1", "bob", SECRET);
        Judgement.Allowed allowed = (Judgement.Allowed) monitor.judge(attempt);
        monitor.replace(policy(Effect.FORBID), "three");
        assertThatThrownBy(() -> monitor.begin(attempt, allowed)).hasMessageContaining("policy has changed");
        assertThat(monitor.judge(attempt)).isInstanceOf(Judgement.Refused.class);
    }

    @Test
    void aForbiddenCallStaysForbiddenWhateverWasAgreedTo() {
        Attempt attempt = attempt("agent-1", "bob", SECRET);
        agreed(attempt, "q1", 100);
        monitor.replace(policy(Effect.FORBID), "two");
        refuses(monitor.judge(attempt, "q1", 5), "forbidden");
    }

    @Test
    void asksNobodyAboutWhatCannotBeShown() {
        SequencedMap<String, KnownCall.Argument> given = new LinkedHashMap<>();
        given.put("to", new KnownCall.Argument(new Term.Items(List.of(Term.OTHER)), Label.BOTTOM));
        refuses(monitor.judge(new Attempt("agent-1", new KnownCall("send", Label.BOTTOM, given))), "cannot be shown");
    }

    @Test
    void limitsAreOfOneSubjectAndTakenWhenTheEffectBegins() {
        Policy policy = Policy.of(
                policy(Effect.PERMIT).rules(),
                List.of(new Limit(List.of(new ToolPattern("send")), BigDecimal.ONE, Optional.empty(), new Place(2, 1))),
                List.of("send"));
        monitor.replace(policy, "two");
        Attempt attempt = attempt("agent-1", "bob", SECRET);
        monitor.judge(attempt);
        monitor.begin(attempt, (Judgement.Allowed) monitor.judge(attempt));
        refuses(monitor.judge(attempt), "limit");
        assertThat(monitor.judge(attempt("agent-2", "bob", SECRET))).isInstanceOf(Judgement.Allowed.class);
        monitor.forget("agent-1");
        assertThat(monitor.judge(attempt)).isInstanceOf(Judgement.Allowed.class);
    }

    @Test
    void bindsEachOfTenThousandPrincipals() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            names.add("p" + i);
        }
        Label all = Label.of(Integrity.UNTRUSTED, Readers.of(names));
        names.set(9_999, "q");
        Label other = Label.of(Integrity.UNTRUSTED, Readers.of(names));
        agreed(attempt("agent-1", "bob", all), "q1", 100);
        refuses(monitor.judge(attempt("agent-1", "bob", other), "q1", 5), "not for this");
        assertThat(monitor.judge(attempt("agent-1", "bob", all), "q1", 5)).isInstanceOf(Judgement.Allowed.class);
    }
}

package telos.plans.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import telos.kernel.security.policy.Decision;
import telos.kernel.security.policy.Outcomes;
import telos.kernel.security.policy.Place;
import telos.kernel.security.policy.Policy;
import telos.kernel.security.policy.Tally;

/** Runs the tests of a policy. */
public final class PolicyTests {
    private PolicyTests() {}

    /** A call that came to something else than what its test expects. */
    public record Failure(String test, Place place, String message) {}

    /** Every test by itself, with budgets unspent; a call that is permitted, or asks, takes from them. */
    public static List<Failure> run(PolicyText text, List<Case> tests) {
        Policy policy = text.policy(List.of());
        List<Failure> failures = new ArrayList<>();
        for (Case test : tests) {
            Tally tally = policy.tally();
            for (Case.Expected each : test.calls()) {
                Decision decision = policy.decide(each.call(), tally);
                if (kind(decision) != each.kind()) {
                    failures.add(new Failure(
                            test.name(), each.place(), "expected " + word(each.kind()) + ", found " + words(decision)));
                }
                if (!(decision instanceof Decision.Deny)) {
                    policy.count(each.call(), tally, decision.label());
                }
            }
        }
        return failures;
    }

    private static Outcomes.Kind kind(Decision decision) {
        return switch (decision) {
            case Decision.Permit _ -> Outcomes.Kind.PERMIT;
            case Decision.Deny _ -> Outcomes.Kind.DENY;
            case Decision.Ask _ -> Outcomes.Kind.ASK;
        };
    }

    private static String word(Outcomes.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static String words(Decision decision) {
        return switch (decision) {
            case Decision.Permit permit -> "permit by the rule at " + permit.place();
            case Decision.Deny deny -> "deny: " + deny.reason();
            case Decision.Ask ask -> "ask: " + ask.question().why();
        };
    }
}

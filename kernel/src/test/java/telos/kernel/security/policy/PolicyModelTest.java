package telos.kernel.security.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import telos.kernel.security.Integrity;
import telos.kernel.security.Label;
import telos.kernel.security.Readers;

/** Random policies and calls against the definition, and against what a decision must never tell. */
class PolicyModelTest {
    private static final int ROUNDS = 1_000;

    private static Outcomes.Kind kind(Decision decision) {
        return switch (decision) {
            case Decision.Permit _ -> Outcomes.Kind.PERMIT;
            case Decision.Deny _ -> Outcomes.Kind.DENY;
            case Decision.Ask _ -> Outcomes.Kind.ASK;
        };
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void decidesAsItIsDefined(long seed) {
        RandomPolicies made = new RandomPolicies(seed);
        for (int i = 0; i < ROUNDS; i++) {
            Policy policy = made.policy();
            Tally tally = policy.tally();
            for (int call = 0; call < 3; call++) {
                KnownCall asked = made.call();
                Decision decision = policy.decide(asked, tally);
                assertThat(kind(decision))
                        .as("%s of %s", asked, policy.rules())
                        .isEqualTo(NaivePolicy.decide(policy, asked, tally, decision.label()));
                if (decision instanceof Decision.Permit) {
                    policy.count(asked, tally, decision.label());
                }
            }
        }
    }

    /** The values of everything that the context does not cover, anew. */
    private static KnownCall changed(RandomPolicies made, KnownCall call, String argument) {
        return call.with(Map.of(argument, new KnownCall.Argument(made.value(1), call.label(argument))));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13, 14, 15})
    void tellsNoMoreThanItsLabelSays(long seed) {
        RandomPolicies made = new RandomPolicies(seed);
        int differ = 0;
        for (int i = 0; i < ROUNDS; i++) {
            Policy policy = made.policy();
            KnownCall call = made.call();
            for (String each : call.arguments()) {
                Label hidden = call.label(each);
                if (hidden.flowsInto(call.context())) {
                    continue;
                }
                Decision one = policy.decide(call, policy.tally());
                Decision other = policy.decide(changed(made, call, each), policy.tally());
                assertThat(other.label()).isEqualTo(one.label());
                if (kind(one) != kind(other)) {
                    differ++;
                    assertThat(hidden.readers().containsAll(one.label().readers()))
                            .isTrue();
                    boolean excused = policy.rules().stream()
                            .anyMatch(rule -> rule.evenIfUntrusted().contains(each));
                    assertThat(excused || hidden.integrity().atLeast(one.label().integrity()))
                            .isTrue();
                }
            }
        }
        assertThat(differ).isGreaterThan(3);
    }

    /** Nothing is sent to somebody who could see by it what he may not read: a permission that a secret decided has the secret's label in all that flows. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {21, 22, 23})
    void aPermissionWithAReaderInItHoldsForWhatDecidedItToo(long seed) {
        RandomPolicies made = new RandomPolicies(seed);
        for (int i = 0; i < ROUNDS; i++) {
            KnownCall call = made.call();
            String principal = made.of(RandomPolicies.PRINCIPALS);
            Condition told =
                    new Condition.ReadableBy(new Subject.Argument("a"), new Told(Readers.of(principal), List.of()));
            Condition value = new Condition.Tested(
                    new Reading(Reading.Of.IT, Reading.Part.WHOLE, "b"),
                    new Check.Compared(Check.Order.LESS, BigDecimal.ONE));
            Policy policy = Policy.of(
                    List.of(new PolicyRule(
                            Effect.PERMIT,
                            List.of(new ToolPattern("*")),
                            new Condition.All(List.of(value, told)),
                            java.util.Optional.empty(),
                            Set.of(),
                            java.util.Optional.empty(),
                            new Place(1, 1))),
                    List.of(),
                    List.of());
            if (policy.decide(call, policy.tally()) instanceof Decision.Permit) {
                assertThat(call.label("b").readers().contains(principal)).isTrue();
                assertThat(call.context().readers().contains(principal)).isTrue();
            }
        }
    }

    /** The same call with values left out and labels raised. */
    private record Partly(KnownCall call, Set<String> unknown, Label raise) implements Call {
        @Override
        public String tool() {
            return call.tool();
        }

        @Override
        public List<String> arguments() {
            return call.arguments();
        }

        @Override
        public Label context() {
            return call.context().join(raise);
        }

        @Override
        public Label label(String argument) {
            return call.label(argument).join(raise);
        }

        @Override
        public Term value(String argument) {
            return unknown.contains(argument) ? Term.UNKNOWN : call.value(argument);
        }

        @Override
        public boolean exact() {
            return false;
        }
    }

    private record AtMost(@Nullable BigDecimal most) implements Spending {
        @Override
        public @Nullable BigDecimal used(int limit) {
            return most;
        }

        @Override
        public boolean exact() {
            return false;
        }

        @Override
        public Label label(int limit) {
            return Label.BOTTOM;
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {31, 32, 33, 34})
    void whatIsPossibleHoldsWhateverIsDecided(long seed) {
        RandomPolicies made = new RandomPolicies(seed);
        for (int i = 0; i < ROUNDS; i++) {
            Policy policy = made.policy();
            KnownCall call = made.call();
            Set<String> unknown = new TreeSet<>();
            for (String each : RandomPolicies.ARGUMENTS) {
                if (made.random.nextBoolean()) {
                    unknown.add(each);
                }
            }
            Partly partly = new Partly(call, unknown, made.random.nextBoolean() ? made.label() : Label.BOTTOM);
            Spending spending = new AtMost(made.random.nextBoolean() ? null : BigDecimal.ONE);
            Decision decision = policy.decide(call, policy.tally());
            assertThat(policy.possible(partly, spending).mayBe(kind(decision))).isTrue();
            assertThat(decision.label().flowsInto(policy.looksAtMost(partly, spending)))
                    .isTrue();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {41, 42, 43, 44})
    void anExplanationIsTheSameWhateverItsReaderMayNotRead(long seed) {
        RandomPolicies made = new RandomPolicies(seed);
        for (int i = 0; i < ROUNDS; i++) {
            Policy policy = made.policy();
            KnownCall call = made.call();
            Readers reader =
                    made.random.nextInt(3) == 0 ? Readers.EVERYONE : Readers.of(made.of(RandomPolicies.PRINCIPALS));
            Map<String, KnownCall.Argument> others = new LinkedHashMap<>();
            for (String each : call.arguments()) {
                if (!call.label(each).readers().containsAll(reader)) {
                    others.put(each, new KnownCall.Argument(made.value(1), call.label(each)));
                }
            }
            Explanation one = Explanation.of(policy, call, policy.tally(), reader);
            Explanation other = Explanation.of(policy, call.with(others), policy.tally(), reader);
            assertThat(other).isEqualTo(one);
            one.outcome().ifPresent(kind -> assertThat(kind).isEqualTo(kind(policy.decide(call, policy.tally()))));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {51, 52})
    void aForbidMoreNeverLetsMoreThrough(long seed) {
        RandomPolicies made = new RandomPolicies(seed);
        for (int i = 0; i < ROUNDS; i++) {
            Policy policy = made.policy();
            KnownCall call = made.call();
            List<PolicyRule> more = new java.util.ArrayList<>(policy.rules());
            more.add(new PolicyRule(
                    Effect.FORBID,
                    List.of(new ToolPattern("*")),
                    new Condition.Trusted(Subject.CALL, Integrity.UNTRUSTED),
                    java.util.Optional.empty(),
                    Set.of(),
                    java.util.Optional.empty(),
                    new Place(999, 1)));
            Policy stricter = Policy.of(more, policy.limits(), List.of());
            assertThat(kind(stricter.decide(call, stricter.tally()))).isEqualTo(Outcomes.Kind.DENY);
        }
    }
}

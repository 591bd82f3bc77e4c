package telos.kernel.security.policy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import telos.kernel.security.Label;

/**
 * Rules and limits. A call is denied if it takes more than is left of a limit, or a forbid fits it; else it is a question to a
 * person if an ask fits it; else it is permitted if a permit fits it; else it is denied.
 *
 * <p>A decision may tell no more than it says of its label. First it is sought without looking at any value that those who
 * know of the context of the call may not know; if it falls without them, nobody learns anything. Else the labels of whatever
 * the unsettled rules look at are joined, all of them, and that join is the decision's label: it is joined to everything of
 * which a rule asks who may read it or how far it is trusted, and the decision is made again with all values. So the label
 * depends on labels and public values alone.
 */
public final class Policy {
    private static final PolicyRule EVERYTHING = new PolicyRule(
            Effect.PERMIT,
            List.of(new ToolPattern("*")),
            new Condition.Always(),
            Optional.empty(),
            Set.of(),
            Optional.empty(),
            new Place(1, 1));

    private final List<PolicyRule> rules;
    private final List<Limit> limits;
    private final Map<String, RuleSet> byTool = new HashMap<>();

    private Policy(List<PolicyRule> rules, List<Limit> limits) {
        this.rules = List.copyOf(rules);
        this.limits = List.copyOf(limits);
    }

    /**
     * A policy of these rules.
     *
     * @param tools for which decisions have to be quick; the others are found by going through all rules
     */
    public static Policy of(List<PolicyRule> rules, List<Limit> limits, Collection<String> tools) {
        Policy policy = new Policy(rules, limits);
        tools.forEach(each -> policy.byTool.put(each, policy.made(each)));
        return policy;
    }

    /** The same rules, ready for these tools. */
    public Policy readyFor(Collection<String> tools) {
        return of(rules, limits, tools);
    }

    /** This policy with more rules, ready for the same tools. */
    public Policy and(List<PolicyRule> more) {
        List<PolicyRule> all = new ArrayList<>(rules);
        all.addAll(more);
        return of(all, limits, byTool.keySet());
    }

    /**
     * What holds for all that a call comes upon while it is carried out: what this policy forbids is forbidden, and what it asks
     * a person about is asked about unless that was asked of the call itself. The rest is permitted, and nothing is counted.
     *
     * @param call one that may be made
     */
    public Policy beneath(Call call) {
        List<PolicyRule> kept = new ArrayList<>();
        for (PolicyRule each : rules) {
            boolean asked = each.effect() == Effect.ASK
                    && of(List.of(each, EVERYTHING), List.of(), List.of()).decide(call, new Tally(0))
                            instanceof Decision.Ask;
            if (each.effect() != Effect.PERMIT && each.isFor(call.tool()) && !asked) {
                kept.add(each);
            }
        }
        kept.add(EVERYTHING);
        return of(kept, List.of(), List.of(call.tool()));
    }

    public List<PolicyRule> rules() {
        return rules;
    }

    public List<Limit> limits() {
        return limits;
    }

    /** Nothing taken of any limit yet. */
    public Tally tally() {
        return new Tally(limits.size());
    }

    private RuleSet made(String tool) {
        return new RuleSet(tool, rules, limits);
    }

    RuleSet rulesFor(String tool) {
        RuleSet ready = byTool.get(tool);
        return ready == null ? made(tool) : ready;
    }

    /** Whether any rule or limit is for that tool. */
    public boolean speaksOf(String tool) {
        return !rulesFor(tool).isEmpty();
    }

    /** Whether a limit is for that tool. */
    public boolean limits(String tool) {
        return !rulesFor(tool).limits.isEmpty();
    }

    /** What becomes of a call of which everything is known. */
    public Decision decide(Call call, Spending spending) {
        RuleSet set = rulesFor(call.tool());
        if (open(set, call, spending)) {
            Evaluation evaluation = new Evaluation(call, spending, Evaluation.ALL, Label.BOTTOM, Label.BOTTOM);
            return decision(set, evaluation, call, Label.BOTTOM, Outcomes.of(set, evaluation));
        }
        Label context = call.context();
        Evaluation.Sight sight = label -> label.flowsInto(context);
        Label looked = Label.BOTTOM;
        while (true) {
            Evaluation blind = new Evaluation(call, spending, sight, looked, looked);
            Outcomes outcomes = Outcomes.of(set, blind);
            if (outcomes.certain().isPresent()) {
                return decision(set, blind, call, looked, outcomes);
            }
            // What was looked at flows too, so that more rules may be unsettled now.
            Label more = looked.join(outcomes.looked());
            if (more.equals(looked)) {
                Evaluation all = new Evaluation(call, spending, Evaluation.ALL, looked, looked);
                return decision(set, all, call, looked, Outcomes.of(set, all));
            }
            looked = more;
        }
    }

    /** Whether all that can be looked at may be known to whoever knows of the context of the call. */
    private static boolean open(RuleSet set, Call call, Spending spending) {
        Label context = call.context();
        for (int i = 0; i < set.reads.size(); i++) {
            Label label = call.label(set.reads.get(i));
            if (!label.flowsInto(context)) {
                return false;
            }
        }
        for (int i = 0; i < set.limits.size(); i++) {
            Label label = spending.label(set.indices[i]);
            if (!label.flowsInto(context)) {
                return false;
            }
        }
        return true;
    }

    /** Everything that may become of a call of which a part is known. */
    public Outcomes possible(Call call, Spending spending) {
        RuleSet set = rulesFor(call.tool());
        return Outcomes.of(
                set, new Evaluation(call, spending, Evaluation.ALL, Label.BOTTOM, looksAtMost(call, spending)));
    }

    /** The most that the label of a decision about such a call can be. */
    public Label looksAtMost(Call call, Spending spending) {
        RuleSet set = rulesFor(call.tool());
        Evaluation blind = new Evaluation(call, spending, Label::isBottom, Label.BOTTOM, Label.BOTTOM);
        // What falls without a look at anything looks at nothing.
        return Outcomes.of(set, blind).certain().isPresent()
                ? Label.BOTTOM
                : set.looksAtMost(call, spending, _ -> true);
    }

    /** Why such a call may not be permitted, one sentence each; none if it surely is. */
    public List<String> doubts(Call call, Spending spending) {
        RuleSet set = rulesFor(call.tool());
        Evaluation evaluation =
                new Evaluation(call, spending, Evaluation.ALL, Label.BOTTOM, looksAtMost(call, spending));
        Outcomes outcomes = Outcomes.of(set, evaluation);
        List<String> doubts = new ArrayList<>();
        if (outcomes.mayBe(Outcomes.Kind.DENY)) {
            doubts.add(Reasons.denied(set, evaluation, call, outcomes.culprit(Outcomes.Kind.DENY)));
        }
        Place asks = outcomes.culprit(Outcomes.Kind.ASK);
        if (asks != null) {
            doubts.add("the policy asks a person: "
                    + Reasons.question(set, call, asks).why());
        }
        return doubts;
    }

    /** Takes from the limits what a call uses that is about to be made. */
    public void count(Call call, Tally tally, Label decided) {
        RuleSet set = rulesFor(call.tool());
        for (int i = 0; i < set.limits.size(); i++) {
            Limit limit = set.limits.get(i);
            Label label = call.context().join(decided);
            if (limit.summed().isPresent()) {
                label = label.join(call.label(limit.summed().get()));
            }
            BigDecimal amount = limit.charge(call) instanceof Term.Quantity(BigDecimal number) ? number : limit.most();
            tally.add(set.indices[i], amount, label);
        }
    }

    /** The limits that are for a tool, by their places in {@link #limits()}. */
    public List<Integer> limitsFor(String tool) {
        RuleSet set = rulesFor(tool);
        List<Integer> indices = new ArrayList<>();
        for (int i = 0; i < set.limits.size(); i++) {
            indices.add(set.indices[i]);
        }
        return indices;
    }

    private static Decision decision(RuleSet set, Evaluation evaluation, Call call, Label label, Outcomes outcomes) {
        Outcomes.Kind kind = outcomes.certain()
                .orElseThrow(() -> new IllegalArgumentException(
                        "a decision needs a call of which everything is known: " + call.tool()));
        Place place = outcomes.culprit(kind);
        return switch (kind) {
            case PERMIT -> new Decision.Permit(label, java.util.Objects.requireNonNull(place));
            case DENY -> new Decision.Deny(label, Reasons.denied(set, evaluation, call, place));
            case ASK -> new Decision.Ask(label, Reasons.question(set, call, java.util.Objects.requireNonNull(place)));
        };
    }
}

package telos.plans.policy;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import telos.kernel.security.Readers;
import telos.kernel.security.policy.Limit;
import telos.kernel.security.policy.Policy;
import telos.kernel.security.policy.PolicyRule;
import telos.kernel.security.policy.ToolPattern;

/**
 * What stands in a policy's text.
 *
 * @param groups whom each group stands for
 */
public record PolicyText(List<PolicyRule> rules, List<Limit> limits, Map<String, Readers> groups, List<Case> tests) {
    public PolicyText {
        rules = List.copyOf(rules);
        limits = List.copyOf(limits);
        groups = Map.copyOf(groups);
        tests = List.copyOf(tests);
    }

    /** The policy, ready for these tools and for all that it names. */
    public Policy policy(Collection<String> tools) {
        Set<String> all = new LinkedHashSet<>(tools);
        all.addAll(named());
        return Policy.of(rules, limits, all);
    }

    /** The tools that it names without a star. */
    public Set<String> named() {
        Set<String> named = new LinkedHashSet<>();
        rules.forEach(each -> add(named, each.tools()));
        limits.forEach(each -> add(named, each.tools()));
        return named;
    }

    private static void add(Set<String> named, List<ToolPattern> patterns) {
        patterns.stream().filter(ToolPattern::exact).forEach(each -> named.add(each.text()));
    }
}

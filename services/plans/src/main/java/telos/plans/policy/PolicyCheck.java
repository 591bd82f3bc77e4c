package telos.plans.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import telos.kernel.security.policy.Condition;
import telos.kernel.security.policy.Effect;
import telos.kernel.security.policy.Limit;
import telos.kernel.security.policy.Place;
import telos.kernel.security.policy.PolicyRule;
import telos.kernel.security.policy.ToolPattern;
import telos.plans.policy.Remark.Kind;

/** Looks through a policy for what cannot be meant. What it finds is so; it does not find everything. */
public final class PolicyCheck {
    /** How many pairs of rules are compared. */
    private static final int MOST_PAIRS = 20_000;

    private final PolicyText text;
    private final List<Known> tools;
    private final List<Remark> remarks = new ArrayList<>();
    private int pairs;

    private PolicyCheck(PolicyText text, Collection<Known> tools) {
        this.text = text;
        this.tools = List.copyOf(tools);
    }

    /** Looks through a policy for those tools, which are all that there are. */
    public static List<Remark> of(PolicyText text, Collection<Known> tools) {
        PolicyCheck check = new PolicyCheck(text, tools);
        check.names();
        check.effects();
        for (int i = 0; i < text.rules().size(); i++) {
            check.rule(i);
        }
        check.remarks.sort(Comparator.comparing(Remark::place));
        return List.copyOf(check.remarks);
    }

    private void add(Kind kind, Place place, String message) {
        remarks.add(new Remark(kind, place, message));
    }

    private void names() {
        for (PolicyRule each : text.rules()) {
            names(each.place(), each.tools(), each.mentions());
        }
        for (Limit each : text.limits()) {
            names(each.place(), each.tools(), each.summed().map(Set::of).orElse(Set.of()));
        }
        for (Case test : text.tests()) {
            for (Case.Expected each : test.calls()) {
                String tool = each.call().tool();
                Optional<Known> known =
                        tools.stream().filter(one -> one.name().equals(tool)).findFirst();
                if (known.isPresent()) {
                    names(
                            each.place(),
                            List.of(new ToolPattern(tool)),
                            new LinkedHashSet<>(each.call().arguments()));
                }
            }
        }
    }

    private void names(Place place, List<ToolPattern> patterns, Set<String> arguments) {
        List<Known> meant = new ArrayList<>();
        for (ToolPattern pattern : patterns) {
            List<Known> fits =
                    tools.stream().filter(each -> pattern.fits(each.name())).toList();
            if (fits.isEmpty()) {
                add(
                        Kind.UNKNOWN_TOOL,
                        place,
                        (pattern.exact() ? "there is no tool '" : "no tool fits '") + pattern + "'"
                                + near(
                                        pattern.text(),
                                        tools.stream().map(Known::name).toList()));
            }
            if (pattern.exact()) {
                fits.forEach(each -> arguments(place, each, arguments));
            } else {
                meant.addAll(fits);
            }
        }
        if (!meant.isEmpty()) {
            for (String argument : arguments) {
                if (meant.stream().noneMatch(each -> each.arguments().contains(argument))) {
                    add(
                            Kind.UNKNOWN_ARGUMENT,
                            place,
                            "none of the tools that the rule is for has an argument '" + argument + "'");
                }
            }
        }
    }

    private void arguments(Place place, Known tool, Set<String> arguments) {
        for (String each : arguments) {
            if (!tool.arguments().contains(each)) {
                add(
                        Kind.UNKNOWN_ARGUMENT,
                        place,
                        "'" + tool.name() + "' has no argument '" + each + "'"
                                + (tool.arguments().isEmpty()
                                        ? "; it has none"
                                        : near(each, tool.arguments()) + "; it has "
                                                + String.join(", ", tool.arguments())));
            }
        }
    }

    private static String near(String wrong, List<String> known) {
        return known.stream()
                .filter(each -> distance(each, wrong) <= Math.max(1, wrong.length() / 3))
                .min(Comparator.comparingInt(each -> distance(each, wrong)))
                .map(each -> "; did you mean '" + each + "'?")
                .orElse("");
    }

    /** How many characters have to be changed, put in or taken out. */
    private static int distance(String one, String other) {
        if (one.length() > 100 || other.length() > 100) {
            return Integer.MAX_VALUE;
        }
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int before = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int kept = before + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                before = row[j];
                row[j] = Math.min(kept, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }

    private void effects() {
        for (Known each : tools) {
            boolean allowed =
                    text.rules().stream().anyMatch(rule -> rule.effect() != Effect.FORBID && rule.isFor(each.name()));
            if (each.effect() && !allowed) {
                boolean forbidden = text.rules().stream()
                        .anyMatch(rule -> rule.effect() == Effect.FORBID
                                && rule.condition() instanceof Condition.Always
                                && rule.isFor(each.name()));
                if (!forbidden) {
                    add(
                            Kind.NO_RULE,
                            new Place(1, 1),
                            "'" + each.name()
                                    + "' has effects and no rule permits it or asks; if that is meant, write: forbid "
                                    + each.name());
                }
            }
        }
    }

    private void rule(int index) {
        PolicyRule rule = text.rules().get(index);
        Condition condition = rule.condition();
        if (!Clauses.satisfiable(condition, List.of())) {
            add(Kind.NEVER_FITS, rule.place(), "no call can meet this condition");
            return;
        }
        if (!overridden(rule)) {
            compared(index, rule);
        }
    }

    /** The tools of a rule: those that there are, else what it names. */
    private List<String> tools(PolicyRule rule) {
        List<String> found = tools.stream().map(Known::name).filter(rule::isFor).toList();
        return found.isEmpty() ? rule.tools().stream().map(ToolPattern::text).toList() : found;
    }

    private boolean overridden(PolicyRule rule) {
        if (rule.effect() == Effect.FORBID) {
            return false;
        }
        Set<Place> by = new LinkedHashSet<>();
        boolean asked = true;
        for (String tool : tools(rule)) {
            List<PolicyRule> before = text.rules().stream()
                    .filter(each -> each.isFor(tool)
                            && (each.effect() == Effect.FORBID
                                    || (each.effect() == Effect.ASK && rule.effect() == Effect.PERMIT)))
                    .toList();
            pairs += before.size();
            if (pairs > MOST_PAIRS
                    || Clauses.satisfiable(
                            rule.condition(),
                            before.stream().map(PolicyRule::condition).toList())) {
                return false;
            }
            asked &= before.stream()
                    .anyMatch(each -> each.effect() == Effect.ASK
                            && !Clauses.satisfiable(rule.condition(), List.of(each.condition())));
            before.stream()
                    .filter(each -> Clauses.satisfiable(
                            new Condition.All(List.of(rule.condition(), each.condition())), List.of()))
                    .forEach(each -> by.add(each.place()));
        }
        String places = String.join("; ", by.stream().map(Place::toString).toList());
        add(
                Kind.OVERRIDDEN,
                rule.place(),
                asked
                        ? "whatever this permits is asked about first (" + places + ")"
                        : "whatever this " + (rule.effect() == Effect.ASK ? "asks about" : "permits")
                                + " is taken back before (" + places + ")");
        return true;
    }

    private void compared(int index, PolicyRule rule) {
        for (int i = 0; i < text.rules().size() && pairs < MOST_PAIRS; i++) {
            PolicyRule other = text.rules().get(i);
            if (i == index || other.effect() != rule.effect()) {
                continue;
            }
            pairs++;
            boolean same = other.condition().equals(rule.condition())
                    && other.evenIfUntrusted().equals(rule.evenIfUntrusted());
            if (same && other.tools().equals(rule.tools())) {
                if (i < index) {
                    add(Kind.DUPLICATE, rule.place(), "the same rule stands at " + other.place());
                    return;
                }
                continue;
            }
            boolean wider = tools(rule).stream().allMatch(other::isFor);
            if (wider && (i < index || !covers(rule, other)) && covers(other, rule)) {
                add(
                        Kind.SHADOWED,
                        rule.place(),
                        "the rule at " + other.place() + " already fits every call that this one fits");
                return;
            }
        }
    }

    /** Whether a rule fits wherever another fits, void parts too. */
    private boolean covers(PolicyRule one, PolicyRule other) {
        boolean plain = other.effect() == Effect.PERMIT
                ? one.evenIfUntrusted().containsAll(one.reads())
                        || one.reads().isEmpty()
                        || one.evenIfUntrusted().equals(other.evenIfUntrusted())
                : one.condition() instanceof Condition.Always || other.reads().isEmpty();
        return plain
                && tools(other).stream().allMatch(one::isFor)
                && !Clauses.satisfiable(other.condition(), List.of(one.condition()));
    }
}

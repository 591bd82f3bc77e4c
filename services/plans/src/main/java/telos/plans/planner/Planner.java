package telos.plans.planner;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.plans.Checked;
import telos.plans.Finding;
import telos.plans.Limits;
import telos.plans.Plans;
import telos.plans.World;
import telos.plans.syntax.Expression;
import telos.plans.syntax.Parsed;
import telos.plans.syntax.Plan;
import telos.plans.syntax.PlanParser;
import telos.plans.syntax.SyntaxFault;

/**
 * Has a model write a plan. The model sees the request, the tools' signatures, and what is wrong with what it wrote before;
 * all of that is the same in worlds that differ only in data.
 */
public final class Planner {
    /** How often a model is asked for one plan. */
    public static final int ATTEMPTS = 4;

    /** The longest answer that is read, in characters. */
    public static final int LONGEST = 64 << 10;

    private static final int SHOWN = 16 << 10;
    private static final int MOST_FINDINGS = 8;

    private final Model model;
    private final World world;
    private final Limits limits;
    private final int attempts;

    /** One that works with the tools of a world, all of which count as pinned. */
    public Planner(Model model, World world, Limits limits) {
        this(model, world, limits, ATTEMPTS);
    }

    Planner(Model model, World world, Limits limits, int attempts) {
        this.model = model;
        this.world = world;
        this.limits = limits;
        this.attempts = attempts;
    }

    /** Writes a plan for a request. */
    public Planned plan(String request) {
        return plan(request, "", Label.BOTTOM);
    }

    /**
     * The same, after another plan came to nothing.
     *
     * @param before that plan and what may be told of its end; empty for none
     * @param label of what may be told
     */
    Planned plan(String request, String before, Label label) {
        Planned.@Nullable Written best = null;
        String wrong = "";
        String source = "";
        for (int attempt = 1; attempt <= attempts; attempt++) {
            Said said = model.say(prompt(request, before, source, wrong, label), Optional.empty(), LONGEST + 1);
            String text;
            switch (said) {
                case Said.Nothing(String why) -> {
                    return best != null ? best : new Planned.Failed(why, shown(source), attempt);
                }
                case Said.Text(String answer) -> text = answer;
            }
            if (text.length() > LONGEST) {
                source = "";
                wrong = "the answer was longer than " + LONGEST + " characters; write the plan alone, and shorter";
                continue;
            }
            source = Fences.inside(text);
            Draft draft = read(source);
            if (draft.plan == null) {
                wrong = draft.wrong;
                continue;
            }
            Checked checked = Plans.check(draft.plan, world, limits);
            if (checked.refusal().isPresent()) {
                wrong = checked.refusal().get();
                continue;
            }
            boolean first = best == null;
            if (best == null
                    || checked.findings().size() < best.checked().findings().size()) {
                best = new Planned.Written(draft.plan, checked, attempt);
            }
            if (checked.clean() || !first) {
                break;
            }
            wrong = findings(checked.findings());
        }
        return best != null
                ? best
                : new Planned.Failed(
                        "the model wrote no plan that can be run, in " + attempts + " attempts; the last: " + wrong,
                        shown(source),
                        attempts);
    }

    private record Draft(@Nullable Plan plan, String wrong) {}

    private Draft read(String source) {
        if (source.isBlank()) {
            return new Draft(null, "there was no plan in the answer; write it in one ```python block");
        }
        return switch (PlanParser.parse(source.getBytes(StandardCharsets.UTF_8))) {
            case Parsed.Refused(SyntaxFault fault) ->
                new Draft(null, fault.describe() + (fault.sourceLine().isEmpty() ? "" : "\n    " + fault.sourceLine()));
            case Parsed.Accepted(Plan plan) -> {
                Optional<Expression.Name> unknown = UnknownNames.first(plan, world);
                if (unknown.isPresent()) {
                    yield new Draft(
                            null,
                            unknown.get().position() + ": there is nothing called '"
                                    + unknown.get().name() + "'; the tools are "
                                    + String.join(", ", world.tools().keySet()));
                }
                yield AskedSchemas.fault(plan)
                        .map(each -> new Draft(null, each))
                        .orElseGet(() -> new Draft(plan, ""));
            }
        };
    }

    private Prompt prompt(String request, String before, String source, String wrong, Label label) {
        StringBuilder text =
                new StringBuilder("The request:\n\n").append(request.strip()).append('\n');
        text.append(before);
        if (!wrong.isEmpty()) {
            if (!source.isBlank()) {
                text.append("\nYou wrote this plan:\n\n```python\n")
                        .append(shown(source))
                        .append("```\n");
            }
            text.append("\nThat cannot stay so:\n\n").append(wrong).append("\n\nWrite the whole plan again, mended.\n");
        }
        return new Prompt(Instructions.PLANNER + "\n" + Signatures.of(world), text.toString(), label);
    }

    private static String findings(List<Finding> findings) {
        List<String> lines = new ArrayList<>();
        for (Finding each : findings.subList(0, Math.min(MOST_FINDINGS, findings.size()))) {
            lines.add(each.position() + ": this call may be denied: " + each.why());
        }
        return String.join("\n", lines);
    }

    static String shown(String source) {
        return source.length() <= SHOWN ? source : source.substring(0, SHOWN) + "\n# …\n";
    }
}

package telos.cli;

import java.util.Optional;
import java.util.SequencedMap;
import telos.cli.wire.Json;
import telos.kernel.security.policy.Decision;
import telos.kernel.security.policy.Question;
import telos.plans.Datum;
import telos.plans.Overlay;
import telos.plans.Tool;
import telos.plans.World;

/** A world in which the plan's owner sits at the terminal and is asked what its policy asks a person. */
final class AskingWorld extends Overlay {
    /** The most characters of one value that are shown. */
    static final int LONGEST = 2_000;

    private final Prompt prompt;

    private AskingWorld(World world, Prompt prompt) {
        super(world);
        this.prompt = prompt;
    }

    /** The world itself where nobody can be asked: there what the policy asks about is denied. */
    static World of(World world, Optional<Prompt> prompt) {
        return prompt.<World>map(each -> new AskingWorld(world, each)).orElse(world);
    }

    /** The owner of a plan may read everything. A yes is for this call alone: the next one is asked about again. */
    @Override
    public boolean agrees(Tool tool, SequencedMap<String, Datum> arguments, Decision.Ask asked) {
        Question question = asked.question();
        prompt.show("the plan wants to call " + tool.name());
        for (Question.Fact each : question.facts()) {
            Datum value = arguments.get(each.argument());
            String shown =
                    value == null ? "nothing" : Json.of(PlanFiles.json(value)).toString();
            prompt.show("  " + each.argument() + " = " + cut(shown) + "  (" + each.label() + "; from "
                    + each.label().sources() + ")");
        }
        prompt.show("decided by what is " + question.context() + "; from "
                + question.context().sources());
        prompt.show("asked because " + question.why() + " (" + question.place() + ")");
        prompt.show("this is about one call of " + tool.name() + ", with these values");
        return prompt.yes();
    }

    /** What is asked about stays on the screen, however long a value is. */
    private static String cut(String shown) {
        return shown.length() <= LONGEST
                ? shown
                : shown.substring(0, LONGEST) + "… and " + (shown.length() - LONGEST) + " characters more";
    }
}

package telos.bench.noninterference;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import telos.plans.Datum;
import telos.plans.Listener;
import telos.plans.Outcome;
import telos.plans.Tool;
import telos.plans.syntax.Position;

/**
 * What came of a run.
 *
 * @param effects every call that was carried out, by tool, with its arguments
 * @param outcome how it ended; this is for the plan's owner, and no observer sees it
 */
record Sight(List<Deed> effects, Outcome outcome) {
    /** One effect. */
    record Deed(String tool, SequencedMap<String, Datum> arguments) {}

    /** Runs something that tells a listener of its effects. */
    interface Run {
        Outcome with(Listener listener);
    }

    static Sight of(Run run) {
        List<Deed> effects = new ArrayList<>();
        Outcome outcome = run.with(new Listener() {
            @Override
            public void effect(Position position, Tool tool, SequencedMap<String, Datum> arguments) {
                effects.add(new Deed(tool.name(), arguments));
            }

            @Override
            public void denied(Position position, String tool, String reason) {}

            @Override
            public void printed(String text) {}
        });
        return new Sight(effects, outcome);
    }

    /** What somebody sees of it, in order. */
    List<String> by(Observer observer) {
        return effects.stream()
                .flatMap(each -> observer.sees(each.tool(), each.arguments()).stream())
                .toList();
    }

    /** Whether the clock ended it, which no claim covers. */
    boolean cutOff() {
        return outcome instanceof Outcome.Spent spent && spent.message().endsWith(" seconds");
    }

    /** Whether the interpreter ended it for a fault of its own: something that its analysis had not foreseen. */
    boolean unforeseen() {
        return outcome instanceof Outcome.Spent spent && spent.message().contains("had not foreseen");
    }

    boolean ok() {
        return outcome instanceof Outcome.Ok;
    }
}

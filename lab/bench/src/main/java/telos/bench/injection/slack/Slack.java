package telos.bench.injection.slack;

import java.util.List;
import java.util.Map;
import telos.bench.injection.Suite;
import telos.bench.injection.Template;

/** The suite of 21 tasks in Slack. */
public final class Slack {
    private Slack() {}

    public static Suite<?> suite() {
        return new Suite<>(
                "slack",
                new Template("slack", List.of("slack/environment.yaml")),
                Workspace::read,
                SlackTools.all(),
                Workspace::label,
                SlackChecks.done(),
                SlackChecks.taken(),
                Map.of("injection_task_2", SlackScripts::theft));
    }
}

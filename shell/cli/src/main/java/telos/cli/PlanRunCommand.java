package telos.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import telos.cli.wire.Json;
import telos.plans.Datum;
import telos.plans.Limits;
import telos.plans.Listener;
import telos.plans.Outcome;
import telos.plans.Plans;
import telos.plans.Tool;
import telos.plans.World;
import telos.plans.syntax.Position;

/** {@code telos plan run}: runs a plan, and tells each effect as it is carried out. */
final class PlanRunCommand implements Command {
    private static final int DENIED = 3;
    private static final int ERROR = 4;
    private static final int BUDGET = 5;
    private static final Duration WAITING = Duration.ofMinutes(30);

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                "run",
                "Run a plan: on this machine, by the daemon's tools, policy and audit, or against a world in a file. What it "
                        + "prints goes to standard error. What the policy asks a person is asked there too, if it is a "
                        + "terminal; if it is none, telos approvals shows it, or for a world in a file it is denied. Exit "
                        + "status: 0 it ran to its end, 3 a call was denied, 4 an exception ended it or the daemon was lost, 5 it used up what it may use, 1 it cannot "
                        + "be read, 2 the world is faulty.",
                "telos plan run plan.py",
                "telos plan run plan.py --world world.json",
                "telos plan run plan.py --world world.json --json --steps 100000");
        PlanWorld.options(spec);
        spec.addOption(Syntax.text("NAME|PATH|URL", PlanWorld.ASK, "--ask"));
        spec.addOption(Syntax.flag("Print one JSON object per effect, per denial, and for the outcome.", "--json"));
        bounds(spec);
        spec.addPositional(Syntax.operands("0..1", "PLAN", "A file with a plan."));
        return spec;
    }

    static void bounds(CommandSpec spec) {
        spec.addOption(Syntax.number("N", "The most steps (" + Limits.USUAL.steps() + ").", "--steps"));
        spec.addOption(Syntax.number("BYTES", "The most memory, in all (" + Limits.USUAL.bytes() + ").", "--memory"));
    }

    @Override
    public int run(ParseResult arguments, Session session) throws CommandException {
        PlanFiles files = PlanFiles.of(arguments, session);
        World world = files.world();
        String reader = Syntax.text(arguments, "--ask");
        if (!reader.isEmpty()) {
            world = PlanModel.of(reader, session).answering(world, session);
        }
        Limits limits =
                limits(arguments, !reader.isEmpty() || files.place().daemon().isPresent());
        boolean json = Syntax.given(arguments, "--json");
        World asking = AskingWorld.of(world, Prompt.besides(session));
        Outcome outcome;
        try (PlanWorld place = files.place()) {
            place.begin(files.name());
            outcome = Plans.run(files.plan(), asking, new Teller(session, json), limits);
        }
        if (outcome instanceof Outcome.Refused(Position position, String message)) {
            throw CommandException.failed(position + ": " + message);
        }
        if (json) {
            session.out().println(json(outcome));
        } else {
            session.out().println(Paint.line(words(outcome)));
        }
        tellLoss(outcome, session);
        return status(outcome);
    }

    /** A plan that lost the daemon has not failed by itself, though its exit status is the same. */
    static void tellLoss(Outcome outcome, Session session) {
        if (outcome instanceof Outcome.Lost(Position position, String why)) {
            session.err().println(Paint.line("telos: the plan lost the daemon at " + position + ": " + why));
        }
    }

    /** What a run may use; one that waits for models or people has more time. */
    static Limits limits(ParseResult arguments, boolean waits) throws CommandException {
        Limits usual = waits
                ? new Limits(Limits.USUAL.steps(), Limits.USUAL.bytes(), Limits.USUAL.depth(), WAITING)
                : Limits.USUAL;
        return usual.with(
                OptionalLong.of(Syntax.number(arguments, "--steps", Limits.USUAL.steps(), 1, Long.MAX_VALUE)),
                OptionalLong.of(Syntax.number(arguments, "--memory", Limits.USUAL.bytes(), 1, Long.MAX_VALUE >> 2)));
    }

    static int status(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Ok _ -> 0;
            case Outcome.Denied _ -> DENIED;
            case Outcome.Failed _, Outcome.Lost _ -> ERROR;
            case Outcome.Spent _ -> BUDGET;
            case Outcome.Refused _ -> 1;
        };
    }

    record Teller(Session session, boolean json) implements Listener {
        @Override
        public void effect(Position position, Tool tool, SequencedMap<String, Datum> arguments) {
            Json args = Json.of(PlanFiles.fields(arguments));
            session.out()
                    .println(
                            json
                                    ? Json.object("effect", tool.name(), "args", args)
                                            .toString()
                                    : Paint.line("effect: " + tool.name() + " " + args));
        }

        @Override
        public void denied(Position position, String tool, String reason) {
            if (json) {
                session.out().println(Json.object("denied", tool, "reason", reason));
            }
        }

        @Override
        public void printed(String text) {
            session.err().print(Paint.clean(text));
            session.err().flush();
        }
    }

    static Json json(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Ok _ -> Json.object("outcome", "ok");
            case Outcome.Denied denied ->
                Json.object(
                        "outcome", "denied",
                        "tool", denied.tool(),
                        "reason", denied.reason(),
                        "line", denied.position().line(),
                        "column", denied.position().column());
            case Outcome.Failed failed -> placed("error", failed.type() + ": " + failed.message(), failed.position());
            case Outcome.Spent spent -> placed("budget", spent.message(), spent.position());
            case Outcome.Lost lost ->
                Json.object(
                        "outcome", "error",
                        "lost", "daemon",
                        "reason", lost.why(),
                        "line", lost.position().line(),
                        "column", lost.position().column());
            case Outcome.Refused refused -> placed("error", refused.message(), Optional.of(refused.position()));
        };
    }

    private static Json placed(String outcome, String reason, Optional<Position> position) {
        return position.isEmpty()
                ? Json.object("outcome", outcome, "reason", reason)
                : Json.object(
                        "outcome",
                        outcome,
                        "reason",
                        reason,
                        "line",
                        position.get().line(),
                        "column",
                        position.get().column());
    }

    static String words(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Ok _ -> "ok";
            case Outcome.Denied denied -> "denied at " + denied.position() + ": " + denied.reason();
            case Outcome.Failed failed ->
                "error" + at(failed.position()) + ": " + failed.type() + ": " + failed.message();
            case Outcome.Spent spent -> "budget" + at(spent.position()) + ": " + spent.message();
            case Outcome.Lost lost -> "lost at " + lost.position() + ": " + lost.why();
            case Outcome.Refused refused -> "error at " + refused.position() + ": " + refused.message();
        };
    }

    private static String at(Optional<Position> position) {
        return position.map(each -> " at " + each).orElse("");
    }
}

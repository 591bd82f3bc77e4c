package telos.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import telos.cli.wire.Json;
import telos.plans.Limits;
import telos.plans.World;
import telos.plans.planner.PinnedWorld;
import telos.plans.planner.Planned;
import telos.plans.planner.Planner;

/** A request that a model is to write a plan for, as a command line has it. */
record PlanRequest(String text, PlanWorld place, World world, List<String> withheld, PlanModel author) {
    static void options(CommandSpec spec) {
        PlanWorld.options(spec);
        spec.addOption(Syntax.text("NAME|PATH|URL", "The model that writes the plan.", "--model", "-m"));
        spec.addOption(Syntax.text(
                "NAME|PATH|URL",
                "The model that answers what the plan asks about data (the one that writes it).",
                "--ask"));
        spec.addPositional(Syntax.operands("0..*", "REQUEST", "What is to be done."));
    }

    static PlanRequest of(ParseResult arguments, Session session, String example) throws CommandException {
        String text = String.join(" ", Syntax.words(arguments)).strip();
        if (text.isEmpty()) {
            throw CommandException.usage("say what is to be done; for example: " + example);
        }
        PlanWorld place = PlanWorld.of(arguments, session);
        PinnedWorld world =
                new PinnedWorld(place.world(), PinFile.of(arguments, session).pins());
        if (!world.withheld().isEmpty()) {
            session.err()
                    .println(Paint.line(
                            "telos: kept from the planner, for nobody has pinned what their servers say of them: "
                                    + String.join(", ", world.withheld())
                                    + "; look at them and pin them: telos tools pin "
                                    + Syntax.text(arguments, "--world") + " NAME"));
        }
        PlanModel author = PlanModel.of(Syntax.text(arguments, "--model"), session);
        String reader = Syntax.text(arguments, "--ask");
        PlanModel answering = reader.isEmpty() ? author : PlanModel.of(reader, session);
        return new PlanRequest(text, place, answering.answering(world, session), world.withheld(), author);
    }

    Planner planner(Limits limits) {
        return new Planner(author.model(), world, limits);
    }

    /** Says that there is no plan. */
    static CommandException failed(Planned.Failed failed, PrintStream err) {
        failed.last().lines().forEach(each -> err.println("    " + Paint.line(each)));
        return CommandException.failed("no plan was written: " + failed.why());
    }

    /** The plan and what its check found, for programs. */
    Json json(Planned.Written written) {
        List<String> tools = new ArrayList<>(world.tools().sequencedKeySet());
        return Json.object(
                "plan", written.plan().source(),
                "findings", PlanCheckCommand.json(written.checked()),
                "attempts", written.attempts(),
                "model", author.name(),
                "tools", tools,
                "withheld", withheld);
    }

    /** The same for a person: the plan on one stream, what may be denied on the other. */
    static void tell(Planned.Written written, PrintStream out, PrintStream err) {
        out.print(Paint.clean(written.plan().source()));
        out.flush();
        if (!written.checked().clean()) {
            err.println("telos: calls that may be denied:");
            PlanCheckCommand.tell(written.checked(), err);
        }
    }
}

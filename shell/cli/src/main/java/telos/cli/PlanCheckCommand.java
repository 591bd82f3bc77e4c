package telos.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import telos.cli.wire.Json;
import telos.plans.Checked;
import telos.plans.Finding;
import telos.plans.Limits;
import telos.plans.Plans;
import telos.plans.World;

/** {@code telos plan check}: what a plan might be denied, told before anything runs. */
final class PlanCheckCommand implements Command {
    static final int MAY_BE_DENIED = 3;

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                "check",
                "Tell which calls of a plan might be denied, whatever data its tools give. Exit status: 0 none, 3 some, "
                        + "1 the plan cannot be read, 2 the world is faulty.",
                "telos plan check plan.py --world world.json");
        PlanWorld.options(spec);
        spec.addOption(Syntax.text("NAME|PATH|URL", "The model that the plan would ask; it is not asked.", "--ask"));
        spec.addOption(Syntax.flag("Print one JSON object.", "--json"));
        spec.addPositional(Syntax.operands("0..1", "PLAN", "A file with a plan."));
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Session session) throws CommandException {
        PlanFiles files = PlanFiles.of(arguments, session);
        String reader = Syntax.text(arguments, "--ask");
        World world = reader.isEmpty() ? files.world() : PlanModel.checked(files.world(), reader, session);
        Checked checked = Plans.check(files.plan(), world, Limits.USUAL);
        if (checked.refusal().isPresent()) {
            throw CommandException.failed(checked.refusal().get());
        }
        if (Syntax.given(arguments, "--json")) {
            session.out().println(Json.object("findings", json(checked)));
        } else {
            tell(checked, session.out());
        }
        return checked.clean() ? 0 : MAY_BE_DENIED;
    }

    static void tell(Checked checked, PrintStream out) {
        for (Finding each : checked.findings()) {
            out.println(Paint.line(each.position() + ": " + each.why()));
            for (Finding.Link link : each.chain()) {
                out.println(Paint.line("    " + link.position() + ": " + link.what()));
            }
        }
    }

    static List<Json> json(Checked checked) {
        List<Json> findings = new ArrayList<>();
        checked.findings().forEach(each -> findings.add(json(each)));
        return findings;
    }

    private static Json json(Finding finding) {
        List<Json> chain = new ArrayList<>();
        for (Finding.Link each : finding.chain()) {
            chain.add(Json.object(
                    "line", each.position().line(), "column", each.position().column(), "what", each.what()));
        }
        return Json.object(
                "line", finding.position().line(),
                "column", finding.position().column(),
                "tool", finding.tool(),
                "argument", finding.argument(),
                "label", finding.label().toString(),
                "why", finding.why(),
                "chain", chain);
    }
}

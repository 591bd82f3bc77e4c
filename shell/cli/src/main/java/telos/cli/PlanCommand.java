package telos.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code telos plan}: plans, checked and run against a world in a file. */
final class PlanCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                "plan",
                "Check and run plans: small programs in a subset of Python whose values carry labels, so that nothing "
                        + "reaches whoever may not read it.",
                "telos plan check plan.py --world world.json",
                "telos plan run plan.py --world world.json --json");
        spec.usageMessage().commandListHeading("%nCommands:%n").synopsisSubcommandLabel("COMMAND");
        return spec;
    }

    @Override
    public List<Command> below() {
        return List.of(new PlanCheckCommand(), new PlanRunCommand());
    }

    @Override
    public int run(ParseResult arguments, Session session) throws CommandException {
        throw CommandException.usage("telos plan needs one of: check, run");
    }
}

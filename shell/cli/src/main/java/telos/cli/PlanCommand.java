package telos.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code telos plan}: plans, written, checked and run against a world in a file. */
final class PlanCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                "plan",
                "Write, check and run plans: small programs in a subset of Python whose values carry labels, so that nothing "
                        + "reaches whoever may not read it.",
                "telos plan write \"send Bob the notes of the last meeting\" --world world.json --out plan.py",
                "telos plan check plan.py --world world.json",
                "telos plan run plan.py --world world.json --json");
        spec.usageMessage().commandListHeading("%nCommands:%n").synopsisSubcommandLabel("COMMAND");
        return spec;
    }

    @Override
    public List<Command> below() {
        return List.of(new PlanWriteCommand(), new PlanCheckCommand(), new PlanRunCommand(), new PlanDoCommand());
    }

    @Override
    public int run(ParseResult arguments, Session session) throws CommandException {
        throw CommandException.usage("telos plan needs one of: write, check, run, do");
    }
}

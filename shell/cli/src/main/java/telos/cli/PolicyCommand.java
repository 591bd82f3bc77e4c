package telos.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code telos policy}: rules about what tools may be called with, looked at without running anything. */
final class PolicyCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                "policy",
                "Check, explain, test and format policies: rules about what tools may be called with, over the labels and "
                        + "the values of arguments. What no rule permits is denied.",
                "telos policy check mail.policy --world world.json",
                "telos policy explain mail.policy --tool send --args '{\"to\": \"bob@example.com\"}'",
                "telos policy test mail.policy",
                "telos policy fmt mail.policy --check",
                "telos policy use strict.policy");
        spec.usageMessage().commandListHeading("%nCommands:%n").synopsisSubcommandLabel("COMMAND");
        return spec;
    }

    @Override
    public List<Command> below() {
        return List.of(
                new PolicyCheckCommand(),
                new PolicyExplainCommand(),
                new PolicyTestCommand(),
                new PolicyFormatCommand(),
                new PolicyUseCommand());
    }

    @Override
    public int run(ParseResult arguments, Session session) throws CommandException {
        throw CommandException.usage("telos policy needs one of: check, explain, test, fmt, use");
    }
}

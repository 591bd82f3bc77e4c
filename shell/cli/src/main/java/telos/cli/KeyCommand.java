package telos.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code telos key}: the API keys by which programs reach the daemon. */
final class KeyCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                "key",
                "Make, list and revoke API keys. Once there is one, requests over the network need one.",
                "telos key create alice --rate 60/min --tokens 100000/min --expires 90d",
                "telos key ls",
                "telos key revoke alice");
        spec.usageMessage().commandListHeading("%nCommands:%n").synopsisSubcommandLabel("COMMAND");
        return spec;
    }

    @Override
    public List<Command> below() {
        return List.of(new KeyCreateCommand(), new KeyListCommand(), new KeyRevokeCommand());
    }

    @Override
    public int run(ParseResult arguments, Session session) throws CommandException {
        throw CommandException.usage("telos key needs one of: create, ls, revoke");
    }
}

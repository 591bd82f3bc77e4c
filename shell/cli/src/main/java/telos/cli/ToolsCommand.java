package telos.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code telos tools}: what servers say of their tools, looked at and pinned. */
final class ToolsCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                "tools",
                "Pin the tools of servers. What a server says of a tool is untrusted text: only what you have looked at and "
                        + "pinned reaches a model that writes plans, and what has changed since is refused.",
                "telos tools diff tools.json --server mail",
                "telos tools pin tools.json --server mail send_mail read_mail",
                "telos tools list");
        spec.usageMessage().commandListHeading("%nCommands:%n").synopsisSubcommandLabel("COMMAND");
        return spec;
    }

    @Override
    public List<Command> below() {
        return List.of(new ToolsPinCommand(), new ToolsListCommand(), new ToolsUnpinCommand(), new ToolsDiffCommand());
    }

    @Override
    public int run(ParseResult arguments, Session session) throws CommandException {
        throw CommandException.usage("telos tools needs one of: pin, list, unpin, diff");
    }
}

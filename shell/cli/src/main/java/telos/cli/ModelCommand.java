package telos.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code telos model}: work on one model file. */
final class ModelCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                "model",
                "Look into a model file, or make one of random weights.",
                "telos model inspect models/telos-mini.gguf",
                "telos model random --dim 2048 --quant q4_0 --out random-1b.gguf");
        spec.usageMessage().commandListHeading("%nCommands:%n").synopsisSubcommandLabel("COMMAND");
        return spec;
    }

    @Override
    public List<Command> below() {
        return List.of(new InspectCommand(), new RandomCommand());
    }

    @Override
    public int run(ParseResult arguments, Session session) throws CommandException {
        throw CommandException.usage("telos model needs one of: inspect, random");
    }
}

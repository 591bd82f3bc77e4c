package telos.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** A command that the launcher carries out before this program starts; here for the help. */
record LauncherCommand(String name, String description, List<String> examples) implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(name, description, examples.toArray(String[]::new));
        spec.addPositional(Syntax.operands("0..*", "ARGUMENT", "See: ./telos " + name + " --help"));
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Session session) throws CommandException {
        throw CommandException.usage(name + " is a command of the launcher; use: ./telos " + name);
    }
}

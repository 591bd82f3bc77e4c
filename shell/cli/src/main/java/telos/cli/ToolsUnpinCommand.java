package telos.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import telos.plans.planner.Pins;

/** {@code telos tools unpin}: forgets tools, so that planners do not see them any more. */
final class ToolsUnpinCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                Syntax.command("unpin", "Forget tools that were pinned.", "telos tools unpin mail/send_mail");
        PinFile.option(spec);
        spec.addPositional(Syntax.operands("0..*", "SERVER/TOOL", "The tools, as telos tools list names them."));
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Session session) throws CommandException {
        String[] words = Syntax.words(arguments);
        if (words.length == 0) {
            throw CommandException.usage("name a tool; for example: telos tools unpin mail/send_mail");
        }
        PinFile file = PinFile.of(arguments, session);
        Pins pins = file.pins();
        for (String each : words) {
            Pins fewer = pins.without(each);
            if (fewer == pins) {
                throw CommandException.failed("no tool '" + each + "' is pinned; telos tools list says which are");
            }
            pins = fewer;
        }
        file.save(pins, session);
        return 0;
    }
}

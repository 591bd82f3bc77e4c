package telos.cli;

import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import telos.cli.wire.Json;

/** {@code telos ps}: the agents that are running. */
final class PsCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command("ps", "List the agents that are running.", "telos ps", "telos ps --json");
        spec.addOption(Syntax.flag("Print one JSON object.", "--json"));
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Session session) throws CommandException {
        Json agents = new DaemonClient(session.home()).fetch("/agents");
        if (Syntax.given(arguments, "--json")) {
            session.out().println(agents);
            return 0;
        }
        Grid grid = new Grid("ID", "NAME", "STATE", "AGE", "REQUEST");
        for (Json each : agents.at("agents").items()) {
            grid.row(
                    each.at("id").number(0),
                    each.at("name").text("?"),
                    each.at("state").text("?").toLowerCase(Locale.ROOT).replace('_', ' '),
                    String.format(Locale.ROOT, "%.1f s", each.at("age_seconds").decimal(0)),
                    each.at("request").text(""));
        }
        grid.print(session.out(), session.paint());
        return 0;
    }
}

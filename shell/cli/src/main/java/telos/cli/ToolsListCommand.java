package telos.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import telos.cli.wire.Json;
import telos.plans.planner.Pins;

/** {@code telos tools list}: what is pinned. */
final class ToolsListCommand implements Command {
    private static final int HASH = 12;
    private static final int DESCRIPTION = 60;

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command("list", "List the tools that are pinned.", "telos tools list");
        PinFile.option(spec);
        spec.addOption(Syntax.flag("Print one JSON object.", "--json"));
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Session session) throws CommandException {
        PinFile file = PinFile.of(arguments, session);
        if (Syntax.given(arguments, "--json")) {
            List<Json> pins = new ArrayList<>();
            for (Pins.Pin each : file.pins().all()) {
                pins.add(Json.object(
                        "tool", each.name(),
                        "sha256", each.hash(),
                        "description", ToolsPinCommand.description(each.definition())));
            }
            session.out().println(Json.object("pins", pins));
            return 0;
        }
        if (file.pins().all().isEmpty()) {
            session.out().println("no tool is pinned");
            return 0;
        }
        Grid grid = new Grid("TOOL", "SHA-256", "DESCRIPTION");
        for (Pins.Pin each : file.pins().all()) {
            String description = ToolListing.shown(ToolsPinCommand.description(each.definition()));
            grid.row(
                    ToolListing.shown(each.name()),
                    each.hash().substring(0, HASH),
                    description.length() <= DESCRIPTION
                            ? description
                            : description.substring(0, DESCRIPTION - 1) + "…");
        }
        grid.print(session.out(), session.paint());
        return 0;
    }
}

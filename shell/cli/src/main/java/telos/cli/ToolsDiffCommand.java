package telos.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import telos.cli.wire.Json;
import telos.plans.Manual;
import telos.plans.planner.Definitions;
import telos.plans.planner.Pins;

/** {@code telos tools diff}: what a server says of its tools now, against what was pinned. */
final class ToolsDiffCommand implements Command {
    private static final int DIFFERENT = 3;

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                "diff",
                "Compare what a file says of tools with what was pinned. Exit status: 0 all is as pinned, 3 something is new "
                        + "or has changed.",
                "telos tools diff tools.json --server mail",
                "telos tools diff world.json --json");
        ToolListing.option(spec);
        PinFile.option(spec);
        spec.addOption(Syntax.flag("Print one JSON object.", "--json"));
        spec.addPositional(Syntax.operands("0..1", "FILE", "A server's list of tools, or a world."));
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Session session) throws CommandException {
        String[] words = Syntax.words(arguments);
        if (words.length != 1) {
            throw CommandException.usage("name one file; for example: telos tools diff tools.json --server mail");
        }
        Pins pins = PinFile.of(arguments, session).pins();
        List<Json> records = new ArrayList<>();
        boolean json = Syntax.given(arguments, "--json");
        boolean different = false;
        for (Manual.Definition each : ToolListing.of(words[0], arguments, session)) {
            Pins.Standing standing = pins.standing(each);
            different |= !(standing instanceof Pins.Standing.Pinned);
            if (json) {
                records.add(record(each, standing));
            } else {
                tell(each, standing, session);
            }
        }
        if (json) {
            session.out().println(Json.object("tools", records));
        }
        return different ? DIFFERENT : 0;
    }

    private static void tell(Manual.Definition definition, Pins.Standing standing, Session session) {
        String name = ToolListing.shown(Pins.key(definition));
        switch (standing) {
            case Pins.Standing.Pinned _ -> session.out().println(name + ": as pinned");
            case Pins.Standing.Unpinned _ -> {
                session.out().println(name + ": not pinned; its server says:");
                definition
                        .whole()
                        .values()
                        .forEach((key, value) ->
                                session.out().println("  + " + ToolListing.shown(key + ": " + PlanFiles.json(value))));
            }
            case Pins.Standing.Changed(List<Definitions.Difference> differences) -> {
                session.out().println(name + ": changed since it was pinned:");
                for (Definitions.Difference each : differences) {
                    if (!each.before().isEmpty()) {
                        session.out().println("  - " + ToolListing.shown(each.path() + ": " + each.before()));
                    }
                    if (!each.now().isEmpty()) {
                        session.out().println("  + " + ToolListing.shown(each.path() + ": " + each.now()));
                    }
                }
            }
        }
    }

    private static Json record(Manual.Definition definition, Pins.Standing standing) {
        List<Json> differences = new ArrayList<>();
        String word = switch (standing) {
            case Pins.Standing.Pinned _ -> "pinned";
            case Pins.Standing.Unpinned _ -> "unpinned";
            case Pins.Standing.Changed(List<Definitions.Difference> all) -> {
                all.forEach(each ->
                        differences.add(Json.object("path", each.path(), "before", each.before(), "now", each.now())));
                yield "changed";
            }
        };
        return Json.object("tool", Pins.key(definition), "standing", word, "differences", differences);
    }
}

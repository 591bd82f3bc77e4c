package telos.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import telos.cli.wire.Json;
import telos.plans.Datum;
import telos.plans.Manual;
import telos.plans.planner.Pins;

/** {@code telos tools pin}: keeps what a server says of tools now. */
final class ToolsPinCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                "pin",
                "Pin tools as a file defines them: a server's answer to tools/list, or a world whose tools have a server. "
                        + "Look at them first, with telos tools diff.",
                "telos tools pin tools.json --server mail send_mail read_mail",
                "telos tools pin world.json --all");
        ToolListing.option(spec);
        PinFile.option(spec);
        spec.addOption(Syntax.flag("All tools of the file.", "--all"));
        spec.addPositional(Syntax.operands("0..*", "FILE NAME…", "The file, and the names of tools in it."));
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Session session) throws CommandException {
        String[] words = Syntax.words(arguments);
        if (words.length == 0) {
            throw CommandException.usage(
                    "name a file; for example: telos tools pin tools.json --server mail send_mail");
        }
        List<Manual.Definition> found = ToolListing.of(words[0], arguments, session);
        Set<String> wanted = new HashSet<>(Arrays.asList(words).subList(1, words.length));
        if (wanted.isEmpty() && !Syntax.given(arguments, "--all")) {
            throw CommandException.usage("name the tools to pin, or give --all; the file defines "
                    + (found.isEmpty()
                            ? "none"
                            : ToolListing.shown(String.join(
                                    ", ",
                                    found.stream().map(Manual.Definition::name).toList()))));
        }
        PinFile file = PinFile.of(arguments, session);
        Pins pins = file.pins();
        List<String> pinned = new ArrayList<>();
        for (Manual.Definition each : found) {
            if (Syntax.given(arguments, "--all") || wanted.remove(each.name())) {
                pins = pins.with(each);
                pinned.add("pinned " + ToolListing.shown(Pins.key(each) + ": " + description(each)));
                pinned.add("  all of it: "
                        + ToolListing.shown(
                                Json.of(PlanFiles.json(each.whole())).toString()));
            }
        }
        if (!wanted.isEmpty()) {
            throw CommandException.usage(
                    words[0] + " defines no tool " + String.join(", ", wanted) + "; nothing was pinned");
        }
        file.save(pins, session);
        pinned.forEach(session.out()::println);
        return 0;
    }

    static String description(Manual.Definition definition) {
        return definition.whole().values().get("description") instanceof Datum.Text(String text) ? text : "";
    }
}

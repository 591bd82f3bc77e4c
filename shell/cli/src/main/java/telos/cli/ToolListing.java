package telos.cli;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import telos.kernel.PlainText;
import telos.plans.Manual;
import telos.plans.planner.Definitions;
import telos.plans.planner.PinsException;

/** The definitions of tools in a file: a server's list, or the tools of servers in a world. */
final class ToolListing {
    private static final long LARGEST = 64L << 20;

    private ToolListing() {}

    static void option(CommandSpec spec) {
        spec.addOption(Syntax.text("NAME", "Whose list of tools the file is; a world says so itself.", "--server"));
    }

    static List<Manual.Definition> of(String name, ParseResult arguments, Session session) throws CommandException {
        String json = new String(PlanFiles.read(session.file(name), LARGEST), StandardCharsets.UTF_8);
        String server = Syntax.text(arguments, "--server");
        if (Definitions.isListing(json)) {
            if (server.isBlank() || server.contains("/")) {
                throw CommandException.usage("say which server lists these tools, without '/': --server NAME");
            }
            try {
                return Definitions.listing(server, json);
            } catch (PinsException e) {
                throw CommandException.usage(name + ": " + Paint.line(String.valueOf(e.getMessage())));
            }
        }
        List<Manual.Definition> found = new ArrayList<>();
        PlanFiles.world(name, session)
                .manuals()
                .values()
                .forEach(each -> each.definition().ifPresent(found::add));
        return found;
    }

    /** Text of a server, for a person: on one line, with what cannot be seen made visible. */
    static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(c -> {
            int type = Character.getType(c);
            if (PlainText.hides(c)
                    || type == Character.FORMAT
                    || type == Character.UNASSIGNED
                    || type == Character.PRIVATE_USE) {
                shown.append(String.format("<U+%04X>", c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        return Paint.line(shown.toString());
    }
}

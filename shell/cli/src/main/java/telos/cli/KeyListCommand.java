package telos.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import telos.cli.wire.Json;

/** {@code telos key ls}: the keys that were made, without the keys themselves. */
final class KeyListCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command("ls", "List the API keys.", "telos key ls", "telos key ls --json");
        spec.addOption(Syntax.flag("Print one JSON object.", "--json"));
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Session session) throws CommandException {
        Json listed = new Keys(session.home()).list();
        if (Syntax.given(arguments, "--json")) {
            session.out().println(listed);
            return 0;
        }
        if (listed.at("keys").items().isEmpty()) {
            session.out().println("there are no keys: the daemon serves this machine alone, without asking for one");
            return 0;
        }
        Grid grid = new Grid("ID", "NAME", "KEY", "STATE", "CREATED", "EXPIRES", "LAST USED", "MAY");
        for (Json key : listed.at("keys").items()) {
            grid.row(
                    key.at("id").text("?"),
                    key.at("name").text("?"),
                    key.at("hint").text("?"),
                    key.at("state").text("?"),
                    key.at("created").text("-"),
                    key.at("expires").text("-"),
                    key.at("last_used").text("-"),
                    quota(key));
        }
        grid.print(session.out(), session.paint());
        return 0;
    }

    private static String quota(Json key) {
        List<String> bounds = new ArrayList<>();
        bound(bounds, key.at("rate").number(0), " requests/min");
        bound(bounds, key.at("tokens").number(0), " tokens/min");
        bound(bounds, key.at("concurrency").number(0), " at once");
        bound(bounds, key.at("blocks").number(0), " blocks");
        return bounds.isEmpty() ? "anything" : String.join(", ", bounds);
    }

    private static void bound(List<String> bounds, long bound, String what) {
        if (bound > 0) {
            bounds.add(bound + what);
        }
    }
}

package telos.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Completion for fish, made of the same description of the commands as the help; see complete(1) of fish. */
final class FishCompletion {
    private final List<String> lines = new ArrayList<>();

    private FishCompletion() {}

    static String of(CommandSpec root) {
        FishCompletion completion = new FishCompletion();
        completion.options(root, "__fish_use_subcommand");
        for (CommandLine each : root.subcommands().values()) {
            CommandSpec command = each.getCommandSpec();
            String here = "__fish_seen_subcommand_from " + command.name();
            completion.command(command, "__fish_use_subcommand");
            completion.options(command, here);
            String names = String.join(" ", command.subcommands().keySet());
            for (CommandLine below : command.subcommands().values()) {
                completion.command(below.getCommandSpec(), here + "; and not __fish_seen_subcommand_from " + names);
                completion.options(
                        below.getCommandSpec(), here + "; and __fish_seen_subcommand_from " + below.getCommandName());
            }
        }
        return String.join("\n", completion.lines) + "\n";
    }

    private void command(CommandSpec command, String where) {
        lines.add("complete -c telos -n " + quoted(where) + " -f -a " + command.name()
                + described(command.usageMessage().description()));
    }

    private void options(CommandSpec command, String where) {
        for (OptionSpec option : command.options()) {
            if (option.hidden()) {
                continue;
            }
            StringBuilder line = new StringBuilder("complete -c telos -n " + quoted(where));
            for (String name : option.names()) {
                boolean wide = name.startsWith("--");
                line.append(wide ? " -l " : " -s ").append(name.substring(wide ? 2 : 1));
            }
            lines.add(line.append(option.arity().max() > 0 ? " -r" : "")
                    .append(described(option.description()))
                    .toString());
        }
    }

    private static String described(String[] description) {
        return description.length == 0 ? "" : " -d " + quoted(description[0].replace("%n", " "));
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}

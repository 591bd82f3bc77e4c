package telos.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;
import telos.server.Version;

/** One call of the program: reads the command line, runs the one command it names, and turns its outcome into text and an exit status. */
final class Invocation {
    private final Session session;

    Invocation(Session session) {
        this.session = session;
    }

    /** Runs the command; returns its exit status. */
    int run(String... arguments) {
        String first = arguments.length == 0 ? "" : arguments[0];
        Command asked = Commands.named(first);
        CommandLine line = new CommandLine(root(asked == null ? Commands.NAMES : List.of(first)));
        line.setUnmatchedOptionsArePositionalParams(false);
        line.setExpandAtFiles(false);
        try {
            return run(line.parseArgs(arguments));
        } catch (ParameterException e) {
            return misused(e, first);
        } catch (CommandException e) {
            return told(session.err(), String.valueOf(e.getMessage()), e.status());
        } catch (Error | RuntimeException e) {
            return told(session.err(), "a fault in telos itself: " + e + "; please report it", 1);
        } finally {
            session.out().flush();
        }
    }

    private int run(ParseResult parsed) throws CommandException {
        ParseResult deepest = parsed;
        while (deepest.hasSubcommand() && !deepest.isUsageHelpRequested()) {
            deepest = deepest.subcommand();
        }
        if (parsed.isVersionHelpRequested()) {
            session.out().println("telos " + Version.CURRENT + " (JDK " + Runtime.version() + ")");
            return 0;
        }
        CommandSpec spec = deepest.commandSpec();
        boolean nothing = spec.parent() == null;
        if (deepest.isUsageHelpRequested() || nothing) {
            spec.commandLine().usage(session.out(), ansi());
            return deepest.isUsageHelpRequested() ? 0 : 2;
        }
        Command command = (Command) spec.userObject();
        if (!command.standsAlone()) {
            throw CommandException.usage(spec.qualifiedName() + " needs one of: "
                    + String.join(", ", spec.subcommands().keySet()));
        }
        return command.run(deepest, session);
    }

    private int misused(ParameterException e, String first) {
        CommandLine line = e.getCommandLine();
        PrintStream err = session.err();
        boolean unknown = e instanceof UnmatchedArgumentException && line.getParent() == null && !first.startsWith("-");
        if (unknown) {
            err.println("telos: unknown command '" + Paint.line(first) + "'");
        } else {
            err.println("telos: " + Paint.line(String.valueOf(e.getMessage())));
        }
        if (e instanceof UnmatchedArgumentException unmatched) {
            List<String> near = unmatched.getSuggestions();
            if (unknown && first.contains(" ")) {
                err.println("To ask something: telos run \"" + Paint.line(first) + "\"");
            } else if (!near.isEmpty()) {
                err.println("Did you mean: " + String.join(" or ", near) + "?");
            }
        }
        err.println("Try: " + line.getCommandSpec().qualifiedName() + " --help");
        return 2;
    }

    private static int told(PrintStream err, String message, int status) {
        err.println("telos: " + Paint.clean(message));
        return status;
    }

    private Ansi ansi() {
        return session.paint().colours() ? Ansi.ON : Ansi.OFF;
    }

    /** The command line with these commands. */
    static CommandSpec root(List<String> names) {
        CommandSpec root = Syntax.command(
                "telos",
                "An operating system for AI agents, on this machine.",
                "telos run \"which process uses the most memory?\"",
                "telos run --help");
        root.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .type(boolean.class)
                .description("Show the version.")
                .build());
        root.usageMessage().commandListHeading("%nCommands:%n").synopsisSubcommandLabel("COMMAND");
        for (String name : names) {
            root.addSubcommand(name, line(Objects.requireNonNull(Commands.named(name))));
        }
        return root;
    }

    private static CommandLine line(Command command) {
        CommandSpec described = command.spec();
        CommandSpec spec = CommandSpec.wrapWithoutInspection(command).name(described.name());
        spec.usageMessage(described.usageMessage());
        described.options().forEach(spec::addOption);
        described.positionalParameters().forEach(spec::addPositional);
        command.below().forEach(each -> spec.addSubcommand(each.spec().name(), line(each)));
        return new CommandLine(spec).setStopAtPositional(command.endsWithWords());
    }
}

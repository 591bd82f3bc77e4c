package telos.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import telos.kernel.ToolSpec;
import telos.plans.policy.PolicyParser;
import telos.server.monitor.Audit;
import telos.server.monitor.Mediator;
import telos.server.monitor.Rules;
import telos.tools.Catalogue;

/** The policy that a daemon is started with, and who applies it. */
final class DaemonRules {
    /** The policy of a home, where none is named. */
    static final String FILE = "daemon.policy";

    private DaemonRules() {}

    static Mediator mediator(DaemonOptions options) throws DaemonException {
        return new Mediator(
                rules(options),
                ownHome(options.home()),
                Audit.in(options.home().resolve(AuditTrail.FOLDER)),
                System::currentTimeMillis,
                Mediator.PATIENCE);
    }

    /** The daemon's keys, books, audit and log are not for its agents. */
    static Rules.Standing ownHome(Path home) {
        String real;
        try {
            real = home.toRealPath().toString();
        } catch (IOException _) {
            real = home.toAbsolutePath().normalize().toString();
        }
        StringBuilder quoted = new StringBuilder();
        real.chars()
                .forEach(each ->
                        quoted.append(each == '"' || each == '\\' ? "\\" : "").append((char) each));
        return Rules.standing("forbid head, tail, search, find, largest\n  when path is under \"" + quoted + "\"\n"
                + "  even if path is untrusted\n  because \"Telos' own home is not for agents\"\n");
    }

    /** The names of everything that rules can be about. */
    static List<String> tools(List<ToolSpec> specs) {
        List<String> tools = new ArrayList<>();
        specs.forEach(each -> tools.add(each.name()));
        tools.add(MonitoredModel.TOOL);
        return tools;
    }

    private static Rules rules(DaemonOptions options) throws DaemonException {
        List<String> tools = tools(Catalogue.specs());
        Rules.Read read;
        if (!options.policy().isEmpty()) {
            read = Rules.isShipped(options.policy())
                    ? Rules.shipped(options.policy(), tools)
                    : file(options.policy(), tools);
        } else {
            read = new KeptPolicy(options.home()).read(tools).orElseGet(() -> own(options.home(), tools));
        }
        return switch (read) {
            case Rules.Read.Accepted(Rules rules) -> rules;
            case Rules.Read.Refused(String why) ->
                throw new DaemonException("the policy cannot be used: " + why
                        + "; 'telos policy check FILE' says more, and --policy names another");
        };
    }

    /** What a home has of its own, or else the policy for the built-in tools. */
    static Rules.Read own(Path home, List<String> tools) {
        Path own = home.resolve(FILE);
        return Files.exists(own) ? file(own.toString(), tools) : Rules.shipped(Rules.USUAL, tools);
    }

    private static Rules.Read file(String name, List<String> tools) {
        try {
            Path file = Path.of(name);
            if (Files.size(file) > PolicyParser.LARGEST) {
                return new Rules.Read.Refused(name + " has more than " + PolicyParser.LARGEST + " bytes");
            }
            return Rules.read(name, Files.readAllBytes(file), tools);
        } catch (NoSuchFileException _) {
            return new Rules.Read.Refused("there is no file " + name);
        } catch (IOException | InvalidPathException e) {
            return new Rules.Read.Refused("cannot read " + name + " (" + e.getMessage() + ")");
        }
    }
}

package telos.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import telos.cli.clock.Clock;
import telos.cli.clock.Division;
import telos.cli.wire.Json;

/** {@code telos sched policy}: shows by which policy service is divided, or changes it. */
final class SchedPolicyCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                "policy",
                "Show by which policy service is divided and which there are, or divide by another one from now on.",
                "telos sched policy",
                "telos sched policy fair");
        spec.addPositional(Syntax.operands("0..1", "NAME", "The policy to divide by from now on."));
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Session session) throws CommandException {
        String[] words = Syntax.words(arguments);
        if (words.length > 1) {
            throw CommandException.usage("expected one policy, found " + words.length);
        }
        DaemonClient client = new DaemonClient(session.home());
        Division division = Division.of(client.fetch("/sched"));
        if (words.length == 0) {
            show(division, session);
            return 0;
        }
        if (!division.policies().isEmpty() && !division.policies().contains(words[0])) {
            throw CommandException.usage(
                    "there is no policy '" + words[0] + "'; known are " + String.join(", ", division.policies()));
        }
        client.ask("POST", "/sched/policy", Json.object("policy", words[0]));
        session.out().println("policy: " + words[0]);
        return 0;
    }

    private static void show(Division division, Session session) {
        session.out().println("policy: " + Paint.line(division.policy()));
        for (Clock clock : division.clocks()) {
            if (!clock.policy().equals(division.policy())) {
                session.out().println(Paint.line("of " + clock.name() + ": " + clock.policy()));
            }
        }
        session.out().println("known:  " + Paint.line(String.join(", ", division.policies())));
    }
}

package telos.cli;

import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import telos.cli.wire.Json;
import telos.plans.policy.PolicyParser;
import telos.plans.policy.ShippedPolicies;

/** {@code telos policy use}: gives the daemon that runs other rules. */
final class PolicyUseCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                "use",
                "Let the daemon that runs go by this policy from now on; one that starts later does not. It counts at once "
                        + "for all that is done from then on; what the old one allowed and still goes on is named. Questions "
                        + "that wait are worth nothing.",
                "telos policy use strict.policy",
                "telos policy use telos:host");
        spec.addPositional(Syntax.operands("1", "FILE", "A policy, or the name of one that comes with Telos."));
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Session session) throws CommandException {
        String name = Syntax.words(arguments)[0];
        String text = name.startsWith(ShippedPolicies.PREFIX)
                ? ""
                : new String(PlanFiles.read(session.file(name), PolicyParser.LARGEST), StandardCharsets.UTF_8);
        Json answer = new DaemonClient(session.home())
                .ask(
                        "POST",
                        "/policy",
                        text.isEmpty() ? Json.object("name", name) : Json.object("name", name, "text", text));
        session.out()
                .println("the daemon goes by " + Paint.line(answer.at("policy").text(name)) + " ("
                        + Paint.line(answer.at("sha256").text("?")) + ")");
        session.err()
                .println(
                        "telos: a daemon that starts later goes by its own policy again, also the one that is started when"
                                + " this one has left for being idle; to keep this one, name it with 'telos up --policy', or put it"
                                + " into the file daemon.policy of the daemon's home");
        for (Json each : answer.at("under_way").items()) {
            String agent = Paint.line(each.at("agent").text("?"));
            session.out()
                    .println("still under way, as the old policy allowed: "
                            + Paint.line(each.at("tool").text("?"))
                            + " of " + agent + " (record " + each.at("record").text("?") + "); 'telos kill " + agent
                            + "' ends it");
        }
        return 0;
    }
}

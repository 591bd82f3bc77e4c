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
                "Let the daemon that runs go by this policy from now on, and those that start later too, unless they are given another "
                        + "by telos up --policy. It counts at once "
                        + "for all that is done from then on; what the old one allowed and still goes on is named. Questions "
                        + "that wait are worth nothing.",
                "telos policy use strict.policy",
                "telos policy use telos:host");
        spec.addOption(Syntax.flag(
                "Go by the file daemon.policy of the daemon's home again, or where there is none by telos:host.",
                "--own"));
        spec.addPositional(Syntax.operands("0..1", "FILE", "A policy, or the name of one that comes with Telos."));
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Session session) throws CommandException {
        String[] words = Syntax.words(arguments);
        boolean own = Syntax.given(arguments, "--own");
        if (own != (words.length == 0)) {
            throw CommandException.usage("name one policy, or say --own; for example: telos policy use strict.policy");
        }
        String name = own ? "" : words[0];
        String text = own || name.startsWith(ShippedPolicies.PREFIX)
                ? ""
                : new String(PlanFiles.read(session.file(name), PolicyParser.LARGEST), StandardCharsets.UTF_8);
        Json answer = new DaemonClient(session.home())
                .ask(
                        "POST",
                        "/policy",
                        own
                                ? Json.object("own", true)
                                : text.isEmpty() ? Json.object("name", name) : Json.object("name", name, "text", text));
        session.out()
                .println("the daemon goes by " + Paint.line(answer.at("policy").text(name)) + " ("
                        + Paint.line(answer.at("sha256").text("?")) + ")");
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

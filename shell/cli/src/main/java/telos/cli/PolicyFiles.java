package telos.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ParseResult;
import telos.plans.Parameter;
import telos.plans.Tool;
import telos.plans.policy.Known;
import telos.plans.policy.PolicyFault;
import telos.plans.policy.PolicyParser;
import telos.plans.policy.PolicyRead;
import telos.plans.policy.PolicyText;
import telos.plans.policy.ShippedPolicies;

/** The policy that a command names. */
record PolicyFiles(String name, Path file, String source, PolicyText text) {
    static PolicyFiles of(ParseResult arguments, Session session, String example) throws CommandException {
        String[] words = Syntax.words(arguments);
        if (words.length != 1) {
            throw CommandException.usage("name one policy; for example: " + example);
        }
        return of(words[0], session);
    }

    static PolicyFiles of(String name, Session session) throws CommandException {
        Path file = session.file(name);
        byte[] bytes;
        if (name.startsWith(ShippedPolicies.PREFIX)) {
            String known = name.substring(ShippedPolicies.PREFIX.length());
            bytes = ShippedPolicies.read(known)
                    .orElseThrow(() -> CommandException.usage(ShippedPolicies.unknown(known)));
        } else {
            bytes = PlanFiles.read(file, PolicyParser.LARGEST);
        }
        return switch (PolicyParser.read(bytes)) {
            case PolicyRead.Accepted(PolicyText text) ->
                new PolicyFiles(name, file, new String(bytes, StandardCharsets.UTF_8), text);
            case PolicyRead.Refused(PolicyFault fault) -> throw CommandException.failed(name + ": " + fault.describe());
        };
    }

    /** The tools of the world that {@code --world} names. */
    static List<Known> tools(ParseResult arguments, Session session) throws CommandException {
        String name = Syntax.text(arguments, "--world");
        if (name.isEmpty()) {
            throw CommandException.usage("say which world it is for: --world world.json");
        }
        List<Known> tools = new ArrayList<>();
        for (Tool each : PlanFiles.world(name, session).tools().values()) {
            tools.add(new Known(
                    each.name(), each.parameters().stream().map(Parameter::name).toList(), each.effect()));
        }
        return tools;
    }
}

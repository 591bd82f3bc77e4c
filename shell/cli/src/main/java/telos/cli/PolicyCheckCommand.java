package telos.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import telos.cli.wire.Json;
import telos.plans.policy.PolicyCheck;
import telos.plans.policy.Remark;

/** {@code telos policy check}: what in a policy cannot be meant. */
final class PolicyCheckCommand implements Command {
    private static final int REMARKS = 3;

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                "check",
                "Look through a policy for unknown tools and arguments, rules that never fit, permissions that are always "
                        + "taken back, rules that add nothing, and tools with effects that no rule permits. Exit status: 0 "
                        + "nothing found, 3 something, 1 the policy cannot be read, 2 the world is faulty.",
                "telos policy check mail.policy --world world.json");
        spec.addOption(Syntax.text("FILE", "The tools that there are.", "--world"));
        spec.addOption(Syntax.flag("Print one JSON object.", "--json"));
        spec.addPositional(Syntax.operands("0..1", "POLICY", "A file with a policy."));
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Session session) throws CommandException {
        PolicyFiles policy = PolicyFiles.of(arguments, session, "telos policy check mail.policy --world world.json");
        List<Remark> remarks = PolicyCheck.of(policy.text(), PolicyFiles.tools(arguments, session));
        if (Syntax.given(arguments, "--json")) {
            List<Json> all = new ArrayList<>();
            for (Remark each : remarks) {
                all.add(Json.object(
                        "line", each.place().line(),
                        "column", each.place().column(),
                        "kind", each.kind().word(),
                        "message", each.message()));
            }
            session.out().println(Json.object("remarks", all));
        } else {
            remarks.forEach(each -> session.out()
                    .println(Paint.line(each.place() + ": " + each.kind().word() + ": " + each.message())));
        }
        return remarks.isEmpty() ? 0 : REMARKS;
    }
}

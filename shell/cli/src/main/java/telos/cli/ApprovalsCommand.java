package telos.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import telos.cli.wire.Json;

/** {@code telos approvals}: what agents want that a person has to agree to. */
final class ApprovalsCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                "approvals",
                "List the questions that wait for your answer: who wants to call what, with which values and labels, and "
                        + "why you are asked.",
                "telos approvals",
                "telos approve 17",
                "telos deny 17");
        spec.addOption(Syntax.flag("Print one JSON object.", "--json"));
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Session session) throws CommandException {
        Json answer = new DaemonClient(session.home()).fetch("/approvals");
        if (Syntax.given(arguments, "--json")) {
            session.out().println(answer);
            return 0;
        }
        List<Json> waiting = answer.at("approvals").items();
        if (waiting.isEmpty()) {
            session.out().println("no question waits");
        }
        for (Json each : waiting) {
            session.out()
                    .println(session.paint()
                            .bold("question " + Paint.line(each.at("id").text("?"))));
            QuestionText.of(each).forEach(line -> session.out().println("  " + line));
        }
        return 0;
    }
}

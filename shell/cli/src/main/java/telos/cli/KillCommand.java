package telos.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code telos kill}: stops agents, plans and programs. */
final class KillCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                "kill",
                "Stop agents, plans and programs, by the ID that telos ps shows, and clients' requests, by that of telos sched.",
                "telos kill 3",
                "telos kill p1",
                "telos kill mini#7",
                "telos kill --signal KILL p1");
        spec.addOption(Syntax.text("NAME", "Which signal a program is sent (TERM).", "--signal", "-s"));
        spec.addPositional(Syntax.operands(
                "1..*",
                "ID",
                "An agent's number, a plan as plan-1, a p and a program's number, or the name and number of a request, or of a client's "
                        + "agent, whose requests are meant."));
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Session session) throws CommandException {
        List<Target> targets = new ArrayList<>();
        for (String id : Syntax.words(arguments)) {
            Target target = Target.of(id);
            if (target instanceof Target.None) {
                throw CommandException.usage("expected an agent's number or a program's, such as 3 or p1, as telos ps "
                        + "shows it, or a request's, such as mini#7, as telos sched shows it, found '" + id + "'");
            }
            targets.add(target);
        }
        DaemonClient client = new DaemonClient(session.home());
        int status = 0;
        String signal = Syntax.text(arguments, "--signal").toUpperCase(Locale.ROOT);
        for (Target target : targets) {
            if (signal.isEmpty() ? target.kill(client) : target.signal(client, signal)) {
                session.out()
                        .println(target.title()
                                + (signal.isEmpty() ? " is told to stop" : " is sent " + Paint.line(signal)));
            } else {
                session.err().println("telos: no " + target.title() + " is running; telos ps lists those that are");
                status = 1;
            }
        }
        return status;
    }
}

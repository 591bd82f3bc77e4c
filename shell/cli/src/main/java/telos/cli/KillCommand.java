package telos.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code telos kill}: stops agents. */
final class KillCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command("kill", "Stop an agent, by the number that telos ps shows.", "telos kill 3");
        spec.addPositional(Syntax.operands("1..*", "ID", "The agent's number."));
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Session session) throws CommandException {
        String[] ids = Syntax.words(arguments);
        for (String id : ids) {
            if (!id.matches("\\d{1,18}")) {
                throw CommandException.usage("expected an agent's number, as telos ps shows it, found '" + id + "'");
            }
        }
        DaemonClient client = new DaemonClient(session.home());
        int status = 0;
        for (String id : ids) {
            if (client.send("DELETE", "/agents/" + Long.parseLong(id))) {
                session.out().println("agent " + id + " is told to stop");
            } else {
                session.err().println("telos: no agent " + id + " is running; telos ps lists those that are");
                status = 1;
            }
        }
        return status;
    }
}

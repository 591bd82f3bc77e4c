package telos.cli;

import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import telos.cli.wire.Json;

/** {@code telos approve} and {@code telos deny}: answers a question. */
final class AnswerCommand implements Command {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private final boolean yes;

    AnswerCommand(boolean yes) {
        this.yes = yes;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                yes ? "approve" : "deny",
                yes
                        ? "Allow what a question asks: that one call, with exactly those values and labels, once."
                        : "Refuse what a question asks.",
                yes ? "telos approve 17" : "telos deny 17");
        spec.addPositional(Syntax.operands("1..*", "ID", "The number of a question, as telos approvals shows it."));
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Session session) throws CommandException {
        String[] ids = Syntax.words(arguments);
        for (String id : ids) {
            if (!NUMBER.matcher(id).matches()) {
                throw CommandException.usage("expected the number of a question, such as 17, found '" + id + "'");
            }
        }
        int status = 0;
        DaemonClient client = new DaemonClient(session.home());
        for (String id : ids) {
            if (client.send("POST", "/approvals/" + id, Json.object("answer", yes ? "yes" : "no"))) {
                session.out().println("question " + id + ": " + (yes ? "allowed, once" : "refused"));
            } else {
                session.err()
                        .println("telos: no question " + id
                                + " waits: it was answered, its time is over, whoever asked has ended, or the policy is"
                                + " another now");
                status = 1;
            }
        }
        return status;
    }
}

package telos.cli;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import telos.cli.wire.Json;

/** {@code telos audit}: what agents wanted, and what came of it. */
final class AuditCommand implements Command {
    private static final int USUAL = 50;
    private static final int LONGEST_WHY = 100;

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                "audit",
                "List the effects that agents and plans wanted and what the policy said, the newest last. It needs no daemon. No value "
                        + "of an argument is ever written down.",
                "telos audit",
                "telos audit --denied --agent agent-3",
                "telos audit show 17 --svg flow.svg",
                "telos audit verify");
        spec.addOption(Syntax.flag("Print one JSON object.", "--json"));
        spec.addOption(Syntax.flag("Only what was denied.", "--denied"));
        spec.addOption(Syntax.text(
                "NAME",
                "Only what this agent or plan wanted, by its name, or as agent-3 or plan-1 of the newest daemon that had one.",
                "--agent"));
        spec.addOption(Syntax.text("ID", "Only what this daemon wrote down, as records name it.", "--daemon"));
        spec.addOption(Syntax.text("NAME", "Only calls of this tool.", "--tool"));
        spec.addOption(Syntax.number("N", "At most so many, 1 to 100000 (" + USUAL + ").", "--last"));
        spec.usageMessage().commandListHeading("%nCommands:%n").synopsisSubcommandLabel("[COMMAND]");
        return spec;
    }

    @Override
    public List<Command> below() {
        return List.of(new AuditShowCommand(), new AuditVerifyCommand());
    }

    @Override
    public boolean standsAlone() {
        return true;
    }

    @Override
    public int run(ParseResult arguments, Session session) throws CommandException {
        String agent = Syntax.text(arguments, "--agent");
        String tool = Syntax.text(arguments, "--tool");
        boolean denied = Syntax.given(arguments, "--denied");
        int last = (int) Syntax.number(arguments, "--last", USUAL, 1, 100_000);
        AuditRecords records = new AuditRecords(session);
        Daemons daemons = new Daemons(agent, Syntax.text(arguments, "--daemon"));
        List<AuditRecords.Entry> found = records.last(
                last,
                daemons::begins,
                each -> (!denied || each.text("verdict").equals("denied"))
                        && (agent.isEmpty()
                                || each.text("agent").equals(agent)
                                || each.text("name").equals(agent))
                        && daemons.wanted(each)
                        && (tool.isEmpty() || each.text("tool").equals(tool)));
        if (daemons.had.size() > 1) {
            String newest = daemons.had.removeLast();
            session.err()
                    .println(Paint.line("telos: daemon " + newest + " had this " + agent
                            + "; earlier ones had one too: --daemon " + String.join(", --daemon ", daemons.had)));
        }
        if (Syntax.given(arguments, "--json")) {
            session.out()
                    .println(Json.object(
                            "records",
                            found.stream().map(AuditRecords.Entry::numbered).toList()));
            return 0;
        }
        if (found.isEmpty()) {
            session.out().println("nothing is written down" + (denied || !agent.isEmpty() ? " that fits" : " yet"));
            return 0;
        }
        Grid grid = new Grid("ID", "TIME", "AGENT", "TOOL", "VERDICT", "WHY").figures(0);
        for (AuditRecords.Entry each : found) {
            grid.row(
                    each.id(),
                    time(each),
                    each.effect() ? each.text("agent") : "-",
                    each.effect() ? each.text("tool") : "-",
                    each.text("verdict"),
                    why(each));
        }
        grid.print(session.out(), session.paint());
        return 0;
    }

    /** Each daemon numbers agents anew: the newest that had one of that number is meant, unless one is named. */
    private static final class Daemons {
        private final String agent;
        private final String named;
        private final boolean numbered;
        private final SequencedSet<String> had = new LinkedHashSet<>();

        Daemons(String agent, String named) {
            this.agent = agent;
            this.named = named;
            this.numbered = named.isEmpty() && agent.matches("[a-z]+-[0-9]+");
        }

        /** Whether the agent of a newer daemon begins. */
        boolean begins(AuditRecords.Entry entry) {
            String daemon = entry.text("daemon");
            if (!numbered || daemon.isEmpty() || !entry.text("agent").equals(agent)) {
                return false;
            }
            boolean newer = had.isEmpty() || !had.getLast().equals(daemon);
            had.remove(daemon);
            had.add(daemon);
            return newer;
        }

        boolean wanted(AuditRecords.Entry entry) {
            return named.isEmpty() || entry.text("daemon").equals(named);
        }
    }

    private static String time(AuditRecords.Entry entry) {
        return entry.text("time").replaceFirst("\\.\\d+Z$", "Z");
    }

    private static String why(AuditRecords.Entry entry) {
        String question = entry.text("question");
        String why = entry.effect()
                ? entry.text(entry.text("reason").isEmpty() ? "rule" : "reason")
                : question.isEmpty() ? entry.text("policy") : "question " + question + ": " + entry.text("answer");
        String approval = entry.text("approval");
        String whole = approval.isEmpty() ? why : why + ", approved as " + approval;
        return whole.length() <= LONGEST_WHY ? whole : whole.substring(0, LONGEST_WHY - 1) + "…";
    }
}

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
        Daemons daemons = daemons(records, agent, Syntax.text(arguments, "--daemon"));
        List<AuditRecords.Entry> found = records.last(
                last,
                each -> (!denied || each.text("verdict").equals("denied"))
                        && (agent.isEmpty()
                                || each.text("agent").equals(agent)
                                || each.text("name").equals(agent))
                        && daemons.wanted(each)
                        && (tool.isEmpty() || each.text("tool").equals(tool)));
        if (!daemons.others.isEmpty()) {
            session.err()
                    .println(Paint.line("telos: daemon " + daemons.id + " had this " + agent
                            + "; earlier ones had one too: --daemon " + String.join(", --daemon ", daemons.others)));
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

    /** Each daemon numbers agents anew: those of which one is meant, and the others that had one of that number. */
    private record Daemons(String id, List<String> others) {
        boolean wanted(AuditRecords.Entry entry) {
            return id.isEmpty() || entry.text("daemon").equals(id);
        }
    }

    private static Daemons daemons(AuditRecords records, String agent, String wanted) throws CommandException {
        if (!wanted.isEmpty() || !agent.matches("[a-z]+-[0-9]+")) {
            return new Daemons(wanted, List.of());
        }
        SequencedSet<String> found = new LinkedHashSet<>();
        records.last(1, each -> {
            String daemon = each.text("daemon");
            if (each.text("agent").equals(agent) && !daemon.isEmpty()) {
                found.remove(daemon);
                found.add(daemon);
            }
            return false;
        });
        if (found.isEmpty()) {
            return new Daemons("", List.of());
        }
        String newest = found.removeLast();
        return new Daemons(newest, List.copyOf(found));
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

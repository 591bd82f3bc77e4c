package telos.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import telos.cli.clock.Clock;
import telos.cli.clock.Division;
import telos.cli.clock.Entity;
import telos.cli.clock.Figures;
import telos.cli.wire.Json;

/** {@code telos sched}: who wants service, who got how much, and who is behind. */
final class SchedCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                "sched",
                "Show how tokens and CPUs are divided: the share that each tenant, agent, request and program asks for by its "
                        + "weight, what it got in the last seconds, and how much service it is behind.",
                "telos sched",
                "telos sched --watch",
                "telos sched set alice/crawler weight=50",
                "telos sched policy deadline",
                "telos sched trace --out trace.json --seconds 10");
        spec.addOption(Syntax.flag("Print one JSON object; with --watch, one in each line.", "--json"));
        spec.addOption(Syntax.flag("Show it again and again, until Ctrl-C.", "--watch"));
        spec.addOption(Syntax.number("SECONDS", "How often with --watch, 1 to 3600 (1).", "--every"));
        spec.addOption(Syntax.flag("Show those too that want nothing and got nothing lately.", "--all"));
        spec.usageMessage().commandListHeading("%nCommands:%n").synopsisSubcommandLabel("[COMMAND]");
        return spec;
    }

    @Override
    public List<Command> below() {
        return List.of(new SchedSetCommand(), new SchedPolicyCommand(), new SchedTraceCommand());
    }

    @Override
    public boolean standsAlone() {
        return true;
    }

    @Override
    public int run(ParseResult arguments, Session session) throws CommandException {
        DaemonClient client = new DaemonClient(session.home());
        boolean json = Syntax.given(arguments, "--json");
        boolean all = Syntax.given(arguments, "--all");
        long every = Syntax.number(arguments, "--every", 1, 1, 3600);
        if (!Syntax.given(arguments, "--watch")) {
            show(client.fetch("/sched"), json, all, session);
            return 0;
        }
        Repetition repetition = new Repetition(session, every);
        do {
            Json clock = client.fetch(all ? "/sched" : "/sched?active=true");
            if (!json) {
                repetition.separate();
            }
            show(clock, json, all, session);
        } while (repetition.again());
        return 0;
    }

    private static void show(Json answer, boolean json, boolean all, Session session) {
        if (json) {
            session.out().println(answer);
            return;
        }
        Division division = Division.of(answer);
        boolean first = true;
        for (Clock clock : division.clocks()) {
            if (!first) {
                session.out().println();
            }
            first = false;
            print(clock, all, session);
        }
        if (division.clocks().isEmpty()) {
            session.out().println("policy " + Paint.line(division.policy()) + "; nothing is being divided yet");
        }
    }

    private static void print(Clock clock, boolean all, Session session) {
        List<Entity> shown =
                clock.entities().stream().filter(each -> all || each.isActive()).toList();
        int hidden = clock.entities().size() - shown.size();
        session.out()
                .println(Paint.line(clock.name()) + ": policy " + Paint.line(clock.policy())
                        + (clock.unit().isEmpty() ? "" : ", service in " + Paint.line(clock.unit()))
                        + (hidden == 0 ? "" : ", " + hidden + " idle not shown (--all)"));
        if (shown.isEmpty()) {
            session.out().println("nobody wants service now");
            return;
        }
        Grid grid = new Grid(
                        "ENTITY",
                        "WEIGHT",
                        "PRIO",
                        "DEADLINE",
                        "ASKED",
                        "GOT",
                        "LAG",
                        "WAITING",
                        "RUNNING",
                        "WAITED",
                        "LONGEST",
                        "PREEMPTED")
                .figures(1, 2, 4, 5, 6, 7, 8, 9, 10, 11);
        for (Entity each : shown) {
            grid.row(
                    "  ".repeat(each.depth()) + each.name(),
                    each.weight(),
                    each.priority(),
                    each.deadline().isEmpty() ? "-" : each.deadline(),
                    Figures.share(each.asked()),
                    Figures.share(each.got()),
                    Figures.large(each.lag()),
                    each.waiting(),
                    each.running(),
                    Figures.span(each.waitedSeconds()),
                    Figures.span(each.longestWaitSeconds()),
                    each.preemptions());
        }
        grid.print(session.out(), session.paint());
    }
}

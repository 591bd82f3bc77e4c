package telos.cli;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import telos.cli.clock.Figures;
import telos.cli.wire.Json;

/** {@code telos ps}: the agents that are running, the plans, and the programs. */
final class PsCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                "ps", "List the agents, the plans and the programs that are running.", "telos ps", "telos ps --json");
        spec.addOption(Syntax.flag("Print one JSON object.", "--json"));
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Session session) throws CommandException {
        DaemonClient client = new DaemonClient(session.home());
        Json agents = client.fetch("/agents").at("agents");
        Json programs = client.find("/programs").at("programs");
        Json plans = client.find("/plans").at("plans");
        if (Syntax.given(arguments, "--json")) {
            session.out()
                    .println(Json.object(
                            "agents", agents.items(), "programs", programs.items(), "plans", plans.items()));
            return 0;
        }
        agents(agents.items(), session);
        if (!plans.items().isEmpty()) {
            session.out().println();
            plans(plans.items(), session);
        }
        if (!programs.items().isEmpty()) {
            session.out().println();
            programs(programs.items(), session);
        }
        return 0;
    }

    private static void agents(List<Json> agents, Session session) {
        Grid grid = new Grid("ID", "NAME", "STATE", "AGE", "REQUEST");
        for (Json each : agents) {
            grid.row(
                    each.at("id").number(0),
                    each.at("name").text("?"),
                    state(each),
                    age(each),
                    each.at("request").text(""));
        }
        grid.print(session.out(), session.paint());
    }

    private static String state(Json row) {
        return row.at("state").text("?").toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String age(Json row) {
        return String.format(Locale.ROOT, "%.1f s", row.at("age_seconds").decimal(0));
    }

    private static void plans(List<Json> plans, Session session) {
        Grid grid = new Grid("PLAN", "NAME", "STATE", "CALLS", "AGE");
        for (Json each : plans) {
            grid.row(
                    each.at("id").text("?"),
                    each.at("name").text("?"),
                    state(each),
                    each.at("calls").number(0),
                    age(each));
        }
        grid.print(session.out(), session.paint());
    }

    private static void programs(List<Json> programs, Session session) {
        Grid grid =
                new Grid("PROGRAM", "NAME", "STATE", "BY", "CPUS", "WEIGHT", "PRIO", "PROCESSES", "CPU TIME", "AGE");
        for (Json each : programs) {
            grid.row(
                    "p" + each.at("id").number(0),
                    each.at("name").text("?"),
                    each.at("state").text("?").toLowerCase(Locale.ROOT),
                    each.at("by").text("-"),
                    each.at("cpus").text("-"),
                    each.at("weight").number(0),
                    each.at("priority").number(0),
                    each.at("processes").number(0),
                    Figures.span(each.at("cpu_seconds").decimal(0)),
                    Figures.span(each.at("age_seconds").decimal(0)));
        }
        grid.print(session.out(), session.paint());
    }
}

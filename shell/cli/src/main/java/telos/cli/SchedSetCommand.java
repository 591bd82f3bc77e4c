package telos.cli;

import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import telos.cli.clock.Division;
import telos.cli.clock.Entity;
import telos.cli.clock.Settings;

/** {@code telos sched set}: gives a tenant, an agent or a program another weight, priority or deadline. */
final class SchedSetCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                "set",
                "Give a tenant, an agent, a request or a program another weight, priority or deadline.",
                "telos sched set alice weight=300",
                "telos sched set alice/crawler weight=50 priority=-5",
                "telos sched set telos-mini#17 deadline=500/1s",
                "telos sched set telos-mini#17 deadline=none");
        spec.addPositional(Syntax.operands(
                "1..*",
                "ENTITY FIELD=VALUE",
                "Whom, by path (in every model, or in one: telos-mini/alice) or by id (telos sched --json); then what: weight=1..10000 (100 is usual), "
                        + "priority=-100..100 (0 is usual), deadline=BUDGET/PERIOD or deadline=none."));
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Session session) throws CommandException {
        List<String> words = Arrays.asList(Syntax.words(arguments));
        String name = words.getFirst();
        if (name.matches("(weight|priority|deadline)=.*")) {
            throw CommandException.usage("whose? Say the entity first: telos sched set alice " + name);
        }
        Settings settings = switch (Settings.read(words.subList(1, words.size()))) {
            case Settings.Good(var good) -> good;
            case Settings.Bad(var why) -> throw CommandException.usage(why);
        };
        DaemonClient client = new DaemonClient(session.home());
        Division division = Division.of(client.fetch("/sched"));
        List<Entity> meant = division.named(name);
        if (meant.isEmpty()) {
            List<String> near = division.near(name);
            throw CommandException.failed("there is no entity '" + name + "'"
                    + (near.isEmpty() ? "" : "; is it " + String.join(" or ", near) + "?")
                    + "; telos sched --all lists them");
        }
        if (meant.stream().map(Entity::clock).distinct().count() < meant.size()) {
            throw CommandException.failed(meant.size() + " entities are called '" + name + "': "
                    + String.join(", ", meant.stream().map(Entity::id).toList()) + "; say which by its id");
        }
        for (Entity each : meant) {
            boolean seconds = division.unit(each.clock()).equals("seconds");
            if (settings.areCounted() && seconds) {
                throw CommandException.usage(each.clock()
                        + " divides CPU time; reserve so much of it in a period, such as deadline=20ms/100ms");
            }
            if (settings.areTimed() && !seconds) {
                throw CommandException.usage(each.clock() + " divides " + division.unit(each.clock())
                        + ", not CPU time; reserve so many in a period, such as deadline=500/1s");
            }
        }
        for (Entity each : meant) {
            client.ask("POST", "/sched/entity", settings.of(each));
            session.out()
                    .println(Paint.line(each.path()) + " in " + Paint.line(each.clock()) + ": "
                            + String.join(" ", words.subList(1, words.size())));
        }
        return 0;
    }
}

package telos.cli;

import java.io.IOException;
import java.util.List;
import org.jline.terminal.Terminal;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import telos.cli.clock.Figures;
import telos.cli.top.Row;
import telos.cli.top.Sample;
import telos.cli.top.Screen;
import telos.cli.top.Sort;
import telos.cli.wire.Json;

/** {@code telos top}: who uses the daemon, on the whole screen. */
final class TopCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                "top",
                "Watch agents, requests and programs on the whole screen; sort them, kill one, give one another weight. "
                        + "Without a terminal it prints a table again and again.",
                "telos top",
                "telos top --plain --every 5",
                "telos top --once --json");
        spec.addOption(Syntax.number("SECONDS", "How often to look, 1 to 3600 (1).", "--every"));
        spec.addOption(Syntax.flag("Print tables, one after the other, and leave the screen alone.", "--plain"));
        spec.addOption(Syntax.flag("Print one table and leave.", "--once"));
        spec.addOption(Syntax.flag("Print one JSON object in each line instead of tables.", "--json"));
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Session session) throws CommandException {
        long every = Syntax.number(arguments, "--every", 1, 1, 3600);
        boolean json = Syntax.given(arguments, "--json");
        boolean once = Syntax.given(arguments, "--once");
        Sight sight = new Sight(new DaemonClient(session.home()));
        Json first = sight.look();
        boolean plain = json || once || Syntax.given(arguments, "--plain") || !session.outTerminal();
        if (plain || !onScreen(sight, every, session)) {
            repeat(sight, first, json, once, every, session);
        }
        return 0;
    }

    /** Shows it on the whole screen until it is left; false if the terminal cannot. */
    private static boolean onScreen(Sight sight, long every, Session session) throws CommandException {
        try (Terminal terminal = SystemTerminal.forScreen()) {
            if (terminal.getType().startsWith(Terminal.TYPE_DUMB)) {
                return false;
            }
            try (Screen screen =
                    new Screen(terminal, sight, (int) every, session.paint().colours())) {
                screen.run();
            }
            return true;
        } catch (IOException e) {
            throw CommandException.failed("cannot use this terminal: " + Home.reason(e));
        }
    }

    private static void repeat(Sight sight, Json first, boolean json, boolean once, long every, Session session)
            throws CommandException {
        Repetition repetition = new Repetition(session.plain(), every);
        Json seen = first;
        while (true) {
            if (json) {
                session.out().println(seen);
            } else {
                repetition.separate();
                print(Sight.sample(seen), session);
            }
            if (once || !repetition.again()) {
                return;
            }
            seen = sight.look();
        }
    }

    private static void print(Sample sample, Session session) {
        sample.title().forEach(session.out()::println);
        List<Row> rows = sample.rows().stream().sorted(Sort.GOT.order(false)).toList();
        if (rows.isEmpty()) {
            session.out().println("no agents, requests or programs");
            return;
        }
        Grid grid = new Grid("KIND", "ID", "NAME", "STATE", "WEIGHT", "ASKED", "GOT", "WAITED", "USED", "AGE", "WHAT")
                .figures(1, 4, 5, 6, 7, 8, 9);
        for (Row row : rows) {
            boolean weighed = row.weight().isPresent();
            grid.row(
                    row.kind().word(),
                    row.id(),
                    row.name(),
                    row.state(),
                    weighed ? row.weight().getAsLong() : "-",
                    weighed ? Figures.share(row.asked()) : "-",
                    weighed ? Figures.share(row.got()) : "-",
                    Figures.span(row.waited()),
                    row.usedText(),
                    row.age() == 0 ? "-" : Figures.span(row.age()),
                    row.what());
        }
        grid.print(session.out(), session.paint());
    }
}

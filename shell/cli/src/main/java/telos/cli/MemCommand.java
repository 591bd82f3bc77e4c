package telos.cli;

import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import telos.cli.wire.Json;

/** {@code telos mem}: the KV blocks and who holds them. */
final class MemCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                "mem",
                "Show the blocks of KV memory and the sequences that hold them.",
                "telos mem",
                "telos mem --json");
        spec.addOption(Syntax.flag("Print one JSON object.", "--json"));
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Session session) throws CommandException {
        Json memory = new DaemonClient(session.home()).fetch("/memory");
        if (Syntax.given(arguments, "--json")) {
            session.out().println(memory);
            return 0;
        }
        Json blocks = memory.at("blocks");
        long size = blocks.at("size_tokens").number(0);
        Grid grid = new Grid("BLOCKS", "COUNT", "TOKENS");
        for (String kind : new String[] {"total", "used", "cached", "free"}) {
            long count = blocks.at(kind).number(0);
            grid.row(kind, count, count * size);
        }
        grid.print(session.out(), session.paint());
        session.out()
                .printf(
                        Locale.ROOT,
                        "useful share of used blocks: %.0f%%%n",
                        100 * memory.at("useful_share").decimal(1));
        if (!memory.at("sequences").items().isEmpty()) {
            session.out().println();
            Grid sequences = new Grid("SEQUENCE", "TOKENS", "BLOCKS", "STATE");
            for (Json each : memory.at("sequences").items()) {
                sequences.row(
                        each.at("id").number(0),
                        each.at("tokens").number(0),
                        each.at("blocks").number(0),
                        each.at("state").text("?"));
            }
            sequences.print(session.out(), session.paint());
        }
        return 0;
    }
}

package telos.cli;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import telos.cli.clock.Trace;

/** {@code telos sched trace}: what ran when, in a file for Perfetto. */
final class SchedTraceCommand implements Command {
    private static final String PATH = "/sched/trace";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                "trace",
                "Write what ran when to a file that Perfetto (ui.perfetto.dev) and chrome://tracing open: a row for each "
                        + "agent, and counters. The daemon keeps the latest iterations only.",
                "telos sched trace --out trace.json",
                "telos sched trace --out trace.json --seconds 10");
        spec.addOption(Syntax.text("FILE", "Where to write it; - is standard output.", "--out", "-o"));
        spec.addOption(Syntax.number(
                "N",
                "Wait for so long first, 1 to 600, and write that time alone (write what is there).",
                "--seconds"));
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Session session) throws CommandException {
        String name = Syntax.text(arguments, "--out");
        if (name.isEmpty()) {
            throw CommandException.usage("say where to write the trace: --out trace.json");
        }
        long seconds = Syntax.number(arguments, "--seconds", 0, 1, 600);
        DaemonClient client = new DaemonClient(session.home());
        Trace trace = Trace.of(client.fetch(PATH));
        if (seconds > 0) {
            pause(seconds);
            trace = Trace.of(client.fetch(PATH)).after(trace);
        }
        if (name.equals("-")) {
            write(trace, session.out());
        } else {
            write(trace, session.file(name), session);
        }
        return 0;
    }

    private static void pause(long seconds) throws CommandException {
        try {
            Thread.sleep(Duration.ofSeconds(seconds));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw CommandException.failed("interrupted; nothing was written");
        }
    }

    private static void write(Trace trace, PrintStream out) throws CommandException {
        try {
            Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            trace.write(writer);
            writer.flush();
        } catch (IOException e) {
            throw CommandException.failed("cannot write the trace: " + Home.reason(e));
        }
    }

    private static void write(Trace trace, Path file, Session session) throws CommandException {
        try (Writer writer = Files.newBufferedWriter(file)) {
            trace.write(writer);
        } catch (IOException e) {
            throw CommandException.failed("cannot write " + file + ": " + Home.reason(e));
        }
        session.err()
                .println("telos: wrote " + trace.size() + " events to " + Paint.line(file.toString())
                        + "; open it at ui.perfetto.dev");
    }
}

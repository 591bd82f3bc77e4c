package telos.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** {@code telos bench NAME [--json] [options]}: progress on standard error, figures on standard output. */
public final class Main {
    private final List<Bench> benches;
    private final PrintStream out;
    private final PrintStream err;

    Main(List<Bench> benches, PrintStream out, PrintStream err) {
        this.benches = benches;
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) throws InterruptedException {
        Project project = Project.here();
        List<Bench> benches = List.of(
                new MiniBench(project),
                new StartBench(project),
                new SpeedBench(),
                new StreamsBench(project),
                new LoadBench(project),
                new ClockBench(project),
                new BitsBench(project),
                new ClientsBench(project),
                new SchemaBench(project),
                new InjectionBench(),
                new AttackBench(),
                new LabelsBench(),
                new NoninterferenceBench());
        System.exit(new Main(benches, System.out, System.err).run(List.of(arguments)));
    }

    int run(List<String> given) throws InterruptedException {
        List<String> arguments = new ArrayList<>(given);
        boolean json = arguments.remove("--json");
        if (arguments.isEmpty() || arguments.contains("--help") || arguments.contains("-h")) {
            (arguments.isEmpty() ? err : out).println(usage());
            return arguments.isEmpty() ? 2 : 0;
        }
        String name = arguments.removeFirst();
        for (Bench bench : benches) {
            if (bench.name().equals(name)) {
                return run(bench, arguments, json);
            }
        }
        err.println("telos bench: no benchmark named '" + name + "'; known are "
                + String.join(", ", benches.stream().map(Bench::name).toList()));
        return 2;
    }

    private String usage() {
        StringBuilder usage = new StringBuilder("Usage: telos bench NAME [--json] [options]\n\n");
        for (Bench bench : benches) {
            usage.append("  ").append(bench.name());
            bench.options().forEach(option -> usage.append(" [").append(option).append(']'));
            usage.append("\n      ").append(bench.about()).append('\n');
        }
        return usage.append("\nExample: ./telos bench speed --json").toString();
    }

    private int run(Bench bench, List<String> arguments, boolean json) throws InterruptedException {
        Console console = new Console(err);
        try {
            Options options = Options.read(arguments, bench.options());
            ObjectNode machine = Machine.describe();
            console.line(bench.name() + ": " + bench.about());
            console.line("machine: " + machine);
            Figures figures = bench.run(options, console);
            if (json) {
                out.println(figures.json(bench.name(), machine));
            } else {
                out.print(figures.table());
            }
            out.flush();
            return figures.hold() ? 0 : 1;
        } catch (BenchException e) {
            err.println("telos bench " + bench.name() + ": " + e.getMessage());
            return e.status();
        }
    }
}

package telos.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SequencedMap;
import telos.plans.Datum;
import telos.plans.Laboratory;
import telos.plans.Limits;
import telos.plans.Listener;
import telos.plans.Outcome;
import telos.plans.Plans;
import telos.plans.Tool;
import telos.plans.WorldException;
import telos.plans.WorldFile;
import telos.plans.flows.FlowListener;
import telos.plans.syntax.Parsed;
import telos.plans.syntax.Plan;
import telos.plans.syntax.PlanParser;
import telos.plans.syntax.Position;

/** One attack, shown: an agent that obeys whatever it reads, without labels and with them. */
final class AttackBench implements Bench {
    @Override
    public String name() {
        return "attack";
    }

    @Override
    public String about() {
        return "one attack: runs a plan twice in a world in a file, first without labels, which only the laboratory can,"
                + " then with them. It fails unless the first run has effects and the second is denied. With --svg it"
                + " draws what flowed where.";
    }

    @Override
    public List<String> options() {
        return List.of("--plan FILE", "--world FILE", "--svg FILE");
    }

    @Override
    public Figures run(Options options, Console out) throws BenchException {
        Path planFile = file(options, "--plan");
        Plan plan = switch (PlanParser.parse(read(planFile))) {
            case Parsed.Accepted(Plan parsed) -> parsed;
            case Parsed.Refused(var fault) -> throw new BenchException(planFile + ": " + fault.describe());
        };
        Path worldFile = file(options, "--world");
        String world = read(worldFile);

        out.line("without labels:");
        Teller unguarded = new Teller(out);
        told(Laboratory.unlabelled(plan, world(worldFile, world), unguarded, Limits.USUAL), out);
        out.line("with labels:");
        Teller guarded = new Teller(out);
        FlowListener flows = new FlowListener(guarded);
        boolean denied =
                told(Plans.run(plan, world(worldFile, world), flows, Limits.USUAL), out) instanceof Outcome.Denied;

        if (options.path("--svg").isPresent()) {
            Path svg = options.path("--svg").get();
            try {
                Files.writeString(svg, flows.graph().svg());
            } catch (IOException e) {
                throw new BenchException("cannot write " + svg + ": " + e.getMessage(), e);
            }
            out.line("what flowed where: " + svg);
        }
        return new Figures()
                .put("effects_labels_off", unguarded.effects)
                .put("effects", guarded.effects)
                .put("denied", denied ? 1 : 0)
                .atLeast("effects_labels_off", 1)
                .atLeast("denied", 1);
    }

    private static Path file(Options options, String name) throws BenchException {
        return options.path(name).orElseThrow(() -> BenchException.usage(name + " is needed"));
    }

    private static String read(Path file) throws BenchException {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw BenchException.usage("cannot read " + file + ": " + e.getMessage());
        }
    }

    private static WorldFile world(Path file, String json) throws BenchException {
        try {
            return WorldFile.parse(file.toString(), json);
        } catch (WorldException e) {
            throw BenchException.usage(String.valueOf(e.getMessage()));
        }
    }

    private static Outcome told(Outcome outcome, Console out) {
        out.line(
                switch (outcome) {
                    case Outcome.Ok _ -> "  it ran to its end";
                    case Outcome.Denied denied -> "  denied at " + denied.position() + ": " + denied.reason();
                    case Outcome.Failed failed -> "  " + failed.type() + ": " + failed.message();
                    case Outcome.Spent spent -> "  " + spent.message();
                    case Outcome.Lost lost -> "  " + lost.why();
                    case Outcome.Refused refused -> "  " + refused.message();
                });
        return outcome;
    }

    private static final class Teller implements Listener {
        private final Console out;
        private long effects;

        Teller(Console out) {
            this.out = out;
        }

        @Override
        public void effect(Position position, Tool tool, SequencedMap<String, Datum> arguments) {
            effects++;
            out.line("  " + tool.name());
            arguments.forEach((name, value) -> out.line("    " + name + ": " + words(value)));
        }

        @Override
        public void denied(Position position, String tool, String reason) {}

        @Override
        public void printed(String text) {
            out.line("  " + text.strip());
        }

        private static String words(Datum datum) {
            return datum instanceof Datum.Text(String text) ? text : datum.toString();
        }
    }
}

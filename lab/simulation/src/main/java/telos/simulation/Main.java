package telos.simulation;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import telos.kernel.scheduling.Policy;

/** {@code telos simulate}: runs seeds of a simulation, or one again. */
public final class Main {
    private static final String DEADLINES = "deadlines";
    private static final String USAGE = """
            Usage: telos simulate clock|batch [--seed N] [--seeds COUNT] [--policy NAME]
                   telos simulate deadlines [--seed N] [--seeds COUNT] [--load PERCENT]

            Runs the kernel's scheduler under a virtual clock, with workloads and faults that follow from a seed, and
            checks after every step that nothing is lost, that nobody starves and that the policy's bounds hold: the
            entity tree alone (clock), or the batching scheduler with its blocks (batch); or periodic tasks that reserve
            what they need and must never miss a deadline (deadlines).
            Without --policy, every policy runs over the same seeds. Exit status 1: something did not hold.

              --seed N        begin with this seed (default 0), and run it alone unless --seeds is given
              --seeds COUNT   so many seeds (default 100)
              --policy NAME   one of NAMES
              --load PERCENT  of the processor that all tasks ask for, 1 to 1000 (default 70, 80, 90, 100 and 110)

            Example: ./telos simulate clock --seed 17 --policy fair
            """;

    private final PrintStream out;
    private final PrintStream err;

    Main(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) {
        System.exit(new Main(System.out, System.err).run(List.of(arguments)));
    }

    int run(List<String> given) {
        List<String> arguments = new ArrayList<>(given);
        List<String> known = Policy.known().stream().map(Policy::name).toList();
        String usage = USAGE.replace("NAMES", String.join(", ", known));
        if (arguments.contains("--help") || arguments.contains("-h")) {
            out.print(usage);
            return 0;
        }
        if (arguments.isEmpty()) {
            err.print(usage);
            return 2;
        }
        String name = arguments.removeFirst();
        Optional<World> world = Stream.of(World.values())
                .filter(each -> each.title().equals(name))
                .findFirst();
        if (world.isEmpty() && !name.equals(DEADLINES)) {
            return fail("no simulation named '" + name + "'; there are: clock, batch, deadlines");
        }
        List<String> options = List.of("--seed", "--seeds", world.isPresent() ? "--policy" : "--load");
        long seed = 0;
        Optional<Integer> seeds = Optional.empty();
        List<Policy> policies = Policy.known();
        List<Integer> loads = List.of(70, 80, 90, 100, 110);
        while (!arguments.isEmpty()) {
            String option = arguments.removeFirst();
            if (!options.contains(option)) {
                return fail("unknown option '" + option + "'; known are --seed, --seeds and " + options.getLast());
            }
            if (arguments.isEmpty()) {
                return fail(option + " needs a value");
            }
            String value = arguments.removeFirst();
            try {
                switch (option) {
                    case "--seed" -> {
                        seed = Long.parseLong(value);
                        seeds = seeds.or(() -> Optional.of(1));
                    }
                    case "--seeds" -> seeds = Optional.of(Integer.parseInt(value));
                    case "--load" -> loads = List.of(Integer.parseInt(value));
                    default -> {
                        Optional<Policy> policy = Policy.named(value);
                        if (policy.isEmpty()) {
                            return fail("no policy named '" + value + "'; there are: " + String.join(", ", known));
                        }
                        policies = List.of(policy.get());
                    }
                }
            } catch (NumberFormatException _) {
                return fail(option + " needs a whole number, not '" + value + "'");
            }
        }
        if (seeds.isPresent() && seeds.get() < 1) {
            return fail("--seeds needs at least 1, not " + seeds.get());
        }
        if (loads.getFirst() < 1 || loads.getFirst() > 1000) {
            return fail("--load needs 1 to 1000, not " + loads.getFirst());
        }
        return world.isPresent()
                ? trials(world.get(), seed, seeds.orElse(100), policies)
                : deadlines(seed, seeds.orElse(100), loads);
    }

    private int trials(World world, long seed, int seeds, List<Policy> policies) {
        int status = 0;
        for (Policy policy : policies) {
            ClockTrials trials = ClockTrials.run(world, seed, seeds, policy);
            out.printf(
                    Locale.ROOT,
                    "%-17s %d seeds, %d requests; service gap beyond the bound in %d of them (widest %.2f of it);"
                            + " longest wait %.2f s; %s%n",
                    trials.policy(),
                    trials.seeds(),
                    trials.requests(),
                    trials.boundViolations(),
                    trials.widestGap(),
                    trials.longestWait() / 1e9,
                    trials.broken().isEmpty()
                            ? "all invariants held"
                            : trials.broken().size() + " runs broke");
            for (String broken : trials.broken()) {
                out.println("  " + broken);
                status = 1;
            }
            if (ServiceGaps.promisedBy(policy)) {
                for (String beyond : trials.beyondBound()) {
                    out.println("  " + beyond);
                    status = 1;
                }
            }
        }
        return status;
    }

    private int deadlines(long seed, int seeds, List<Integer> loads) {
        int status = 0;
        for (int load : loads) {
            DeadlineTrials trials = DeadlineTrials.run(load / 100.0, seed, seeds);
            out.printf(
                    Locale.ROOT,
                    "load %d %%: %d seeds, %d jobs, %d missed; %.3f of what is feasible was admitted%n",
                    load,
                    trials.sets(),
                    trials.jobs(),
                    trials.misses(),
                    trials.admitted());
            for (long missed : trials.missed()) {
                out.println("  seed " + missed + ": a deadline was missed; to see it again: ./telos simulate deadlines"
                        + " --seed " + missed + " --load " + load);
                status = 1;
            }
        }
        return status;
    }

    private int fail(String message) {
        err.println("telos simulate: " + message);
        return 2;
    }
}

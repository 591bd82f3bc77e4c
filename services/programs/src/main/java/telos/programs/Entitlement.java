package telos.programs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import telos.devices.linux.CpuSet;
import telos.kernel.scheduling.Shares;

/**
 * What programs can have of the CPUs that they share. Shares rise in proportion to weights until a program fills its threads,
 * or some fill all the CPUs that they are bound to; these keep what they have then, and the others' shares rise on. So nobody
 * could have more but at the cost of one who has less for its weight: Bertsekas and Gallager, "Data Networks", 6.5.2.
 *
 * <p>Weights in proportion to these shares make all virtual times advance alike, as far as the CPUs go.
 */
final class Entitlement {
    /** Of more different sets of CPUs than this, not every union is looked at. */
    private static final int MOST_SETS = 8;

    /** A weight that was cut is rounded to a hundredth, if there is room. */
    private static final double FINE = 100;

    private static final double NEARLY = 1 + 1e-9;

    /** CPUs that those programs share which can use no others. */
    private static final class Region {
        final CpuSet cpus;
        double weight;
        double given;

        Region(CpuSet cpus) {
            this.cpus = cpus;
        }

        /** CPUs per weight that are left. */
        double level() {
            return weight > 0 ? Math.max(0, cpus.size() - given) / weight : Double.POSITIVE_INFINITY;
        }
    }

    private Entitlement() {}

    /** Weights by which each gets what it can have; a program that is not held back keeps its own, or all are finer alike. */
    static Map<Program, Long> weights(List<Program> programs) {
        Map<Program, Double> shares = shares(programs);
        double last = 0;
        for (Program program : programs) {
            last = Math.max(last, shares.getOrDefault(program, 0.0) / program.shares.weight());
        }
        double least = FINE;
        double most = 1;
        for (Program program : programs) {
            double weight = shares.getOrDefault(program, 0.0) / last;
            least = weight * NEARLY < program.shares.weight() ? Math.min(least, weight) : least;
            most = Math.max(most, weight);
        }
        double finer = Math.max(1, Math.min(FINE / least, Shares.MAX_WEIGHT / most));
        Map<Program, Long> weights = new LinkedHashMap<>();
        for (Program program : programs) {
            long weight = Math.round(shares.getOrDefault(program, 0.0) / last * finer);
            weights.put(program, Math.clamp(weight, Shares.MIN_WEIGHT, Shares.MAX_WEIGHT));
        }
        return weights;
    }

    /** CPUs for each. */
    static Map<Program, Double> shares(List<Program> programs) {
        List<Region> regions = regions(programs);
        Map<CpuSet, List<Region>> within = new HashMap<>();
        for (Program program : programs) {
            List<Region> around = within.computeIfAbsent(
                    program.cpus,
                    cpus -> regions.stream()
                            .filter(region -> region.cpus.contains(cpus))
                            .toList());
            around.forEach(region -> region.weight += program.shares.weight());
        }
        Map<Program, Double> shares = new HashMap<>();
        List<Program> rising = new ArrayList<>(programs);
        rising.sort(Comparator.comparingDouble(Entitlement::full));
        while (!rising.isEmpty()) {
            double level = regions.stream().mapToDouble(Region::level).min().orElse(0);
            double full = full(rising.getFirst());
            double reached = Math.min(level, full);
            Set<Program> held = new HashSet<>();
            for (Program program : rising) {
                if (full <= level
                        ? full(program) <= full
                        : within.getOrDefault(program.cpus, List.of()).stream()
                                .anyMatch(region -> region.level() <= level * NEARLY)) {
                    held.add(program);
                }
            }
            for (Program program : held) {
                double share = program.shares.weight() * reached;
                shares.put(program, share);
                for (Region region : within.getOrDefault(program.cpus, List.of())) {
                    region.weight -= program.shares.weight();
                    region.given += share;
                }
            }
            rising.removeAll(held);
        }
        return shares;
    }

    /** CPUs per weight at which its threads are all at work. */
    private static double full(Program program) {
        return (double) program.width / program.shares.weight();
    }

    private static List<Region> regions(List<Program> programs) {
        List<CpuSet> sets =
                programs.stream().map(program -> program.cpus).distinct().toList();
        List<CpuSet> unions = new ArrayList<>(sets);
        if (sets.size() <= MOST_SETS) {
            for (int chosen = 1; chosen < 1 << sets.size(); chosen++) {
                CpuSet union = CpuSet.of();
                for (int i = 0; i < sets.size(); i++) {
                    union = (chosen >> i & 1) != 0 ? union.or(sets.get(i)) : union;
                }
                unions.add(union);
            }
        } else {
            unions.add(sets.stream().reduce(CpuSet.of(), CpuSet::or));
        }
        return unions.stream().distinct().map(Region::new).toList();
    }
}

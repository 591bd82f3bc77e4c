package telos.bench.labels;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One plan with labels, without them, and by CPython, in turns: medians of the nanoseconds between its marks. */
public record Slowdown(String plan, double labelled, double unlabelled, double cpython) {
    /** What was measured, and by which CPython. */
    public record All(List<Slowdown> each, String python) {
        /** The geometric mean over the plans of what labels cost. */
        public double slowdown() {
            return mean(each.stream()
                    .mapToDouble(one -> one.labelled / one.unlabelled)
                    .toArray());
        }

        public double slowest() {
            return each.stream()
                    .mapToDouble(one -> one.labelled / one.unlabelled)
                    .max()
                    .orElse(0);
        }

        /** The same against CPython. */
        public double againstCpython() {
            return mean(
                    each.stream().mapToDouble(one -> one.labelled / one.cpython).toArray());
        }

        public double unlabelledAgainstCpython() {
            return mean(each.stream()
                    .mapToDouble(one -> one.unlabelled / one.cpython)
                    .toArray());
        }

        private static double mean(double[] ratios) {
            return Math.exp(Arrays.stream(ratios).map(Math::log).average().orElse(0));
        }
    }

    /**
     * Measures every plan once all of them have run in turns for a while; all three must tell the same.
     *
     * @throws IOException if there is no python3
     */
    public static All measure(Duration warmUp, int repetitions) throws IOException {
        List<Workload> workloads = Workload.all();
        Office office = new Office();
        long until = System.nanoTime() + warmUp.toNanos();
        while (System.nanoTime() - until < 0) {
            for (Workload each : workloads) {
                each.run(office, true);
                each.run(office, false);
            }
        }
        try (CPython python = new CPython(workloads, office)) {
            List<Slowdown> all = new ArrayList<>();
            for (Workload workload : workloads) {
                all.add(measure(workload, office, python, repetitions));
            }
            return new All(all, python.version());
        }
    }

    private static Slowdown measure(Workload workload, Office office, CPython python, int repetitions)
            throws IOException {
        double[] labelled = new double[repetitions];
        double[] unlabelled = new double[repetitions];
        double[] cpython = new double[repetitions];
        for (int i = -1; i < repetitions; i++) {
            CPython.Run run = python.run(workload);
            int at = Math.max(0, i);
            cpython[at] = run.nanos();
            // Whichever runs first comes upon caches that another process has filled.
            for (boolean labels : i % 2 == 0 ? new boolean[] {true, false} : new boolean[] {false, true}) {
                workload.run(office, labels);
                (labels ? labelled : unlabelled)[at] = office.watch().nanos();
                same(workload, office.told(), run.told());
            }
        }
        return new Slowdown(workload.name(), median(labelled), median(unlabelled), median(cpython));
    }

    private static void same(Workload workload, String told, String wanted) {
        if (!told.equals(wanted)) {
            throw new IllegalStateException(workload.name() + " told '" + told + "', and CPython '" + wanted + "'");
        }
    }

    static double median(double[] times) {
        double[] sorted = times.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}

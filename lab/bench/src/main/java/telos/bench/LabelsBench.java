package telos.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryManagerMXBean;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import telos.bench.labels.Costs;
import telos.bench.labels.Slowdown;

/** What it costs to carry labels on every value. */
final class LabelsBench implements Bench {
    private static final int REPETITIONS = 15;
    private static final Duration WARM_UP = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "labels";
    }

    @Override
    public String about() {
        return "what labels cost: plans that sort, add up, write text and loop, over data that one person may read, with"
                + " labels, without them, and by CPython, in turns in one run; a decision by 100 rules; a checked call of"
                + " a tool. Medians of wall time, ours after a minute to warm up, with the serial collector"
                + " that telos plan runs with and the optimizing compiler that it leaves out, CPython's after one run;"
                + " reading a plan and starting are not in them. It says nothing of plans that mostly wait for tools.";
    }

    @Override
    public List<String> options() {
        return List.of("--repetitions N");
    }

    @Override
    public Figures run(Options options, Console out) throws BenchException {
        int repetitions = options.whole("--repetitions", REPETITIONS, 1, 1000);
        Figures figures = new Figures();
        try {
            Slowdown.All all = Slowdown.measure(WARM_UP, repetitions);
            out.line("CPython " + all.python() + "; collectors "
                    + ManagementFactory.getGarbageCollectorMXBeans().stream()
                            .map(MemoryManagerMXBean::getName)
                            .toList());
            all.each().forEach(each -> {
                out.line(String.format(
                        Locale.ROOT,
                        "%-9s %8.3f ms with labels, %8.3f without, %8.3f by CPython",
                        each.plan(),
                        each.labelled() / 1e6,
                        each.unlabelled() / 1e6,
                        each.cpython() / 1e6));
                figures.put("slowdown_" + each.plan(), each.labelled() / each.unlabelled())
                        .put("vs_cpython_" + each.plan(), each.labelled() / each.cpython());
            });
            figures.put("slowdown", all.slowdown())
                    .put("slowdown_most", all.slowest())
                    .put("vs_cpython", all.againstCpython())
                    .put("vs_cpython_labels_off", all.unlabelledAgainstCpython());
        } catch (IOException e) {
            throw new BenchException("there is no python3 to compare with: " + e.getMessage(), e);
        }
        figures.put("decision_us", Costs.decision(repetitions))
                .put("decision_us_all_rules_apply", Costs.decisionByAll(repetitions))
                .put("call_overhead_us", Costs.call(repetitions));
        return figures.atMost("slowdown", 2)
                .atMost("vs_cpython", 3)
                .atMost("decision_us", 1)
                .atMost("call_overhead_us", 50);
    }
}

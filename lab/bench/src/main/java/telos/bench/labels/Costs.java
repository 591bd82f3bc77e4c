package telos.bench.labels;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import telos.kernel.security.FlowCheck;
import telos.kernel.security.Integrity;
import telos.kernel.security.Label;
import telos.kernel.security.Readers;
import telos.kernel.security.Rule;
import telos.kernel.security.Verdict;
import telos.plans.Datum;
import telos.plans.Invocation;
import telos.plans.Parameter;
import telos.plans.Result;
import telos.plans.Tool;
import telos.plans.World;

/** What one decision and one call cost. */
public final class Costs {
    private static final int RULES = 100;
    private static final int TOOLS = 20;
    private static final int DECISIONS = 20_000;
    private static final int CALLS = 5_000;

    private Costs() {}

    /**
     * Microseconds for a decision where every rule of {@value #RULES} is about the same argument of the same tool, and all
     * hold.
     */
    public static double decisionByAll(int repetitions) {
        return decision(repetitions, Map.of("send", Map.of("text", rules())));
    }

    /** Microseconds for a decision by a policy of {@value #RULES} rules for {@value #TOOLS} tools. */
    public static double decision(int repetitions) {
        Map<String, Map<String, List<Rule>>> policy = new LinkedHashMap<>();
        int each = RULES / TOOLS;
        for (int i = 0; i < TOOLS; i++) {
            Map<String, List<Rule>> arguments = new LinkedHashMap<>();
            for (int j = 0; j < each; j++) {
                arguments.put("argument " + j, List.of(rules().get(i * each + j)));
            }
            policy.put(i == TOOLS / 2 ? "send" : "tool " + i, arguments);
        }
        return decision(repetitions, policy);
    }

    private static double decision(int repetitions, Map<String, Map<String, List<Rule>>> policy) {
        Readers audience = Readers.of("person3");
        Label label = Label.of(
                Integrity.TRUSTED,
                Readers.of(List.of("person0", "person1", "person2", "person3", "person4", "person5", "person6")));
        double[] times = new double[repetitions];
        int denied = 0;
        for (int i = -repetitions; i < repetitions; i++) {
            long began = System.nanoTime();
            for (int j = 0; j < DECISIONS; j++) {
                for (Map.Entry<String, List<Rule>> argument :
                        policy.getOrDefault("send", Map.of()).entrySet()) {
                    for (Rule rule : argument.getValue()) {
                        if (FlowCheck.check("send", argument.getKey(), label, rule, _ -> audience)
                                instanceof Verdict.Denied) {
                            denied++;
                        }
                    }
                }
            }
            times[Math.max(0, i)] = (System.nanoTime() - began) / 1e3 / DECISIONS;
        }
        if (denied > 0) {
            throw new IllegalStateException("a rule that holds was said not to");
        }
        return Slowdown.median(times);
    }

    private static List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < RULES; i++) {
            rules.add(
                    switch (i % 4) {
                        case 0 -> Rule.trusted(Integrity.TRUSTED);
                        case 1 -> Rule.told(Readers.of("person" + i % 7));
                        case 2 -> Rule.toldTo("to");
                        default -> Rule.told(Readers.of(List.of("person1", "person2")));
                    });
        }
        return rules;
    }

    /** Microseconds that a checked call of a tool takes in a plan beyond what the tool itself takes. */
    public static double call(int repetitions) {
        Workload calls = Workload.of("calls", loop("send(\"bob\", text, {\"cc\": [\"carol\"]})"));
        Workload empty = Workload.of("empty", loop("text"));
        double[] times = new double[repetitions];
        for (int i = -repetitions; i < repetitions; i++) {
            Post with = new Post();
            calls.runIn(with);
            Post without = new Post();
            empty.runIn(without);
            times[Math.max(0, i)] = (with.watch.nanos() - with.own - without.watch.nanos()) / 1e3 / CALLS;
        }
        return Slowdown.median(times);
    }

    private static String loop(String statement) {
        return "text = letter()\nmark()\nfor i in range(" + CALLS + "):\n    " + statement + "\nmark()\n";
    }

    /** A letter for two people, and a way to send it, with rules that hold. */
    private static final class Post implements World {
        private final SequencedMap<String, Tool> tools = new LinkedHashMap<>();
        private final Stopwatch watch = new Stopwatch();
        private long own;

        Post() {
            add(Office.MARK, List.of(), false, Label.BOTTOM, Map.of());
            add("letter", List.of(), false, Label.of(Integrity.TRUSTED, Readers.of(List.of("bob", "carol"))), Map.of());
            add(
                    "send",
                    List.of(Parameter.required("to"), Parameter.required("text"), Parameter.required("options")),
                    true,
                    Label.BOTTOM,
                    Map.of(
                            Tool.CALL,
                            List.of(Rule.trusted(Integrity.TRUSTED)),
                            "to",
                            List.of(Rule.trusted(Integrity.TRUSTED)),
                            "text",
                            List.of(Rule.trusted(Integrity.TRUSTED), Rule.toldTo("to")),
                            "options",
                            List.of(Rule.toldTo("to"))));
        }

        private void add(
                String name, List<Parameter> parameters, boolean effect, Label label, Map<String, List<Rule>> rules) {
            tools.put(
                    name,
                    new Tool(
                            name,
                            parameters,
                            effect,
                            rules,
                            label,
                            new LinkedHashMap<>(),
                            false,
                            List.of(result(name))));
        }

        private static Datum result(String tool) {
            return tool.equals("letter") ? new Datum.Text("Dear Bob") : Datum.NOTHING;
        }

        @Override
        public SequencedMap<String, Tool> tools() {
            return tools;
        }

        @Override
        public Result call(Invocation call) {
            Tool tool = call.tool();
            long began = System.nanoTime();
            Result result = Result.Value.of(result(tool.name()));
            if (tool.name().equals(Office.MARK)) {
                watch.mark();
            } else {
                own += System.nanoTime() - began;
            }
            return result;
        }
    }
}

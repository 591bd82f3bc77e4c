package telos.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import telos.kernel.Message;
import telos.kernel.ToolCall;
import telos.tools.Catalogue;

/**
 * How many requests of a set led to exactly the expected call: one call that equals it once the tool's defaults are filled
 * in, or none and some words where none is right.
 */
final class ExactCalls {
    private static final String NO_CALL = "(no call)";

    private final EvaluationSet set;
    private final Map<String, int[]> byTool = new TreeMap<>();
    private final List<String> misses = new ArrayList<>();

    private ExactCalls(EvaluationSet set) {
        this.set = set;
    }

    static ExactCalls of(EvaluationSet set, Operator model) throws BenchException, InterruptedException {
        ExactCalls score = new ExactCalls(set);
        for (EvaluationSet.Item item : set.items()) {
            score.count(item, model.answer(item.request()));
        }
        return score;
    }

    private void count(EvaluationSet.Item item, Message.Assistant answer) {
        boolean exact = exact(item.expected(), answer);
        String tool = item.expected().map(ToolCall::name).orElse(NO_CALL);
        byTool.computeIfAbsent(tool, _ -> new int[2])[exact ? 0 : 1]++;
        if (!exact) {
            misses.add(item.id() + " " + item.request() + "\n    expected "
                    + shown(item.expected().stream().toList()) + "\n    got      " + shown(answer.calls()));
        }
    }

    static boolean exact(Optional<ToolCall> expected, Message.Assistant answer) {
        List<ToolCall> calls = answer.calls();
        if (expected.isEmpty()) {
            return calls.isEmpty() && !answer.text().isBlank();
        }
        ToolCall right = expected.get();
        return calls.size() == 1
                && calls.getFirst().name().equals(right.name())
                && Catalogue.normalise(right.name(), right.arguments())
                        .equals(Catalogue.normalise(
                                right.name(), calls.getFirst().arguments()));
    }

    private static String shown(List<ToolCall> calls) {
        return calls.isEmpty()
                ? "no call"
                : String.join(
                        ", ",
                        calls.stream().map(c -> c.name() + " " + c.arguments()).toList());
    }

    double share() {
        return (double) right() / set.items().size();
    }

    /** As {@link #share}, of those requests alone that should lead to a call. */
    double callShare() {
        int right = 0;
        int all = 0;
        for (Map.Entry<String, int[]> tool : byTool.entrySet()) {
            if (!tool.getKey().equals(NO_CALL)) {
                right += tool.getValue()[0];
                all += tool.getValue()[0] + tool.getValue()[1];
            }
        }
        return all == 0 ? 0 : (double) right / all;
    }

    private int right() {
        return byTool.values().stream().mapToInt(counts -> counts[0]).sum();
    }

    /** Of each tool's requests, how many were exact. */
    String summary() {
        StringBuilder line = new StringBuilder(
                set.name() + ": " + right() + " of " + set.items().size() + " exact;");
        byTool.forEach((tool, counts) -> line.append(' ')
                .append(tool)
                .append(' ')
                .append(counts[0])
                .append('/')
                .append(counts[0] + counts[1]));
        return line.toString();
    }

    /** What was asked, what was right and what came instead, for each request that was not exact. */
    List<String> misses() {
        return List.copyOf(misses);
    }
}

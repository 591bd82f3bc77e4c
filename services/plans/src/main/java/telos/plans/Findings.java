package telos.plans;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.plans.syntax.Position;

/** What an analysis found, one finding for each argument of each call. */
final class Findings {
    private final Map<String, Finding> found = new LinkedHashMap<>();
    private final TreeMap<Position, Tool> tools = new TreeMap<>();

    void add(@Nullable Step at, Tool tool, String argument, Label label, String why) {
        Position position = at == null ? new Position(1, 1) : at.position;
        String key = position + " " + tool.name() + " " + argument;
        found.put(key, new Finding(position, tool.name(), argument, label, why, chain(position, tool, label)));
    }

    /** A tool may be called there. */
    void called(@Nullable Step at, Tool tool) {
        if (at != null) {
            tools.putIfAbsent(at.position, tool);
        }
    }

    private List<Finding.Link> chain(Position position, Tool tool, Label label) {
        List<Finding.Link> chain = new ArrayList<>();
        chain.add(new Finding.Link(position, "calls " + tool.name()));
        tools.descendingMap().forEach((at, each) -> {
            if (!at.equals(position) && brings(each, label)) {
                chain.add(new Finding.Link(at, "reads " + each.name()));
            }
        });
        return chain;
    }

    /** Whether what a tool gives may be where some of a label comes from. */
    private static boolean brings(Tool tool, Label label) {
        List<Label> all = new ArrayList<>(tool.labels().values());
        all.add(tool.result());
        for (Label each : all) {
            if (!each.isBottom() && each.flowsInto(label)) {
                return true;
            }
        }
        return false;
    }

    List<Finding> all() {
        List<Finding> all = new ArrayList<>(found.values());
        all.sort(java.util.Comparator.comparing(Finding::position));
        return all;
    }
}

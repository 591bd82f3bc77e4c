package telos.plans;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.kernel.security.Source;
import telos.plans.syntax.Position;

/** What an analysis found, one finding for each argument of each call. */
final class Findings {
    private final Map<String, Finding> found = new LinkedHashMap<>();
    private final TreeMap<Integer, Finding.Link> tools = new TreeMap<>();

    void add(@Nullable Step at, Tool tool, String argument, Label label, String why) {
        Position position = at == null ? new Position(1, 1) : at.position;
        String key = position + " " + tool.name() + " " + argument;
        found.put(key, new Finding(position, tool.name(), argument, label, why, chain(position, tool, label)));
    }

    /** A tool was called there. */
    void called(@Nullable Step at, Tool tool) {
        if (at != null) {
            tools.putIfAbsent(
                    at.position.line() * 10_000 + at.position.column(),
                    new Finding.Link(at.position, "reads " + tool.name()));
        }
    }

    private List<Finding.Link> chain(Position position, Tool tool, Label label) {
        List<Finding.Link> chain = new ArrayList<>();
        chain.add(new Finding.Link(position, "calls " + tool.name()));
        for (Finding.Link each : tools.descendingMap().values()) {
            for (Source source : label.sources().named()) {
                if (each.what().equals("reads " + source.name())) {
                    chain.add(each);
                }
            }
        }
        return chain;
    }

    List<Finding> all() {
        List<Finding> all = new ArrayList<>(found.values());
        all.sort(java.util.Comparator.comparing(Finding::position));
        return all;
    }
}

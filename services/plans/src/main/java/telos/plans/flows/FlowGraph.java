package telos.plans.flows;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * All flows of a run, each once and in order, so that equal runs give equal graphs.
 *
 * @param reason why the last call was denied, empty if none was
 */
public record FlowGraph(List<Flow> flows, String reason) {
    public FlowGraph {
        flows = List.copyOf(flows);
    }

    public static FlowGraph of(Collection<Flow> flows, String reason) {
        return new FlowGraph(List.copyOf(new TreeSet<>(flows)), reason);
    }

    /** The names of all sources, in order. */
    List<String> sources() {
        return flows.stream().map(Flow::source).distinct().sorted().toList();
    }

    /** The names of all sinks, in order. */
    List<String> sinks() {
        return flows.stream().map(Flow::sink).distinct().sorted().toList();
    }

    /** A drawing: sources left, sinks right, what was denied in red. */
    public String svg() {
        return new Drawing(this).svg();
    }
}

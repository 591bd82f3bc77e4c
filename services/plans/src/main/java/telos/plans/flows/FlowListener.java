package telos.plans.flows;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import telos.kernel.security.Label;
import telos.kernel.security.Source;
import telos.plans.Datum;
import telos.plans.Listener;
import telos.plans.Tool;
import telos.plans.syntax.Position;

/** Collects what flows where while a run goes on, and passes everything on. */
public final class FlowListener implements Listener {
    private static final String PLAN = "the plan itself";

    private final Listener next;
    private final List<Flow> flows = new ArrayList<>();
    private String reason = "";

    public FlowListener(Listener next) {
        this.next = next;
    }

    /** What has flowed until now. */
    public FlowGraph graph() {
        return FlowGraph.of(flows, reason);
    }

    @Override
    public void effect(Position position, Tool tool, SequencedMap<String, Datum> arguments) {
        next.effect(position, tool, arguments);
    }

    @Override
    public void denied(Position position, String tool, String why) {
        reason = position + ": " + why;
        next.denied(position, tool, why);
    }

    @Override
    public void checked(Position position, Tool tool, String argument, Label label, boolean allowed) {
        if (label.sources().named().isEmpty()) {
            flows.add(new Flow(PLAN, tool.name(), argument, label.toString(), !allowed));
        }
        for (Source source : label.sources().named()) {
            flows.add(new Flow(source.toString(), tool.name(), argument, label.toString(), !allowed));
        }
        next.checked(position, tool, argument, label, allowed);
    }

    @Override
    public void printed(String text) {
        next.printed(text);
    }
}

package telos.server;

import java.util.List;
import telos.agents.AgentState;
import telos.agents.Agents;
import telos.tools.TelosView;
import telos.tools.report.AgentRow;
import telos.tools.report.BlockCounts;

/** What the tools {@code agents} and {@code blocks} see of this daemon. */
final class SelfView implements TelosView {
    private final Models models;
    private final Agents agents;

    SelfView(Models models, Agents agents) {
        this.models = models;
        this.agents = agents;
    }

    @Override
    public List<AgentRow> agents() {
        return agents.list().stream()
                .map(row -> new AgentRow(row.id().value(), row.name(), word(row.state()), row.steps(), row.tokens()))
                .toList();
    }

    /** One word, as the tool's readers know it. */
    private static String word(AgentState state) {
        return switch (state) {
            case RUNNING -> "running";
            case READY, WAITING_FOR_MODEL, WAITING_FOR_TOOL -> "waiting";
            case ENDED -> "done";
        };
    }

    @Override
    public BlockCounts blocks() {
        MemoryReport report = models.memory();
        MemoryReport.Blocks blocks = report.blocks();
        return new BlockCounts(
                blocks.total(),
                blocks.used(),
                blocks.cached(),
                blocks.free(),
                blocks.sizeTokens(),
                report.usefulShare());
    }
}

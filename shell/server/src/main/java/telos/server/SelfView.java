package telos.server;

import java.util.List;
import java.util.Locale;
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
                .map(row -> new AgentRow(
                        row.id().value(),
                        row.name(),
                        row.state().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        row.steps(),
                        row.tokens()))
                .toList();
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

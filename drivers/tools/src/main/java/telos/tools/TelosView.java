package telos.tools;

import java.util.List;
import telos.tools.report.AgentRow;
import telos.tools.report.BlockCounts;

/** What Telos lets its own tools see of itself. Called from any thread; must answer at once. */
public interface TelosView {
    /** The agents that are alive, oldest first. */
    List<AgentRow> agents();

    /** The KV blocks now. */
    BlockCounts blocks();
}

package telos.bench;

import java.util.List;
import telos.tools.TelosView;
import telos.tools.Toolbox;
import telos.tools.host.LinuxHost;
import telos.tools.report.AgentRow;
import telos.tools.report.BlockCounts;

/** The real tools, with no daemon behind those two that look at one. */
final class LabTools {
    private LabTools() {}

    static Toolbox toolbox() {
        return new Toolbox(new LinuxHost(), new TelosView() {
            @Override
            public List<AgentRow> agents() {
                return List.of();
            }

            @Override
            public BlockCounts blocks() {
                return new BlockCounts(64, 0, 0, 64, 16, 1);
            }
        });
    }
}

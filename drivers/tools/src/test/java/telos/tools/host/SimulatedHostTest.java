package telos.tools.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import telos.tools.report.Unavailable;

final class SimulatedHostTest {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, -1})
    void makesUpACoherentMachine(long seed) throws Exception {
        SimulatedHost host = SimulatedHost.seeded(seed);
        assertThat(host).isEqualTo(SimulatedHost.seeded(seed));
        long resident = 0;
        for (var row : host.processes()) {
            resident += row.memoryBytes();
            assertThat(host.process(row.pid()).name()).isEqualTo(row.name());
        }
        assertThat(resident).isLessThanOrEqualTo(host.memory().used());
        assertThat(host.disk(Path.of("/var"), "/var").render()).startsWith("path: /var\nmount: /\n");
        assertThat(host.kernelLog(1).lines()).hasSize(1);
        assertThatThrownBy(() -> host.process(Integer.MAX_VALUE)).isInstanceOf(Unavailable.class);
    }
}

package telos.tools.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import telos.tools.report.SocketRow;
import telos.tools.report.Unavailable;

/** The real procfs, whatever machine this is. */
final class ThisMachineTest {
    private final Host host = new LinuxHost();

    @Test
    void seesThisProgramAmongTheProcesses() throws Exception {
        long self = ProcessHandle.current().pid();
        assertThat(host.processes()).anySatisfy(row -> {
            assertThat(row.pid()).isEqualTo(self);
            assertThat(row.name()).isEqualTo("java");
            assertThat(row.memoryBytes()).isGreaterThan(10L << 20);
        });
        assertThat(host.process(self).threads()).isGreaterThan(3);
    }

    @Test
    void tellsMemoryLoadAndDisk() throws Exception {
        assertThat(host.memory().total()).isGreaterThan(host.memory().available());
        assertThat(host.load().cpus()).isPositive();
        assertThat(host.disk(Path.of("/"), "/").mount()).isEqualTo("/");
    }

    @Test
    void seesASocketOfThisProgram() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(host.sockets())
                    .filteredOn(row -> row.port() == socket.getLocalPort())
                    .extracting(SocketRow::state)
                    .contains("listening");
        }
    }

    @Test
    void readsTheKernelLogOrSaysWhyNot() {
        try {
            assertThat(host.kernelLog(5).lines()).hasSizeLessThanOrEqualTo(5);
        } catch (Unavailable refused) {
            assertThat(refused.why()).isNotEmpty();
        }
    }
}

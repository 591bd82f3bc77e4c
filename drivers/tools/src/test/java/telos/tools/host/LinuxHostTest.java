package telos.tools.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import telos.tools.report.DiskUsage;
import telos.tools.report.LoadAverages;
import telos.tools.report.MemoryUse;
import telos.tools.report.Unavailable;

final class LinuxHostTest {
    @TempDir
    Path root;

    @Test
    void readsMemoryInBytes() throws Exception {
        assertThat(FakeProc.in(root).host().memory()).isEqualTo(new MemoryUse(16L << 20, 4L << 20, 2L << 20, 1L << 20));
    }

    @Test
    void estimatesWhatIsAvailableWhereAnOldKernelDoesNotSay() throws Exception {
        FakeProc proc = FakeProc.in(root)
                .file("proc/meminfo", "MemTotal: 100 kB\nMemFree: 10 kB\nBuffers: 5 kB\nCached: 20 kB\n");
        assertThat(proc.host().memory()).isEqualTo(new MemoryUse(100 * 1024, 35 * 1024, 0, 0));
    }

    @Test
    void refusesMemoryFiguresThatMakeNoSense() throws Exception {
        for (String text : new String[] {"", "MemTotal: lots\n", "MemTotal:\n", "MemTotalX: 5 kB\n", "\0\0\0"}) {
            LinuxHost host = FakeProc.in(root).file("proc/meminfo", text).host();
            assertThatThrownBy(host::memory).isInstanceOf(Unavailable.class);
        }
        LinuxHost noFile = new FakeProc(root.resolve("elsewhere")).host();
        assertThatThrownBy(noFile::memory).isInstanceOf(Unavailable.class).hasMessageContaining("meminfo");
    }

    @Test
    void readsLoadAndPressure() throws Exception {
        FakeProc proc = FakeProc.in(root)
                .file("proc/pressure/cpu", "some avg10=1.20 avg60=0.50 avg300=0.10 total=1\n")
                .file("proc/pressure/memory", "nonsense")
                .file("proc/pressure/io", "some avg10=x avg60=0.50\n");
        assertThat(proc.host().load())
                .isEqualTo(new LoadAverages(
                        0.52,
                        0.61,
                        0.70,
                        2,
                        OptionalDouble.of(1.2),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        Duration.ofMinutes(121)));
    }

    @Test
    void refusesLoadFiguresThatMakeNoSense() throws Exception {
        LinuxHost host = FakeProc.in(root).file("proc/loadavg", "0.5 high\n").host();
        assertThatThrownBy(host::load).isInstanceOf(Unavailable.class).hasMessageContaining("form");
        LinuxHost empty = FakeProc.in(root).file("proc/uptime", "").host();
        assertThatThrownBy(empty::load).isInstanceOf(Unavailable.class);
    }

    @Test
    void findsTheMountThatHoldsAPath() throws Exception {
        Path real = root.toRealPath();
        FakeProc proc = FakeProc.in(root)
                .file(
                        "proc/self/mountinfo",
                        "22 1 8:1 / / rw - ext4 a rw\nbroken line\n23 22 8:2 / " + real
                                + "/my\\040disk rw - ext4 b rw\n" + "24 22 8:3 / " + real + "/my rw - ext4 c rw\n")
                .file("my disk/data/file", "x");
        DiskUsage usage = proc.host().disk(real.resolve("my disk/data"), "data");
        assertThat(usage.mount()).isEqualTo(real + "/my disk");
        assertThat(usage.path()).isEqualTo("data");
        assertThat(usage.size()).isPositive();
        assertThat(usage.used()).isBetween(0L, usage.size());
    }

    @Test
    void refusesTheDiskOfAPathThatDoesNotExist() throws Exception {
        LinuxHost host = FakeProc.in(root).host();
        assertThatThrownBy(() -> host.disk(root.resolve("nowhere"), "nowhere"))
                .isInstanceOf(Unavailable.class)
                .hasMessage("no such file or folder: nowhere");
    }

    @Test
    void showsTheNewestLinesOfTheKernelLogWithoutLevels() throws Exception {
        LinuxHost host = FakeProc.in(root).host();
        assertThat(host.kernelLog(2).lines()).containsExactly("[    1.500000] a <b> c", "no level");
        assertThat(host.kernelLog(200).lines()).hasSize(3);
    }
}

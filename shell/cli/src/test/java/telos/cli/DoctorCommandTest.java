package telos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import telos.cli.Cli.Ran;
import telos.cli.wire.Json;

class DoctorCommandTest {
    @TempDir
    Path folder;

    private Host host() {
        return new Host(folder.resolve("root"));
    }

    private void file(String path, String text) throws IOException {
        Path file = host().root().resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void reportsThisHost() throws IOException {
        Ran ran = Cli.in(folder).run("doctor", "--json");
        Json report = Json.parse(ran.out());
        assertThat(ran.status()).isZero();
        assertThat(report.at("ok").flag()).isTrue();
        assertThat(report.at("cpu").at("cores").number(0)).isPositive();
        assertThat(report.at("cpu").at("vector_bits").number(0)).isGreaterThanOrEqualTo(128);
        assertThat(report.at("memory").at("total").number(0)).isPositive();
        assertThat(report.at("jdk").at("vector_module").flag()).isTrue();
        assertThat(report.at("home").at("writable").flag()).isTrue();
        assertThat(report.at("findings").items()).isNotEmpty();
        assertThat(Cli.in(folder).run("doctor").out())
                .contains("processor")
                .contains("JDK")
                .contains("port 7717");
    }

    @Test
    void failsWhereTheStateCannotBeKept() {
        Ran ran = Cli.in(folder)
                .withEnvironment(Map.of("TELOS_HOME", "/proc/telos"))
                .run("doctor");
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.out()).contains("FAIL  state").contains("set TELOS_HOME");
    }

    @Test
    void namesTheDaemonThatRuns() throws IOException {
        try (FakeDaemon _ = new FakeDaemon(Cli.home(folder))) {
            assertThat(Cli.in(folder).run("doctor").out())
                    .contains("running, process")
                    .contains("model fake");
        }
    }

    @Test
    void readsTheProcessorsVectorWidth() throws IOException {
        file("proc/cpuinfo", "processor : 0\nmodel name\t: Some CPU\nflags\t\t: sse4_2 avx avx2 fma\n");
        assertThat(host().cpu()).isEqualTo("Some CPU");
        assertThat(host().vectorBits()).isEqualTo(256);
        assertThat(host().vectorFlags()).containsExactly("sse4_2", "avx", "avx2", "fma");
        file("proc/cpuinfo", "Features\t: fp asimd sve\n");
        assertThat(host().vectorBits()).isEqualTo(128);
        assertThat(host().vectorFlags()).containsExactly("asimd", "sve");
    }

    @Test
    void takesTheLeastLimitOfTheControlGroupsAboveIt() throws IOException {
        file("proc/self/cgroup", "0::/a/b\n");
        file("sys/fs/cgroup/a/b/memory.max", "max\n");
        file("sys/fs/cgroup/a/memory.max", "1073741824\n");
        file("sys/fs/cgroup/a/b/cpu.max", "150000 100000\n");
        file("sys/fs/cgroup/a/cpu.max", "max 100000\n");
        assertThat(host().memoryLimit()).hasValue(1 << 30);
        assertThat(host().cpuLimit()).hasValue(1.5);
    }

    @Test
    void doesNotFollowAControlGroupOutOfItsTree() throws IOException {
        file("proc/self/cgroup", "0::/../../../outside\n");
        file("outside/memory.max", "5\n");
        assertThat(host().memoryLimit()).isEmpty();
    }

    @Test
    void readsPressureAndMemory() throws IOException {
        file("proc/pressure/cpu", "some avg10=12.50 avg60=1.00 avg300=0.10 total=1\n");
        file("proc/pressure/io", "nonsense\n");
        file("proc/meminfo", "MemTotal:       16 kB\nMemAvailable:    8 kB\n");
        assertThat(host().pressure()).isEqualTo(Map.of("cpu", 12.5));
        assertThat(host().memoryTotal()).hasValue(16 * 1024);
        assertThat(host().memoryAvailable()).hasValue(8 * 1024);
    }

    @Test
    void knowsNothingOfAnEmptyHost() {
        assertThat(host().memoryTotal()).isEmpty();
        assertThat(host().memoryLimit()).isEmpty();
        assertThat(host().cpuLimit()).isEmpty();
        assertThat(host().pressure()).isEmpty();
        assertThat(host().accelerators()).isEmpty();
        assertThat(host().deviceNodes()).isEmpty();
        assertThat(host().cpu()).isEqualTo(System.getProperty("os.arch"));
    }

    @Test
    void findsAcceleratorsByTheirLibraries() throws IOException {
        file("usr/lib/x86_64-linux-gnu/libcuda.so.1", "");
        file("usr/lib/libOpenCL.so.1", "");
        file("dev/nvidia0", "");
        assertThat(host().accelerators()).extracting(Host.Library::kind).containsExactly("CUDA", "OpenCL");
        assertThat(host().deviceNodes()).containsExactly("/dev/nvidia0");
    }
}

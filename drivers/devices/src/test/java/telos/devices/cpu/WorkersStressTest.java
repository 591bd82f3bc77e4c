package telos.devices.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class WorkersStressTest {
    @Test
    void losesNoChunkUnderAnyInterleavingThatWasSeen(@TempDir Path results) throws Exception {
        Process jcstress = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.openjdk.jcstress.Main",
                        "-t",
                        WorkersStress.class.getSimpleName(),
                        "-m",
                        "quick",
                        "-f",
                        "1",
                        "-fsm",
                        "1",
                        "-iters",
                        "1",
                        "-time",
                        "1000",
                        "-jvmArgs",
                        "--add-modules=jdk.incubator.vector --enable-native-access=ALL-UNNAMED",
                        "-r",
                        results.toString()))
                .directory(new File(results.toString()))
                .redirectErrorStream(true)
                .start();
        String printed = new String(jcstress.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(jcstress.waitFor()).as(printed).isZero();
        assertThat(printed).contains(" 0 failed, 0 soft errs, 0 hard errs", "Failed tests: No matches");
    }
}

package telos.devices.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static telos.devices.linux.Programs.SPIN;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaunchTest {
    @TempDir
    Path folder;

    private final Programs programs = new Programs();

    @AfterEach
    void end() {
        programs.close();
    }

    @Test
    void passesTheExitStatusOn() {
        assertThat(programs.shell("exit 42").await(false)).isEqualTo(new Child.Exited(42));
        assertThat(programs.shell("kill -SEGV $$").await(false)).isEqualTo(new Child.Killed(11));
        assertThat(programs.shell("kill -STOP $$").await(true)).isEqualTo(new Child.Stopped(19));
    }

    @Test
    void startsInAGroupOfItsOwnWithoutDescriptorsOfOurs() throws Exception {
        Path out = folder.resolve("out");
        Child child = programs.shell("cut -d' ' -f5 /proc/$$/stat > '" + out + "'; ls /proc/$$/fd >> '" + out + "'");
        assertThat(child.await(false)).isEqualTo(new Child.Exited(0));
        assertThat(Files.readAllLines(out))
                .startsWith(Integer.toString(child.process()))
                .contains("0", "1", "2")
                .doesNotContain("3");
    }

    @Test
    void keepsToTheCpusFromTheStart() throws Exception {
        int last = CpuSet.allowed().numbers().getLast();
        Path out = folder.resolve("out");
        Child child = programs.start(
                Optional.of(CpuSet.of(last)),
                "/bin/sh",
                "-c",
                "grep Cpus_allowed_list /proc/self/status > '" + out + "'");
        child.await(false);
        assertThat(Files.readString(out).strip()).endsWith("\t" + last);
        assertThat(CpuSet.allowed().contains(CpuSet.of(last))).isTrue();
    }

    @Test
    void saysLikeAShellWhyAProgramDidNotStart() throws Exception {
        Path file = Files.writeString(folder.resolve("data"), "x");
        Path broken = Files.write(folder.resolve("broken"), new byte[] {0x7f, 'E', 'L', 'F', 0});
        Files.setPosixFilePermissions(broken, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(programs.launch(Optional.empty(), "no-such-program"))
                .isEqualTo(new Launch.Failed(127, "no-such-program: no such program"));
        assertThat(programs.launch(Optional.empty(), file.toString()))
                .isEqualTo(new Launch.Failed(126, file + ": is there and may not be run (permission denied)"));
        assertThat(programs.launch(Optional.of(CpuSet.of(8000)), "true"))
                .isInstanceOfSatisfying(
                        Launch.Failed.class,
                        failed -> assertThat(failed.why())
                                .contains("CPU 8000", CpuSet.allowed().toString()));
    }

    @Test
    void runsAScriptThatDoesNotSayWhose() throws Exception {
        Path script = Files.writeString(folder.resolve("script"), "exit $1\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(programs.start(Optional.empty(), script.toString(), "5").await(false))
                .isEqualTo(new Child.Exited(5));
    }

    @Test
    void isStillThereWhenItHasEndedUntilItIsReaped() {
        Child child = programs.shell(SPIN);
        child.signal(Signal.TERM);
        assertThat(child.await(true)).isEqualTo(new Child.Killed(15));
        assertThat(Programs.state(child.process())).isEqualTo('Z');
        child.reap();
        assertThat(Programs.state(child.process())).isEqualTo('?');
    }
}

package telos.devices.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static telos.devices.linux.Programs.SPIN;
import static telos.devices.linux.Programs.state;
import static telos.devices.linux.Programs.until;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GuardianTest {
    private final Programs programs = new Programs();

    @AfterEach
    void end() {
        programs.close();
    }

    private static Process holder(List<Child> children) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Holder.class.getName()));
        children.forEach(child -> words.add(Integer.toString(child.process())));
        return new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    @Test
    void continuesEveryProgramWhenTheProcessThatStoppedThemIsKilled() throws Exception {
        List<Child> children = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            children.add(programs.shell("exec sleep 1000"));
        }
        Process holder = holder(children);
        try (BufferedReader said = holder.inputReader()) {
            assertThat(said.readLine()).isNotNull();
            assertThat(children).allMatch(child -> state(child.process()) == 'T');
            holder.destroyForcibly().waitFor();
            until("all go on", () -> children.stream().noneMatch(child -> state(child.process()) == 'T'));
        }
    }

    @Test
    void isStartedAgainWhenItIsKilledAndStillKnowsEverybody() throws Exception {
        Child child = programs.shell(SPIN);
        Process holder = holder(List.of(child));
        try (BufferedReader said = holder.inputReader()) {
            ProcessHandle guardian =
                    ProcessHandle.of(Long.parseLong(said.readLine())).orElseThrow();
            guardian.destroyForcibly();
            guardian.onExit().join();
            holder.outputWriter().append('\n').flush();
            assertThat(Long.parseLong(said.readLine())).isNotEqualTo(guardian.pid());
            assertThat(state(child.process())).isEqualTo('T');
            holder.destroyForcibly().waitFor();
            until("it goes on", () -> state(child.process()) != 'T');
        }
    }

    @Test
    void leavesThoseAloneThatWereReleased() throws Exception {
        Child one = programs.shell(SPIN);
        Child other = programs.shell(SPIN);
        Guardian guardian = new Guardian();
        assertThat(guardian.hold(-one.process()) && guardian.hold(-other.process()))
                .isTrue();
        guardian.release(-one.process());
        ProcessHandle process = ProcessHandle.of(guardian.pid()).orElseThrow();
        one.signal(Signal.STOP);
        other.signal(Signal.STOP);
        until("both stop", () -> state(one.process()) == 'T' && state(other.process()) == 'T');
        guardian.close();
        process.onExit().join();
        until("the other goes on", () -> state(other.process()) != 'T');
        assertThat(state(one.process())).isEqualTo('T');
    }
}

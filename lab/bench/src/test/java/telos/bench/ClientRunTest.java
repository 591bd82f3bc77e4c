package telos.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClientRunTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void countsWhatTheClientTells() throws Exception {
        ClientRun run =
                run("echo begin chat; echo ok chat; echo begin tools; echo failed tools no call at all; echo end; cat");
        assertThat(run.passed()).containsExactly("chat");
        assertThat(run.failed()).containsExactly("tools: no call at all");
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("ok      chat")
                .contains("failed  tools: no call");
    }

    @Test
    void takesAClientThatEndsEarlyForAFailureAndSaysItsLastWords() throws Exception {
        ClientRun run = run("echo begin chat; echo too bad >&2");
        assertThat(run.passed()).isEmpty();
        assertThat(run.failed()).containsExactly("chat: it ended: too bad");
        assertThat(run("true").failed()).containsExactly("start: it ended without a word");
    }

    @Test
    void givesUpAClientThatHangs() throws Exception {
        ClientRun run = run(new Watch(Optional.empty()), Duration.ofMillis(100), "echo begin chat; cat");
        assertThat(run.failed()).singleElement().asString().startsWith("chat: no word within");
    }

    @Test
    void asksTheDaemonWhetherWhatWasCancelledIsGone() throws Exception {
        Watch bad = new Watch(Optional.of("3 blocks still in use"));
        ClientRun run = run(bad, PATIENCE, "echo begin cancel; echo ok cancel; echo end; cat");
        assertThat(bad.begun).isTrue();
        assertThat(run.failed()).containsExactly("cancel: 3 blocks still in use");
        assertThat(run("echo begin cancel; echo ok cancel; echo end").passed()).containsExactly("cancel");
    }

    @Test
    void givesTheClientWhatItsEnvironmentNeeds() throws Exception {
        assertThat(run("echo begin $TELOS_URL; echo ok $TELOS_URL; echo end").passed())
                .containsExactly("http://here");
    }

    private ClientRun run(String script) throws Exception {
        return run(new Watch(Optional.empty()), PATIENCE, script);
    }

    private ClientRun run(Watch watch, Duration patience, String script) throws Exception {
        Console console = new Console(new PrintStream(out, true, StandardCharsets.UTF_8));
        ClientRun run = new ClientRun(watch, patience, console);
        run.run(List.of("sh", "-c", script), Map.of("TELOS_URL", "http://here"), folder.resolve("err"));
        return run;
    }

    private static final class Watch implements CancelWatch {
        private final Optional<String> fault;
        private boolean begun;

        Watch(Optional<String> fault) {
            this.fault = fault;
        }

        @Override
        public void begin() {
            begun = true;
        }

        @Override
        public Optional<String> fault() {
            return fault;
        }
    }
}

package telos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import telos.cli.Cli.Ran;

class InvocationTest {
    @TempDir
    Path folder;

    private Cli cli = Cli.in(Path.of("/"));

    @BeforeEach
    void here() {
        cli = Cli.in(folder);
    }

    static String[] commands() {
        return Commands.NAMES.toArray(String[]::new);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasHelpWithAnExample(String name) {
        Ran ran = cli.run(name, "--help");
        assertThat(ran.status()).isZero();
        assertThat(ran.out())
                .startsWith("Usage: telos " + name)
                .contains("Example")
                .contains("telos " + name);
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void theHelpListsEveryCommand() {
        Ran ran = cli.run("--help");
        assertThat(ran.status()).isZero();
        assertThat(ran.out()).contains(Commands.NAMES).contains("Examples:");
    }

    @Test
    void showsTheHelpWhenNothingIsAsked() {
        assertThat(cli.run().out()).startsWith("Usage: telos");
        assertThat(cli.run().status()).isEqualTo(2);
    }

    @Test
    void saysItsVersion() {
        assertThat(cli.run("--version").out()).matches("telos \\d+\\.\\d+\\.\\d+ \\(JDK 2\\d.*\\)\n");
    }

    @Test
    void suggestsACommandThatIsNear() {
        Ran ran = cli.run("modles");
        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.err())
                .contains("unknown command 'modles'")
                .contains("Did you mean: ")
                .contains("models");
    }

    @Test
    void suggestsRunForARequestWithoutACommand() {
        Ran ran = cli.run("how full is the disk?");
        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.err()).contains("telos run \"how full is the disk?\"");
    }

    @Test
    void refusesBadOptions() {
        String[][] bad = {
            {"run", "--frob", "x"},
            {"up", "--port", "x"},
            {"up", "--port", "65536"},
            {"up", "--port", "-1"},
            {"up", "--threads", "0"},
            {"up", "--threads", "100000"},
            {"up", "--context", "1"},
            {"up", "--kv-memory", "lots"},
            {"up", "--kv-memory", "99999T"},
            {"up", "--tls-key", "key.pem"},
            {"kill"},
            {"kill", "x"},
            {"kill", "-1"},
            {"mem", "extra"},
            {"logs", "-n", "-5"},
            {"run", "--model"},
            {"--frob"},
            {""},
        };
        for (String[] arguments : bad) {
            Ran ran = cli.run(arguments);
            assertThat(ran.status()).as(String.join(" ", arguments)).isEqualTo(2);
            assertThat(ran.out()).isEmpty();
            assertThat(ran.err())
                    .startsWith("telos: ")
                    .doesNotContain("Exception")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void namesTheLauncherForItsCommands() {
        assertThat(cli.run("bench", "mini").err()).contains("./telos bench");
    }
}

package telos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import telos.cli.Cli.Ran;

class KeyCommandTest {
    @TempDir
    Path folder;

    private Cli cli = Cli.in(Path.of("/"));

    @BeforeEach
    void here() {
        cli = Cli.in(folder);
    }

    @Test
    void showsAKeyOnceAndListsItWithoutADaemon() {
        assertThat(cli.run("key", "ls").out()).contains("there are no keys");
        Ran made = cli.run("key", "create", "alice", "--rate", "60/min", "--tokens", "1000", "--expires", "90d");
        assertThat(made.status()).isZero();
        assertThat(made.out()).matches("tk-[0-9A-Za-z]{43}\n");
        assertThat(made.err()).contains("cannot be shown again");
        assertThat(cli.run("key", "ls").out())
                .contains("alice", "active", "60 requests/min, 1000 tokens/min")
                .doesNotContain(made.out().strip());
        assertThat(cli.run("key", "ls", "--json").out())
                .doesNotContain(made.out().strip());
        assertThat(cli.run("key", "revoke", "alice").out()).contains("is revoked");
        assertThat(cli.run("key", "ls").out()).contains("revoked");
        Ran again = cli.run("key", "revoke", "alice");
        assertThat(again.status()).isEqualTo(1);
        assertThat(again.err()).contains("has been revoked already");
    }

    @Test
    void makesNoFolderOnlyToListNothing() {
        cli.run("key", "ls");
        assertThat(Cli.home(folder)).doesNotExist();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "create | 2",
                "create a b | 2",
                "create a --rate 0/min | 2",
                "create a --rate 60/h | 2",
                "create a --tokens -5 | 2",
                "create a --concurrency 0 | 2",
                "create a --expires yesterday | 1",
                "create local | 1",
                "create ../a | 1",
                "revoke | 2",
                "revoke nobody | 1",
                "nonsense | 2",
            })
    void refusesWhatMakesNoSense(String words, int status) {
        Ran ran = cli.run(("key " + words).split(" ", -1));
        assertThat(ran.status()).isEqualTo(status);
        assertThat(ran.err()).startsWith("telos: ");
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void asksTheDaemonThatRuns() throws Exception {
        try (FakeDaemon daemon = new FakeDaemon(Cli.home(folder))
                .on("POST /keys", FakeDaemon.json(201, "{\"key\":\"tk-x\",\"name\":\"alice\"}"))
                .on(
                        "DELETE /keys/alice",
                        FakeDaemon.json(404, "{\"error\":{\"message\":\"there is no key 'alice'\"}}"))) {
            assertThat(cli.run("key", "create", "alice").out()).isEqualTo("tk-x\n");
            assertThat(daemon.heard().getLast()).startsWith("POST /keys {").contains("\"name\":\"alice\"");
            Ran none = cli.run("key", "revoke", "alice");
            assertThat(none.status()).isEqualTo(1);
            assertThat(none.err()).contains("there is no key 'alice'");
            assertThat(Files.exists(Cli.home(folder).resolve("keys.db"))).isFalse();
        }
    }

    @Test
    void saysThatTheFileOfKeysIsDamaged() throws Exception {
        Files.createDirectories(Cli.home(folder));
        Files.writeString(Cli.home(folder).resolve("keys.db"), "no database ".repeat(100));
        Ran ran = cli.run("key", "ls");
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err()).contains("keys.db", "is damaged", "mv ").hasLineCount(1);
    }

    @Test
    void upNeedsACertificateAndItsKey() {
        Ran ran = cli.run("up", "--tls-cert", "a.pem");
        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.err()).contains("together");
    }
}

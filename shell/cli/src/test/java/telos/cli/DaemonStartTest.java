package telos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import telos.cli.Cli.Ran;

class DaemonStartTest {
    @TempDir
    Path folder;

    private Cli cli = Cli.in(Path.of("/"));
    private Path home = Path.of("/");

    @BeforeEach
    void here() {
        home = Cli.home(folder);
        cli = Cli.in(folder).withFakeDaemon();
    }

    @Test
    void startsADaemonWhereNoneRunsAndLeavesItForTheNext() throws IOException {
        try {
            Ran first = cli.run("run", "x");
            assertThat(first).isEqualTo(new Ran(0, "from a fresh daemon\n", ""));
            assertThat(cli.run("run", "y").status()).isZero();
            assertThat(Files.readString(home.resolve("starts"))).isEqualTo("up --idle-exit 600\n");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
                    .isEqualTo("rwx------");
        } finally {
            assertThat(cli.run("down")).isEqualTo(new Ran(0, "the daemon is down\n", ""));
        }
        assertThat(cli.run("down").out()).isEqualTo("no daemon is running in " + home + "\n");
    }

    @Test
    void startsOneDaemonForManyCommandsAtOnce() throws Exception {
        Callable<Ran> run = () -> cli.run("run", "x");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Ran> ran : threads.invokeAll(List.of(run, run, run, run))) {
                assertThat(ran.get().out()).isEqualTo("from a fresh daemon\n");
            }
            assertThat(Files.readAllLines(home.resolve("starts"))).hasSize(1);
        } finally {
            cli.run("down");
        }
    }

    @Test
    void replacesTheSocketOfADaemonThatDied() throws IOException {
        Files.createDirectories(home);
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(home.resolve("telos.sock")));
        }
        assertThat(cli.run("mem").err()).contains("no daemon is running");
        try {
            assertThat(cli.run("run", "x").out()).isEqualTo("from a fresh daemon\n");
        } finally {
            cli.run("down");
        }
    }

    @Test
    void saysWhatADaemonLoggedThatDidNotStart() throws IOException {
        Files.createDirectories(home);
        Files.createFile(home.resolve("refuse"));
        Ran ran = cli.run("run", "x");
        assertThat(ran).isEqualTo(new Ran(1, "", "telos: the daemon did not start: the model does not fit\n"));
    }

    @Test
    void saysSoWhenTheDaemonCannotBeExecuted() {
        assertThat(cli.withDaemon(folder.resolve("absent").toString())
                        .run("run", "x")
                        .err())
                .contains("cannot start the daemon");
        assertThat(cli.withDaemon("/bin/false").run("run", "x").err())
                .isEqualTo("telos: the daemon did not start; it logged nothing\n");
    }

    @Test
    void detachesWithTheOptionsItWasGiven() throws IOException {
        try {
            Ran up = cli.run("up", "--detach", "--port", "0", "--threads", "2", "--kv-memory", "1.5G", "--model", "m");
            assertThat(up.status()).isZero();
            assertThat(up.out()).startsWith("telos is up: http://127.0.0.1:7717 and " + home.resolve("telos.sock"));
            assertThat(Files.readString(home.resolve("starts")))
                    .isEqualTo("up --port 0 --host 127.0.0.1 --model m --threads 2 --kv-memory 1610612736\n");
            Ran again = cli.run("up", "--detach");
            assertThat(again.status()).isEqualTo(1);
            assertThat(again.err()).contains("is running already").contains("telos down");
            assertThat(cli.run("up").err()).contains("is running already");
        } finally {
            cli.run("down");
        }
    }

    @Test
    void refusesAHomeThatCannotBeWritten() throws IOException {
        Files.createDirectories(home);
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("r-x------"));
        Assumptions.assumeFalse(Files.isWritable(home), "root may write anywhere");
        Ran ran = cli.run("run", "x");
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err()).contains("cannot write to " + home).contains("TELOS_HOME");
    }

    @Test
    void refusesAHomeThatIsAFileOrInNoPlaceAtAll() throws IOException {
        Path file = Files.createFile(folder.resolve("f"));
        assertThat(cli.withEnvironment(Map.of("TELOS_HOME", file.toString()))
                        .run("run", "x")
                        .err())
                .isEqualTo("telos: " + file + " is not a folder; set TELOS_HOME to another path\n");
        assertThat(cli.withEnvironment(Map.of("TELOS_HOME", "/proc/telos"))
                        .run("run", "x")
                        .err())
                .contains("cannot write to /proc/telos")
                .contains("set TELOS_HOME");
        assertThat(cli.withEnvironment(Map.of()).run("run", "x").err()).contains("neither TELOS_HOME nor HOME");
    }

    @Test
    void refusesAHomeTooLongForASocket() {
        Map<String, String> deep =
                Map.of("TELOS_HOME", folder.resolve("d".repeat(100)).toString());
        Ran ran = cli.withEnvironment(deep).run("mem");
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err()).contains("a Unix socket takes at most 100").contains("shorter path");
    }

    @Test
    void keepsItsStateUnderTheUsersHomeByDefault() throws CommandException {
        assertThat(Home.of(Map.of("HOME", "/home/ada"), folder).folder()).isEqualTo(Path.of("/home/ada/.telos"));
    }

    @Test
    void saysSoWhenSomethingElseListensOnTheSocket() throws IOException {
        try (FakeDaemon other = new FakeDaemon(home)) {
            other.on("GET /health", FakeDaemon.json(200, "{\"hello\":1}"));
            Ran ran = cli.run("run", "x");
            assertThat(ran.status()).isEqualTo(1);
            assertThat(ran.err()).contains("lost the daemon").hasLineCount(1);
        }
    }
}

package telos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import telos.inference.chat.ChatListener;
import telos.inference.chat.ChatOutcome;
import telos.inference.chat.ChatRequest;
import telos.inference.chat.ToolChoice;
import telos.inference.gguf.TensorType;
import telos.inference.model.RandomModel;
import telos.inference.sampling.SamplingOptions;
import telos.kernel.Message;
import telos.kernel.scheduling.Policy;

/** Whole daemons on a small model of random weights. */
class DaemonTest {
    @TempDir
    static Path files;

    @TempDir
    Path home;

    private static Path model;

    @BeforeAll
    static void write() throws Exception {
        model = files.resolve("random.gguf");
        new RandomModel(32, 2, 2, 1, 64, 600, 256, TensorType.Q8_0, true, 1).write(model, _ -> {});
    }

    private DaemonOptions options() {
        return DaemonOptions.at(home).withPort(0, true).withModel(model.toString());
    }

    @Test
    void startsServesAndLeavesNothingBehind() throws Exception {
        try (Daemon daemon = Daemon.start(options())) {
            assertThat(daemon.port()).isPositive();
            assertThat(daemon.status().ready()).isTrue();
            assertThat(home.resolve("telos.sock")).exists();
        }
        try (var left = Files.list(home)) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactly("telos.lock");
        }
    }

    @Test
    void neverOpensItsSocketToOthersEvenInAFolderThatIsOpen() throws Exception {
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectory(home.resolve(".bind"));
        Files.createFile(home.resolve(".bind/s"));
        try (Daemon _ = Daemon.start(options())) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("telos.sock"))))
                    .isEqualTo("rw-------");
            assertThat(home.resolve(".bind")).as("where it was bound").doesNotExist();
        }
    }

    @Test
    void refusesAHomeThatEveryoneMayWriteTo() throws Exception {
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> Daemon.start(options()))
                .isInstanceOf(DaemonException.class)
                .hasMessageContaining("chmod 700 " + home);
    }

    @Test
    void servesUnderTheAddressThatItWasToldToListenOn() throws Exception {
        DaemonOptions other = new DaemonOptions(home, "127.0.0.2", 0, true, model.toString(), 0, 0, 0, Duration.ZERO);
        try (Daemon daemon = Daemon.start(other);
                HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.2:" + daemon.port() + "/health"))
                    .build();
            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void refusesASecondDaemonInTheSameHome() throws Exception {
        try (Daemon _ = Daemon.start(options())) {
            assertThatThrownBy(() -> Daemon.start(options()))
                    .isInstanceOf(DaemonException.class)
                    .hasMessageContaining("already running");
        }
    }

    @Test
    void saysThatItsPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            DaemonOptions required = options().withPort(taken.getLocalPort(), true);
            assertThatThrownBy(() -> Daemon.start(required))
                    .isInstanceOf(DaemonException.class)
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("--port");
            try (Daemon daemon = Daemon.start(options().withPort(taken.getLocalPort(), false))) {
                assertThat(daemon.port()).isZero();
            }
        }
    }

    @Test
    void listensOnLoopbackOnly() {
        DaemonOptions open = new DaemonOptions(home, "0.0.0.0", 0, true, model.toString(), 0, 0, 0, Duration.ZERO);
        assertThatThrownBy(() -> Daemon.start(open))
                .isInstanceOf(DaemonException.class)
                .hasMessageContaining("loopback only");
    }

    @Test
    void saysThatItsHomeIsTooDeepForASocket() {
        DaemonOptions deep = DaemonOptions.at(home.resolve("x".repeat(120))).withModel(model.toString());
        assertThatThrownBy(() -> Daemon.start(deep))
                .isInstanceOf(DaemonException.class)
                .hasMessageContaining("too long for a Unix socket");
    }

    @Test
    void saysThatThereIsNoSuchModel() {
        assertThatThrownBy(() -> Daemon.start(options().withModel("/nowhere/x.gguf")))
                .isInstanceOf(DaemonException.class)
                .hasMessageContaining("no such file: /nowhere/x.gguf");
        assertThatThrownBy(() -> Daemon.start(options().withModel("unheard-of")))
                .isInstanceOf(DaemonException.class)
                .hasMessageContaining("no model named 'unheard-of'");
        assertThatThrownBy(() -> Daemon.start(options().withModel("pom.xml")))
                .as("a file of the daemon's working directory")
                .isInstanceOf(DaemonException.class)
                .hasMessageContaining("no model named 'pom.xml'");
        assertThat(home.resolve("telos.sock")).doesNotExist();
    }

    @Test
    void saysThatAModelFileIsCutShort() throws IOException {
        Path cut = files.resolve("cut.gguf");
        byte[] whole = Files.readAllBytes(model);
        Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> Daemon.start(options().withModel(cut.toString())))
                .isInstanceOf(DaemonException.class)
                .hasMessageContaining("cut.gguf");
    }

    @Test
    void saysWhatIsWrongWithItsPolicy() throws IOException {
        assertThatThrownBy(() -> Daemon.start(options().withPolicy("/nowhere/x.policy")))
                .isInstanceOf(DaemonException.class)
                .hasMessageContaining("there is no file /nowhere/x.policy")
                .hasMessageContaining("--policy");
        assertThatThrownBy(() -> Daemon.start(options().withPolicy("telos:nothing")))
                .isInstanceOf(DaemonException.class)
                .hasMessageContaining("telos:host");
        Path own = Files.writeString(home.resolve("daemon.policy"), "permit head\npermit\n");
        assertThatThrownBy(() -> Daemon.start(options()))
                .isInstanceOf(DaemonException.class)
                .hasMessageContaining(own + ": line 3");
        assertThat(home.resolve("telos.sock")).doesNotExist();
    }

    private static ChatOutcome asked(ServedModel model) {
        try {
            return model.generate(
                    ChatRequest.of(
                            List.of(new Message.User("x")),
                            List.of(),
                            new ToolChoice.None(),
                            SamplingOptions.greedy(1),
                            "local"),
                    ChatListener.silent());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void loadsAnotherModelWhenARequestNamesIt() throws Exception {
        Models models = new Models(new ModelOpener(options(), Policy::fair, Mediation.usual()));
        try (models) {
            assertThat(models.open("x")).isInstanceOf(Models.Starting.class);
            models.standard(new ScriptedModel("first"));
            assertThat(models.open(model.toString())).isInstanceOf(Models.Opened.class);
            Path link = Files.createSymbolicLink(home.resolve("link.gguf"), model);
            assertThat(models.open(link.toString())).isInstanceOf(Models.Opened.class);
            assertThat(models.open(home + "/./link.gguf")).isInstanceOf(Models.Opened.class);
            assertThat(models.list()).extracting(ModelDescription::name).containsExactly("first", model.toString());
            assertThat(models.open("http:///v1")).isInstanceOf(Models.Unusable.class);
            // nothing is sent to a server before that was judged, so it is found out late whether it is there
            assertThat(models.open("http://127.0.0.1:1/v1"))
                    .isInstanceOfSatisfying(
                            Models.Opened.class,
                            opened -> assertThat(asked(opened.model()))
                                    .isInstanceOfSatisfying(
                                            ChatOutcome.Failed.class,
                                            failed -> assertThat(failed.why()).contains("cannot reach")));
        }
    }

    @Test
    void freesEveryBlockWhenManyStreamsBreakOff() throws Exception {
        try (LocalModel local = LocalModel.load("random", model, options())) {
            AtomicInteger answered = new AtomicInteger();
            List<Thread> clients = IntStream.range(0, 64)
                    .mapToObj(client -> Thread.ofVirtual().start(() -> {
                        AtomicInteger heard = new AtomicInteger();
                        ChatListener leaving = (delta, _) -> {
                            if (client % 3 == 0 && heard.incrementAndGet() > 3) {
                                throw new IOException("gone");
                            }
                        };
                        try {
                            ChatRequest request = ChatRequest.of(
                                    List.of(new Message.User(
                                            "client " + client + " says " + "a b c ".repeat(client % 7))),
                                    List.of(),
                                    new ToolChoice.None(),
                                    SamplingOptions.greedy(24)
                                            .withTemperature(1)
                                            .withSeed(client),
                                    "tenant");
                            if (local.generate(request, leaving) instanceof ChatOutcome.Completed) {
                                answered.incrementAndGet();
                            }
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    }))
                    .toList();
            for (Thread client : clients) {
                client.join();
            }
            assertThat(answered.get()).isGreaterThanOrEqualTo(42);
            local.settle();
            assertThat(local.memory().blocks().used()).isZero();
            assertThat(local.memory().sequences()).isEmpty();
        }
    }
}

package telos.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import telos.devices.linux.Child;
import telos.devices.linux.Launch;
import telos.devices.linux.Signal;
import telos.kernel.scheduling.Policy;
import telos.programs.Programs;
import telos.server.FakeModel;
import telos.server.OpenDoors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The admin socket in front of real programs. */
@Timeout(120)
class ProgramsEndpointTest {
    private static final String SPIN = "ulimit -t 60; while :; do :; done";

    private final Programs programs = Programs.onThisMachine(Policy::fair);
    private final Child child = start(SPIN);
    private OpenDoors doors;

    @BeforeEach
    void open() throws IOException {
        doors = new OpenDoors(new FakeModel(), programs);
    }

    @AfterEach
    void close() throws IOException {
        doors.close();
        programs.close();
        child.signal(Signal.KILL);
        Child.Change _ = child.await(false);
        child.reap();
    }

    private static Child start(String script) {
        List<byte[]> words = List.of(
                "/bin/sh".getBytes(StandardCharsets.UTF_8),
                "-c".getBytes(StandardCharsets.UTF_8),
                script.getBytes(StandardCharsets.UTF_8));
        Launch.Outcome outcome =
                new Launch().start(words, List.of(), Optional.empty(), Launch.Place.SESSION, Optional.empty());
        if (outcome instanceof Launch.Started(Child child)) {
            return child;
        }
        throw new AssertionError(outcome);
    }

    private static void until(BooleanSupplier holds) {
        while (!holds.getAsBoolean()) {
            LockSupport.parkNanos(2_000_000);
        }
    }

    private record Answer(int status, JsonNode body) {}

    private final class Connection implements AutoCloseable {
        private final SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        private final BufferedReader in;

        Connection(String method, String path, String body) throws IOException {
            channel.connect(UnixDomainSocketAddress.of(doors.socket()));
            String text = method + " " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: "
                    + body.length() + "\r\n\r\n" + body;
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            in = new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
        }

        int status() throws IOException {
            return Integer.parseInt(String.valueOf(in.readLine()).split(" ", 3)[1]);
        }

        /** The next line of the answer that starts so, without that. */
        String next(String start) throws IOException {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith(start)) {
                    return line.substring(start.length());
                }
            }
            throw new AssertionError("no more lines, and none started with " + start);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private Answer ask(String method, String path, String body) throws IOException {
        try (Connection connection = new Connection(method, path, body)) {
            int status = connection.status();
            StringBuilder rest = new StringBuilder();
            connection.in.lines().dropWhile(line -> !line.isEmpty()).forEach(rest::append);
            String text = rest.toString();
            return new Answer(status, JsonMapper.shared().readTree(text.isEmpty() ? "{}" : text));
        }
    }

    private JsonNode listed() throws IOException {
        return ask("GET", "/programs", "").body().path("programs");
    }

    private Connection taken(String more) throws IOException {
        Connection connection = new Connection("POST", "/programs", "{\"pid\": " + child.process() + more + "}");
        assertThat(connection.status()).isEqualTo(200);
        connection.next("event: taken");
        return connection;
    }

    @Test
    void takesAProgramUpForAsLongAsTheConnectionLasts() throws Exception {
        try (Connection _ =
                taken(", \"name\": \"spin\", \"weight\": 300, \"priority\": -5, \"by\": \"stop\", \"cpus\": \"0\"")) {
            JsonNode row = listed().path(0);
            assertThat(row.path("name").stringValue()).isEqualTo("spin");
            assertThat(row.path("pgid").intValue()).isEqualTo(child.process());
            assertThat(row.path("weight").intValue()).isEqualTo(300);
            assertThat(row.path("priority").intValue()).isEqualTo(-5);
            assertThat(row.path("by").stringValue()).isEqualTo("stop");
            assertThat(row.path("cpus").stringValue()).isEqualTo("0");
            assertThat(row.path("stop_bound_seconds").doubleValue()).isEqualTo(2);
        }
        until(() -> programs.list().isEmpty());
    }

    @Test
    void tellsWhoHoldsALeaseThatItLetsGoOfAProgramThatGoesOn() throws Exception {
        try (Connection connection = taken(", \"by\": \"stop\"")) {
            programs.close();
            connection.next("event: released");
        }
    }

    @Test
    void changesSharesAndSendsSignals() throws Exception {
        try (Connection connection = taken(", \"by\": \"stop\"")) {
            long id = listed().path(0).path("id").longValue();
            Answer changed = ask("PATCH", "/programs/" + id, "{\"weight\": 7}");
            assertThat(changed.status()).isEqualTo(200);
            assertThat(changed.body().path("weight").intValue()).isEqualTo(7);
            assertThat(changed.body().path("priority").intValue()).isZero();
            assertThat(ask("PATCH", "/programs/" + id, "{}").status()).isEqualTo(400);
            assertThat(ask("PATCH", "/programs/" + id, "{\"weight\": 0}").status())
                    .isEqualTo(400);
            assertThat(ask("POST", "/programs/" + id + "/signal", "{\"signal\": \"NONE\"}")
                            .status())
                    .isEqualTo(400);
            assertThat(ask("POST", "/programs/" + id + "/signal", "{\"signal\": \"SIGSTOP\"}")
                            .status())
                    .isEqualTo(204);
            assertThat(connection.next("data: {\"state\"")).isEqualTo(":\"stopped\"}");
            assertThat(ask("POST", "/programs/" + id + "/signal", "{\"signal\": \"cont\"}")
                            .status())
                    .isEqualTo(204);
            assertThat(connection.next("data: {\"state\"")).isEqualTo(":\"running\"}");
            assertThat(ask("DELETE", "/programs/" + id, "").status()).isEqualTo(204);
            connection.next("event: end");
            assertThat(child.await(false)).isEqualTo(new Child.Killed(15));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|400|pid",
                "{\"pid\": 0}|400|pid",
                "{\"pid\": -7}|400|pid",
                "{\"pid\": 99999999999}|400|pid",
                "{\"pid\": 2, \"weight\": 0}|400|weight",
                "{\"pid\": 2, \"weight\": -1}|400|weight",
                "{\"pid\": 2, \"weight\": 1e300}|400|weight",
                "{\"pid\": 2, \"weight\": 10001}|400|weight",
                "{\"pid\": 2, \"priority\": 101}|400|priority",
                "{\"pid\": 2, \"cpus\": \"x\"}|400|cpus",
                "{\"pid\": 2, \"by\": \"force\"}|400|by",
                "{\"pid\": 2147483647}|409|",
            })
    void refusesWhatIsWrong(String body, int status, String param) throws Exception {
        Answer answer = ask("POST", "/programs", body);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().at("/error/message").stringValue()).isNotBlank();
        if (param != null) {
            assertThat(answer.body().at("/error/param").stringValue()).isEqualTo(param);
        }
        assertThat(listed()).isEmpty();
    }

    @Test
    void knowsNoProgramThatWasNotTakenUp() throws Exception {
        assertThat(ask("PATCH", "/programs/5", "{\"weight\": 7}").status()).isEqualTo(404);
        assertThat(ask("DELETE", "/programs/5", "").status()).isEqualTo(404);
        assertThat(ask("DELETE", "/programs/x", "").status()).isEqualTo(400);
        assertThat(ask("POST", "/programs/5/signal", "{\"signal\": \"TERM\"}").status())
                .isEqualTo(404);
    }
}

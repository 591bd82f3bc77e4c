package telos.server.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import telos.inference.chat.ChatOutcome;
import telos.server.FakeModel;
import telos.server.Gate;
import telos.server.OpenDoors;
import telos.server.Tenant;

/** Clients that take more than they may; the bounds are small, so that they are met soon. */
@Timeout(60)
class BoundsTest {
    private static final String PATH = "/v1/chat/completions";
    private static final String BODY = "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";
    private static final Bounds SMALL = new Bounds(
            100_000, 150_000, Duration.ofMillis(400), 1_000_000, Duration.ofMillis(400), Duration.ofMillis(800), 40, 8);
    private static final FakeModel MODEL = new FakeModel();

    private static OpenDoors doors;

    @BeforeAll
    static void open() throws Exception {
        doors = new OpenDoors(MODEL, SMALL, BoundsTest::enter);
    }

    @AfterAll
    static void close() throws Exception {
        doors.close();
    }

    private static Gate.Entry enter(Optional<String> key) {
        return switch (key.orElse("")) {
            case "bad" -> new Gate.Unknown("this key is not known");
            case "spent" -> new Gate.Exhausted("no more for now", 7);
            default -> new Gate.Entered(new Tenant("t" + key.orElse("")), () -> {});
        };
    }

    private static String head(String more) {
        return "POST " + PATH + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + more + "\r\n";
    }

    @Test
    void knowsTenantsByTheirKeys() throws Exception {
        OpenDoors.Answer unknown = doors.post(PATH, BODY, "Authorization", "Bearer bad");
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(unknown.at("/error/code")).isEqualTo("invalid_api_key");
        OpenDoors.Answer spent = doors.post("/v1/messages", BODY, "x-api-key", "spent");
        assertThat(spent.status()).isEqualTo(429);
        assertThat(spent.header("retry-after")).isEqualTo("7");
        assertThat(spent.at("/error/type")).isEqualTo("rate_limit_error");
        MODEL.then(FakeModel.says("ok"));
        MODEL.chats.clear();
        assertThat(doors.post(PATH, BODY, "Authorization", "Bearer A").status()).isEqualTo(200);
        assertThat(MODEL.chats.remove().tenant()).isEqualTo("tA");
    }

    @Test
    void refusesABodyThatIsTooLargeOrNeverEnds() throws Exception {
        assertThat(doors.raw(head("Content-Length: 1073741824\r\n"))).startsWith("HTTP/1.1 413");
        String chunk = "2710\r\n" + "x".repeat(10_000) + "\r\n";
        try (Socket socket = doors.connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(head("Transfer-Encoding: chunked\r\n").getBytes(StandardCharsets.US_ASCII));
            StringBuilder heard = new StringBuilder();
            try {
                for (int i = 0; i < 11; i++) {
                    out.write(chunk.getBytes(StandardCharsets.US_ASCII));
                }
                heard.append(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII));
            } finally {
                assertThat(heard).hasToString("HTTP/1.1 413");
            }
        }
    }

    @Test
    void givesUpOnABodyThatComesByteByByte() throws Exception {
        try (Socket socket = doors.connect()) {
            socket.getOutputStream().write(head("Content-Length: 1000\r\n").getBytes(StandardCharsets.US_ASCII));
            assertThat(trickle(socket)).startsWith("HTTP/1.1 408");
        }
    }

    @Test
    void closesAConnectionWhoseHeadNeverEnds() throws Exception {
        try (Socket socket = doors.connect()) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\nX: ".getBytes(StandardCharsets.US_ASCII));
            assertThat(trickle(socket)).isEmpty();
        }
    }

    /** Sends a byte now and then, until the other side answers or closes; what it said. */
    private static String trickle(Socket socket) throws IOException {
        socket.setSoTimeout(50);
        InputStream in = socket.getInputStream();
        StringBuilder heard = new StringBuilder();
        while (true) {
            try {
                int next = in.read();
                if (next < 0) {
                    return heard.toString();
                }
                heard.append((char) next);
            } catch (SocketTimeoutException _) {
                try {
                    socket.getOutputStream().write('x');
                } catch (IOException e) {
                    return heard.toString();
                }
            } catch (IOException e) {
                return heard.toString();
            }
        }
    }

    @Test
    void cancelsForAClientThatNeverReads() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        String word = "x".repeat(20_000);
        MODEL.then((_, listener) -> {
            try {
                while (true) {
                    listener.text(word, List.of());
                }
            } catch (IOException e) {
                gone.countDown();
                return new ChatOutcome.Failed("gone");
            }
        });
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4096);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), doors.port()));
            String body = BODY.replace("]}", "],\"stream\":true}");
            socket.getOutputStream()
                    .write((head("Content-Length: " + body.length() + "\r\n") + body)
                            .getBytes(StandardCharsets.US_ASCII));
            gone.await();
        }
    }

    @Test
    void servesOthersWhileManyConnectionsAreIdle() throws Exception {
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                idle.add(doors.connect());
            }
            assertThat(doors.get("/health").status()).isEqualTo(200);
            // the oldest had to go
            assertThat(idle.getFirst().getInputStream().read()).isNegative();
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    @Test
    void tellsTheOnesThatAreTooManyToComeBack() throws Exception {
        CountDownLatch full = new CountDownLatch(SMALL.requests());
        CountDownLatch go = new CountDownLatch(1);
        for (int i = 0; i < SMALL.requests(); i++) {
            MODEL.then((logprobs, listener) -> {
                full.countDown();
                go.await();
                return FakeModel.says("ok").take(logprobs, listener);
            });
        }
        Callable<OpenDoors.Answer> ask = () -> doors.post(PATH, BODY);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<OpenDoors.Answer>> served = new ArrayList<>();
            for (int i = 0; i < SMALL.requests(); i++) {
                served.add(clients.submit(ask));
            }
            full.await();
            for (int i = 0; i < 20; i++) {
                OpenDoors.Answer refused = ask.call();
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.header("retry-after")).isEqualTo("1");
            }
            go.countDown();
            for (Future<OpenDoors.Answer> answer : served) {
                assertThat(answer.get().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void boundsWhatAllBodiesTakeTogether() throws Exception {
        String large = BODY.replace("x", "x".repeat(90_000));
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        MODEL.then((logprobs, listener) -> {
            begun.countDown();
            go.await();
            return FakeModel.says("ok").take(logprobs, listener);
        });
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<OpenDoors.Answer> first = clients.submit(() -> doors.post(PATH, large));
            begun.await();
            OpenDoors.Answer second = doors.post(PATH, large);
            assertThat(second.status()).isEqualTo(503);
            assertThat(second.at("/error/message")).contains("large requests");
            go.countDown();
            assertThat(first.get().status()).isEqualTo(200);
        }
        MODEL.then(FakeModel.says("ok"));
        assertThat(doors.post(PATH, large).status()).isEqualTo(200);
    }

    @Test
    void chargesABodyForTheTreeThatItBecomes() throws Exception {
        String many = "{\"messages\":[" + "{},".repeat(20_000) + "{}]}";
        OpenDoors.Answer refused = doors.post(PATH, many);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.at("/error/message")).contains("large requests");
        MODEL.then(FakeModel.says("ok"));
        assertThat(doors.post(PATH, BODY).status())
                .as("what it took is given back")
                .isEqualTo(200);
    }

    @Test
    void servesAClientThatReadsSlowlyButSteadily() throws Exception {
        int length = 4 << 20;
        MODEL.then(FakeModel.says("x".repeat(length)));
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(32 * 1024);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), doors.port()));
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write((head("Content-Length: " + BODY.length() + "\r\nConnection: close\r\n") + BODY)
                            .getBytes(StandardCharsets.UTF_8));
            long read = 0;
            int more;
            do {
                assertThat(new CountDownLatch(1).await(15, TimeUnit.MILLISECONDS))
                        .isFalse();
                more = socket.getInputStream().readNBytes(64 * 1024).length;
                read += more;
            } while (more > 0);
            assertThat(read).isGreaterThan(length);
        }
    }
}

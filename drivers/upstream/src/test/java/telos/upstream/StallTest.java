package telos.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import telos.kernel.Message;

/** Against a server that takes a request, says what it is told to, and then nothing more. */
@Timeout(30)
class StallTest {
    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 9999\r\n\r\n";
    private static final String HI =
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"},\"finish_reason\":null}]}\n\n";
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration BRIEF = Duration.ofMillis(150);
    private static final Duration BREATH = Duration.ofMillis(20);

    private static final Patience ENDLESS = new Patience(LONG, LONG, LONG, LONG, BREATH);
    private static final UpstreamRequest REQUEST = new UpstreamRequest(
            List.of(new Message.User("a")), List.of(), "none", Optional.empty(), Map.of(), List.of());

    /** Completes when the other side has closed the connection. */
    private final CompletableFuture<String> closed = new CompletableFuture<>();

    /** Counted down once somebody has come. */
    private final CountDownLatch met = new CountDownLatch(1);

    private ServerSocket server;
    private volatile String said = "";

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (true) {
                try {
                    Socket socket = server.accept();
                    met.countDown();
                    Thread.ofVirtual().start(() -> serve(socket));
                } catch (IOException _) {
                    return;
                }
            }
        });
    }

    private void serve(Socket socket) {
        try (socket) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            String line = in.readLine();
            int length = 0;
            while (line != null && !line.isEmpty()) {
                if (line.startsWith("Content-Length: ")) {
                    length = Integer.parseInt(line.substring(16));
                }
                line = in.readLine();
            }
            for (int i = 0; i < length; i++) {
                in.read();
            }
            socket.getOutputStream().write(said.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            closed.complete(in.read() < 0 ? "closed" : "still talking");
        } catch (IOException e) {
            closed.complete("closed");
        }
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private String address() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/v1#m";
    }

    private UpstreamReply ask(Patience patience, DeltaListener listener) throws IOException, InterruptedException {
        try (Upstream upstream = Upstream.connect(address(), Optional.empty(), patience)) {
            UpstreamReply reply = upstream.generate(REQUEST, listener);
            assertThat(closed.join()).isEqualTo("closed");
            return reply;
        }
    }

    @Test
    void givesUpOnAServerThatNeverBeginsToAnswer() throws Exception {
        assertThat(ask(new Patience(LONG, LONG, BRIEF, LONG, BREATH), _ -> {}))
                .isEqualTo(new UpstreamReply.Failed("http://127.0.0.1:" + server.getLocalPort()
                        + "/v1 took the request and has not begun to answer for 150 ms"));
    }

    @Test
    void givesUpOnAServerThatStopsInTheMiddleOfAnAnswer() throws Exception {
        said = HEAD + HI;
        assertThat(ask(new Patience(LONG, LONG, LONG, BRIEF, BREATH), _ -> {}))
                .isInstanceOfSatisfying(
                        UpstreamReply.Failed.class,
                        failed -> assertThat(failed.why())
                                .contains("sent nothing for 150 ms", "127.0.0.1:" + server.getLocalPort()));
    }

    @Test
    void givesUpOnAServerThatStopsInTheMiddleOfItsHead() throws Exception {
        said = "HTTP/1.1 200 OK\r\nContent-";
        assertThat(ask(new Patience(LONG, LONG, BRIEF, LONG, BREATH), _ -> {}))
                .isInstanceOf(UpstreamReply.Failed.class);
    }

    @Test
    void givesUpOnAnErrorThatNeverEnds() throws Exception {
        said = "HTTP/1.1 500 Broken\r\nContent-Length: 100\r\n\r\n{";
        assertThat(ask(new Patience(LONG, LONG, LONG, BRIEF, BREATH), _ -> {}))
                .isInstanceOfSatisfying(
                        UpstreamReply.Failed.class,
                        failed -> assertThat(failed.why()).contains("sent nothing for 150 ms"));
    }

    @Test
    void givesUpOnAServerThatDoesNotListItsModels() {
        Patience patience = new Patience(LONG, BRIEF, LONG, LONG, BREATH);
        String unnamed = address().replace("#m", "");
        assertThatThrownBy(() -> Upstream.connect(unnamed, Optional.empty(), patience))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has not begun to answer");
    }

    @Test
    void asksWhetherSomebodyStillWaitsAndClosesTheConnectionIfNot() throws Exception {
        for (String start : List.of("", HEAD, HEAD + HI)) {
            said = start;
            AtomicInteger asked = new AtomicInteger();
            UpstreamReply reply = ask(ENDLESS, new DeltaListener() {
                @Override
                public void text(String delta) {}

                @Override
                public void waiting() throws IOException {
                    if (asked.incrementAndGet() == 3) {
                        throw new IOException("the client went away");
                    }
                }
            });
            assertThat(reply)
                    .isInstanceOfSatisfying(
                            UpstreamReply.Failed.class,
                            failed -> assertThat(failed.why()).contains("the client went away"));
        }
    }

    @Test
    void closesTheConnectionWhenItIsInterruptedInTheMiddleOfAnAnswer() throws Exception {
        said = HEAD + HI;
        CountDownLatch heard = new CountDownLatch(1);
        CompletableFuture<String> outcome = new CompletableFuture<>();
        try (Upstream upstream = Upstream.connect(address(), Optional.empty(), ENDLESS)) {
            Thread waiting = Thread.ofVirtual().start(() -> outcome.complete(interrupted(upstream, heard)));
            heard.await();
            waiting.interrupt();
            assertThat(outcome.join()).isEqualTo("interrupted");
            assertThat(closed.join()).isEqualTo("closed");
        }
    }

    @Test
    void closesTheConnectionWhenItIsInterruptedBeforeTheAnswer() throws Exception {
        CountDownLatch waits = new CountDownLatch(1);
        CompletableFuture<String> outcome = new CompletableFuture<>();
        try (Upstream upstream = Upstream.connect(address(), Optional.empty(), ENDLESS)) {
            Thread waiting = Thread.ofVirtual().start(() -> outcome.complete(interrupted(upstream, waits)));
            waits.await();
            met.await();
            waiting.interrupt();
            assertThat(outcome.join()).isEqualTo("interrupted");
            assertThat(closed.join()).isEqualTo("closed");
        }
    }

    /** Asks and says how that ended; the latch tells of the first text, or of the first waiting where none came. */
    private String interrupted(Upstream upstream, CountDownLatch latch) {
        try {
            return String.valueOf(upstream.generate(REQUEST, new DeltaListener() {
                @Override
                public void text(String delta) {
                    latch.countDown();
                }

                @Override
                public void waiting() {
                    if (said.isEmpty()) {
                        latch.countDown();
                    }
                }
            }));
        } catch (InterruptedException _) {
            return "interrupted";
        }
    }
}

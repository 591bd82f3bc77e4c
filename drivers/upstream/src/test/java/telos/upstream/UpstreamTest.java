package telos.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import telos.kernel.Message;
import telos.kernel.ToolCall;
import telos.kernel.ToolSpec;

/** Against a small HTTP server that answers as it is told. */
class UpstreamTest {
    private final AtomicReference<String> received = new AtomicReference<>("");
    private final AtomicReference<String> authorization = new AtomicReference<>("");
    private final List<String> deltas = new ArrayList<>();
    private HttpServer server;
    private int status = 200;
    private String answer = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/models", exchange -> reply(exchange, 200, "{\"data\":[{\"id\":\"first\"}]}"));
        server.createContext("/v1/chat/completions", exchange -> {
            received.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            authorization.set(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            reply(exchange, status, answer);
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    private UpstreamReply ask() throws IOException, InterruptedException {
        UpstreamRequest request = new UpstreamRequest(
                List.of(new Message.System("Be brief."), new Message.User("hello")),
                List.of(new ToolSpec("load", "Load.", "{\"type\":\"object\"}")),
                "auto",
                Optional.empty(),
                Map.of("temperature", 0.0, "max_tokens", 16),
                List.of("END"));
        try (Upstream upstream = Upstream.connect(address(), Optional.of("secret"))) {
            return upstream.generate(request, new DeltaListener() {
                @Override
                public void text(String delta) {
                    deltas.add(delta);
                }

                @Override
                public void call(int index, String id, String name, String argumentsDelta) {
                    deltas.add(index + "|" + id + "|" + name + "|" + argumentsDelta);
                }
            });
        }
    }

    private static String chunk(String delta, String finish) {
        return "data: {\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":" + finish + "}]}\n\n";
    }

    @Test
    void takesTheFirstModelWhenNoneIsNamed() throws Exception {
        try (Upstream upstream = Upstream.connect(address(), Optional.empty())) {
            assertThat(upstream.model()).isEqualTo("first");
        }
        try (Upstream upstream = Upstream.connect(address() + "/#other", Optional.empty())) {
            assertThat(upstream.model()).isEqualTo("other");
        }
    }

    @Test
    void putsTheAnswerTogetherAndStreamsIt() throws Exception {
        answer = ": hello\n\n" + chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null")
                + chunk("{\"content\":\"Hi \"}", "null") + chunk("{\"content\":\"there\"}", "null")
                + chunk("{}", "\"stop\"")
                + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":2}}\n\ndata: [DONE]\n\n";
        assertThat(ask())
                .isEqualTo(new UpstreamReply.Completed(new Message.Assistant("Hi there", List.of()), false, 7, 2));
        assertThat(deltas).containsExactly("Hi ", "there");
        assertThat(authorization.get()).isEqualTo("Bearer secret");
        assertThat(received.get())
                .contains("\"model\":\"first\"")
                .contains("\"role\":\"system\"")
                .contains("\"temperature\":0.0")
                .contains("\"max_tokens\":16")
                .contains("\"stop\":[\"END\"]")
                .contains("\"name\":\"load\"");
    }

    @Test
    void joinsTheFragmentsOfAToolCall() throws Exception {
        answer = chunk(
                        "{\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"type\":\"function\",\"function\":"
                                + "{\"name\":\"load\",\"arguments\":\"{\\\"a\\\"\"}}]}",
                        "null")
                + chunk("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\":1}\"}}]}", "null")
                + chunk("{}", "\"tool_calls\"") + "data: [DONE]\n\n";
        assertThat(ask())
                .isEqualTo(new UpstreamReply.Completed(
                        new Message.Assistant("", List.of(new ToolCall("c1", "load", "{\"a\":1}"))), false, 0, 0));
        assertThat(deltas).containsExactly("0|c1|load|", "0|||{\"a\"", "0|||:1}");
    }

    @Test
    void saysThatTheAnswerWasCutAtTheLimit() throws Exception {
        answer = chunk("{\"content\":\"Hi\"}", "\"length\"") + "data: [DONE]\n\n";
        assertThat(ask())
                .isInstanceOfSatisfying(
                        UpstreamReply.Completed.class,
                        reply -> assertThat(reply.cutAtLimit()).isTrue());
    }

    @Test
    void saysWhatTheServerSaidWhenItRefuses() throws Exception {
        status = 401;
        answer = "{\"error\":{\"message\":\"bad key\"}}";
        assertThat(ask())
                .isInstanceOfSatisfying(
                        UpstreamReply.Failed.class,
                        failed -> assertThat(failed.why())
                                .contains("401", "bad key", "TELOS_UPSTREAM_KEY")
                                .doesNotContain("secret"));
    }

    @Test
    void failsWhenTheStreamBreaksOff() throws Exception {
        answer = chunk("{\"content\":\"Hi\"}", "null");
        assertThat(ask())
                .isInstanceOfSatisfying(
                        UpstreamReply.Failed.class,
                        failed -> assertThat(failed.why()).contains("broke off"));
    }

    @Test
    void failsWhenAnEventIsNotJson() throws Exception {
        answer = "data: <html>\n\n";
        assertThat(ask())
                .isInstanceOfSatisfying(
                        UpstreamReply.Failed.class,
                        failed -> assertThat(failed.why()).contains("not JSON"));
    }

    @Test
    void breaksOffWhenTheListenerHasGone() throws Exception {
        answer = chunk("{\"content\":\"Hi\"}", "null") + chunk("{}", "\"stop\"");
        try (Upstream upstream = Upstream.connect(address(), Optional.empty())) {
            UpstreamRequest request = new UpstreamRequest(
                    List.of(new Message.User("a")), List.of(), "none", Optional.empty(), Map.of(), List.of());
            UpstreamReply reply = upstream.generate(request, delta -> {
                throw new IOException("gone");
            });
            assertThat(reply)
                    .isInstanceOfSatisfying(
                            UpstreamReply.Failed.class,
                            failed -> assertThat(failed.why()).contains("gone"));
        }
    }

    @Test
    void saysThatNobodyListens() throws Exception {
        String address = address();
        server.stop(0);
        assertThatThrownBy(() -> Upstream.connect(address, Optional.empty()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot reach " + address);
    }

    @Test
    void refusesWhatIsNoAddress() {
        assertThatThrownBy(() -> Upstream.connect("http://", Optional.empty())).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Upstream.connect("http://user:pw@127.0.0.1/v1", Optional.empty()))
                .isInstanceOf(IOException.class)
                .hasMessageNotContaining("pw");
    }
}

package telos.server.sight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import telos.inference.chat.ChatListener;
import telos.inference.chat.ChatOutcome;
import telos.inference.sampling.SamplingOptions;
import telos.kernel.Message;
import tools.jackson.databind.JsonNode;

class LedgerTest {
    private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final SamplingOptions SAMPLING = SamplingOptions.greedy(9);

    @TempDir
    Path home;

    private final AtomicLong now = new AtomicLong();
    private final Clock clock = Clock.fixed(Instant.parse("2027-01-15T08:00:00Z"), ZoneOffset.UTC);

    private Ledger ledger(Optional<TraceOptions> options, boolean words) {
        return Ledger.open(new AccessLog(home.resolve("access.log"), 1 << 20, 1), options, words, now::get, clock);
    }

    private JsonNode onlyLine() throws IOException {
        List<String> lines = Files.readAllLines(home.resolve("access.log"));
        assertThat(lines).hasSize(1);
        return Traces.JSON.readTree(lines.getFirst());
    }

    private static ChatOutcome said(String text) {
        return new ChatOutcome.Completed(
                new Message.Assistant(text, List.of()), ChatOutcome.Finish.STOP, new ChatOutcome.Usage(7, 3, 2));
    }

    /** A whole request: 5 ms to the first piece, 10 ms to the second. */
    private void serve(Ledger ledger, Optional<String> traceparent) throws IOException {
        Visit visit = ledger.begin("req_1", "POST", traceparent);
        visit.route("/v1/chat/completions");
        visit.tenant("alice");
        Turn turn = ledger.turn(Turn.Operation.CHAT, "mini", "alice");
        ChatListener heard = turn.heardBy(ChatListener.silent());
        now.addAndGet(5_000_000);
        heard.text("a secret", List.of());
        now.addAndGet(10_000_000);
        heard.text(" answer", List.of());
        turn.ended(said("a secret answer"), SAMPLING, "a secret question");
        ledger.end(visit, 200);
    }

    @Test
    void writesALineForARequestWithoutItsWords() throws Exception {
        try (Ledger ledger = ledger(Optional.empty(), false)) {
            serve(ledger, Optional.empty());
        }
        JsonNode line = onlyLine();
        assertThat(line.path("time").stringValue()).isEqualTo("2027-01-15T08:00:00Z");
        assertThat(line.path("id").stringValue()).isEqualTo("req_1");
        assertThat(line.path("tenant").stringValue()).isEqualTo("alice");
        assertThat(line.path("route").stringValue()).isEqualTo("/v1/chat/completions");
        assertThat(line.path("status").intValue()).isEqualTo(200);
        assertThat(line.path("model").stringValue()).isEqualTo("mini");
        assertThat(line.path("prompt_tokens").intValue()).isEqualTo(7);
        assertThat(line.path("completion_tokens").intValue()).isEqualTo(2);
        assertThat(line.path("first_token_ms").doubleValue()).isEqualTo(5);
        assertThat(line.path("ms").doubleValue()).isEqualTo(15);
        assertThat(line.path("finish").stringValue()).isEqualTo("stop");
        assertThat(line.toString()).doesNotContain("secret");
    }

    @Test
    void tellsWordsOnlyWhenAsked() throws Exception {
        try (Ledger ledger = ledger(Optional.empty(), true)) {
            serve(ledger, Optional.empty());
        }
        assertThat(onlyLine().path("prompt").stringValue()).isEqualTo("a secret question");
        assertThat(onlyLine().path("answer").stringValue()).isEqualTo("a secret answer");
    }

    @Test
    void bringsWhatSeveralThreadsDidForARequestTogether() throws Exception {
        try (Ledger ledger = ledger(Optional.empty(), false)) {
            Visit visit = ledger.begin("req_1", "POST", Optional.empty());
            List<Thread> choices = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                choices.add(Thread.ofVirtual()
                        .start(() ->
                                ledger.turn(Turn.Operation.CHAT, "mini", "a").ended(said("x"), SAMPLING, "")));
            }
            for (Thread choice : choices) {
                choice.join();
            }
            ledger.end(visit, 200);
            Turn after = ledger.turn(Turn.Operation.CHAT, "mini", "a");
            after.ended(said("x"), SAMPLING, "");
        }
        assertThat(onlyLine().path("turns").intValue()).isEqualTo(4);
        assertThat(onlyLine().path("completion_tokens").intValue()).isEqualTo(8);
    }

    @Test
    void tellsAClientThatLeftFromAFault() {
        Ledger ledger = Ledger.counting();
        Turn left = ledger.turn(Turn.Operation.CHAT, "m", "t");
        ChatListener heard = left.heardBy((_, _) -> {
            throw new IOException("gone");
        });
        assertThatThrownBy(() -> heard.text("x", List.of())).isInstanceOf(IOException.class);
        left.ended(new ChatOutcome.Failed("the client went away"), SAMPLING, "");
        ledger.turn(Turn.Operation.CHAT, "m", "t").ended(new ChatOutcome.Failed("it broke"), SAMPLING, "");
        ledger.turn(Turn.Operation.CHAT, "m", "t")
                .ended(new ChatOutcome.Refused(ChatOutcome.Reason.BUSY, "full"), SAMPLING, "");
        Exposition out = new Exposition();
        ledger.meters().write(out, null);
        PrometheusText text = PrometheusText.read(out.text());
        assertThat(text.value(
                        "vllm:request_success_total", "model_name", "m", "tenant", "t", "finished_reason", "abort"))
                .isEqualTo(1);
        assertThat(text.value("telos_requests_failed_total", "model_name", "m", "tenant", "t"))
                .isEqualTo(1);
        assertThat(text.value("telos_requests_refused_total", "model_name", "m", "tenant", "t"))
                .isEqualTo(1);
    }

    /** A collector on loopback that keeps what it was sent. */
    private static final class Collector implements AutoCloseable {
        private final HttpServer server;
        private final List<String> bodies = new CopyOnWriteArrayList<>();
        private final List<String> heads = new CopyOnWriteArrayList<>();
        private final CountDownLatch gate;

        Collector(int status, CountDownLatch gate) throws IOException {
            this.gate = gate;
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                try (exchange) {
                    gate.await();
                    bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                    heads.add(exchange.getRequestURI() + " "
                            + exchange.getRequestHeaders().getFirst("x-team"));
                    exchange.sendResponseHeaders(status, -1);
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                }
            });
            server.setExecutor(Thread.ofVirtual()::start);
            server.start();
        }

        Optional<TraceOptions> options() {
            return TraceOptions.of(Map.of(
                    "OTEL_EXPORTER_OTLP_ENDPOINT",
                    "http://127.0.0.1:" + server.getAddress().getPort(),
                    "OTEL_EXPORTER_OTLP_HEADERS",
                    "x-team=a%20b"));
        }

        @Override
        public void close() {
            gate.countDown();
            server.stop(0);
        }
    }

    private static String attribute(JsonNode span, String name) {
        for (JsonNode each : span.path("attributes")) {
            if (each.path("key").stringValue().equals(name)) {
                return each.path("value").toString();
            }
        }
        return "";
    }

    @Test
    void sendsASpanByTheConventions() throws Exception {
        try (Collector collector = new Collector(200, new CountDownLatch(0))) {
            try (Ledger ledger = ledger(collector.options(), false)) {
                serve(ledger, Optional.of(PARENT));
            }
            assertThat(collector.heads).containsExactly("/v1/traces a b");
            JsonNode resource =
                    Traces.JSON.readTree(collector.bodies.getFirst()).at("/resourceSpans/0");
            assertThat(attribute(resource.path("resource"), "service.name")).isEqualTo("{\"stringValue\":\"telos\"}");
            JsonNode span = resource.at("/scopeSpans/0/spans/0");
            assertThat(span.path("traceId").stringValue()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
            assertThat(span.path("parentSpanId").stringValue()).isEqualTo("00f067aa0ba902b7");
            assertThat(span.path("spanId").stringValue()).matches("[0-9a-f]{16}");
            assertThat(span.path("name").stringValue()).isEqualTo("chat mini");
            assertThat(Long.parseLong(span.path("endTimeUnixNano").stringValue())
                            - Long.parseLong(span.path("startTimeUnixNano").stringValue()))
                    .isEqualTo(15_000_000);
            assertThat(attribute(span, "gen_ai.operation.name")).contains("chat");
            assertThat(attribute(span, "gen_ai.request.model")).contains("mini");
            assertThat(attribute(span, "gen_ai.request.max_tokens")).isEqualTo("{\"intValue\":\"9\"}");
            assertThat(attribute(span, "gen_ai.usage.input_tokens")).isEqualTo("{\"intValue\":\"7\"}");
            assertThat(attribute(span, "gen_ai.usage.output_tokens")).isEqualTo("{\"intValue\":\"2\"}");
            assertThat(attribute(span, "gen_ai.response.finish_reasons"))
                    .isEqualTo("{\"arrayValue\":{\"values\":[{\"stringValue\":\"stop\"}]}}");
            assertThat(attribute(span, "telos.request.id")).contains("req_1");
            assertThat(collector.bodies.getFirst()).doesNotContain("secret");
        }
    }

    @Test
    void sendsNothingOfATraceThatItsCallerDoesNotKeep() throws Exception {
        try (Collector collector = new Collector(200, new CountDownLatch(0))) {
            try (Ledger ledger = ledger(collector.options(), true)) {
                serve(ledger, Optional.of(PARENT.replaceFirst("01$", "00")));
            }
            assertThat(collector.bodies).isEmpty();
        }
    }

    @Test
    void countsWhatACollectorDoesNotTake() throws Exception {
        try (Collector collector = new Collector(500, new CountDownLatch(0))) {
            Ledger ledger = ledger(collector.options(), false);
            serve(ledger, Optional.empty());
            ledger.close();
            assertThat(ledger.lostSpans()).isEqualTo(1);
        }
    }

    @Test
    void neverWaitsForACollectorThatHangs() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        try (Collector collector = new Collector(200, gate)) {
            Ledger ledger = ledger(collector.options(), false);
            for (int i = 0; i < 5000; i++) {
                ledger.turn(Turn.Operation.CHAT, "m", "t").aborted(null);
            }
            assertThat(ledger.lostSpans()).isGreaterThan(2000);
            gate.countDown();
            ledger.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "OTEL_EXPORTER_OTLP_ENDPOINT, http://c:4318/, http://c:4318/v1/traces",
        "OTEL_EXPORTER_OTLP_ENDPOINT, https://c/x, https://c/x/v1/traces",
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, http://c/exact, http://c/exact",
        "OTEL_EXPORTER_OTLP_ENDPOINT, '', ",
        "OTEL_EXPORTER_OTLP_ENDPOINT, not an address, ",
        "OTEL_EXPORTER_OTLP_ENDPOINT, ftp://c, ",
    })
    void takesOnlyEndpointsThatItCanSendTo(String variable, String value, String endpoint) {
        assertThat(TraceOptions.of(Map.of(variable, value)).map(TraceOptions::endpoint))
                .isEqualTo(Optional.ofNullable(endpoint).map(URI::create));
    }

    @Test
    void sendsNothingByGrpcOrWhenDisabled() {
        assertThat(TraceOptions.of(
                        Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://c", "OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")))
                .isEmpty();
        assertThat(TraceOptions.of(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://c", "OTEL_SDK_DISABLED", "true")))
                .isEmpty();
        assertThat(TraceOptions.of(Map.of())).isEmpty();
    }
}

package telos.server.sight;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends spans to an OpenTelemetry collector, as OTLP in JSON over HTTP. Spans wait in a queue of bounded length; those
 * that find it full, and those that the collector does not take, are counted and lost.
 */
final class Traces implements AutoCloseable {
    static final JsonMapper JSON = JsonMapper.builder().build();
    private static final System.Logger LOG = System.getLogger(Traces.class.getName());
    private static final int MOST_WAITING = 2048;
    private static final int MOST_AT_ONCE = 256;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LAST_PATIENCE = Duration.ofSeconds(2);
    private static final long GATHER_MILLIS = 500;

    private final TraceOptions options;
    private final BlockingQueue<Span> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final LongAdder lost = new LongAdder();
    private final HttpClient client;
    private final Thread sender;
    private volatile boolean closing;
    private boolean failing;

    Traces(TraceOptions options) {
        this.options = options;
        this.client = HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        this.sender = Thread.ofPlatform().name("telos-traces").daemon().start(this::send);
    }

    void add(Span span) {
        if (closing || !waiting.offer(span)) {
            lost.increment();
        }
    }

    /** Spans that nobody will see. */
    long lost() {
        return lost.sum();
    }

    private void send() {
        List<Span> batch = new ArrayList<>();
        try {
            while (!closing || !waiting.isEmpty()) {
                @Nullable Span first = waiting.poll(GATHER_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    waiting.drainTo(batch, MOST_AT_ONCE - 1);
                    post(batch);
                    batch.clear();
                }
            }
        } catch (InterruptedException _) {
            lost.add(batch.size() + waiting.size());
        }
    }

    private void post(List<Span> batch) throws InterruptedException {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(options.endpoint())
                    .timeout(closing ? LAST_PATIENCE : PATIENCE)
                    .header("content-type", "application/json");
            options.headers().forEach(request::header);
            int status = client.send(
                            request.POST(HttpRequest.BodyPublishers.ofByteArray(message(batch)))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            if (status < 300) {
                failing = false;
                return;
            }
            fail(batch.size(), "it answers " + status);
        } catch (IOException | IllegalArgumentException e) {
            fail(batch.size(), e.toString());
        }
    }

    private void fail(int spans, String why) {
        lost.add(spans);
        if (!failing) {
            LOG.log(Level.WARNING, "traces cannot be sent to {0}: {1}", options.endpoint(), why);
        }
        failing = true;
    }

    private byte[] message(List<Span> batch) {
        ObjectNode message = JSON.createObjectNode();
        ObjectNode resource = message.putArray("resourceSpans").addObject();
        resource.putObject("resource")
                .putArray("attributes")
                .addObject()
                .put("key", "service.name")
                .putObject("value")
                .put("stringValue", options.service());
        ObjectNode scope = resource.putArray("scopeSpans").addObject();
        scope.putObject("scope").put("name", "telos");
        ArrayNode spans = scope.putArray("spans");
        batch.forEach(span -> spans.add(span.json()));
        return JSON.writeValueAsBytes(message);
    }

    /** Sends what waits, for as long as the last patience goes. */
    @Override
    public void close() {
        closing = true;
        try {
            if (!sender.join(LAST_PATIENCE)) {
                sender.interrupt();
            }
        } catch (InterruptedException _) {
            sender.interrupt();
            Thread.currentThread().interrupt();
        }
        client.shutdownNow();
    }
}

package telos.upstream;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One model server elsewhere. Its address is its OpenAI base URL, such as {@code http://127.0.0.1:8000/v1}; a fragment
 * names one of its models, as in {@code http://127.0.0.1:8000/v1#qwen}, and without one its first model is taken.
 */
public final class Upstream implements AutoCloseable {
    private static final int MAX_ERROR_BYTES = 64 * 1024;
    private static final int MAX_LINE = 8 * 1024 * 1024;

    private final URI base;
    private volatile String model;
    private final Optional<String> key;
    private final HttpClient client;
    private final Patience patience;

    private Upstream(URI base, String model, Optional<String> key, HttpClient client, Patience patience) {
        this.patience = patience;
        this.base = base;
        this.model = model;
        this.key = key;
        this.client = client;
    }

    /**
     * Reaches a server and finds its model.
     *
     * @param key sent as a bearer token; never logged
     * @throws IOException with a reason fit for a person
     */
    public static Upstream connect(String address, Optional<String> key) throws IOException, InterruptedException {
        return connect(address, key, Patience.USUAL);
    }

    static Upstream connect(String address, Optional<String> key, Patience patience)
            throws IOException, InterruptedException {
        Upstream upstream = at(address, key, patience);
        boolean reached = false;
        try {
            upstream.reach();
            reached = true;
            return upstream;
        } finally {
            if (!reached) {
                upstream.close();
            }
        }
    }

    /**
     * A server that is reached when it is first asked.
     *
     * @param key sent as a bearer token; never logged
     * @throws IOException if that is no address
     */
    public static Upstream at(String address, Optional<String> key) throws IOException {
        return at(address, key, Patience.USUAL);
    }

    private static Upstream at(String address, Optional<String> key, Patience patience) throws IOException {
        URI uri;
        try {
            uri = new URI(address);
        } catch (URISyntaxException e) {
            throw new IOException("'" + address + "' is not an address: " + e.getReason(), e);
        }
        @Nullable String host = uri.getHost();
        if (host == null || uri.getUserInfo() != null) {
            throw new IOException("'" + shown(uri) + "' is not an address such as http://127.0.0.1:8000/v1");
        }
        String text = uri.toString();
        int hash = text.indexOf('#');
        URI base = URI.create((hash < 0 ? text : text.substring(0, hash)).replaceAll("/+$", ""));
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(patience.connect())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        @Nullable String named = uri.getFragment();
        return new Upstream(base, named == null ? "" : named, key, client, patience);
    }

    /**
     * Finds its model, unless its address names one or it was found before.
     *
     * @throws IOException with a reason fit for a person
     */
    public void reach() throws IOException, InterruptedException {
        reach(() -> {});
    }

    private void reach(PatientBody.Waiting waiting) throws IOException, InterruptedException {
        if (model.isEmpty()) {
            model = firstModel(waiting);
        }
    }

    private static String shown(URI uri) {
        return uri.getUserInfo() == null ? uri.toString() : uri.toString().replace(uri.getUserInfo() + "@", "…@");
    }

    /** The model's name there; empty if it has to be reached first. */
    public String model() {
        return model;
    }

    public URI base() {
        return base;
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(base + path));
        key.ifPresent(value -> builder.header("Authorization", "Bearer " + value));
        return builder;
    }

    private String firstModel(PatientBody.Waiting waiting) throws IOException, InterruptedException {
        HttpResponse<PatientBody> response =
                send(request("/models").GET().build(), patience.listing(), patience.listing(), waiting);
        try (InputStream body = response.body()) {
            if (response.statusCode() != 200) {
                throw new IOException(refusal(response.statusCode(), body));
            }
            JsonNode list = JsonMapper.shared().readTree(body.readNBytes(MAX_LINE));
            JsonNode id = list.path("data").path(0).path("id");
            if (!id.isString()) {
                throw new IOException(base + " lists no model; name one, as in " + base + "#NAME");
            }
            return id.stringValue();
        } catch (JacksonException e) {
            throw new IOException(base + "/models did not answer with JSON; is it an OpenAI-compatible server?", e);
        }
    }

    /** Sends a request and waits for the head of its answer; an interrupt closes the connection. */
    private HttpResponse<PatientBody> send(
            HttpRequest request, Duration head, Duration silence, PatientBody.Waiting waiting)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<PatientBody>> coming =
                client.sendAsync(request, _ -> new PatientBody(silence, patience.breath(), waiting));
        boolean came = false;
        try {
            long left = head.toNanos();
            while (left > 0) {
                long wait = Math.min(left, patience.breath().toNanos());
                try {
                    HttpResponse<PatientBody> response = coming.get(wait, TimeUnit.NANOSECONDS);
                    came = true;
                    return response;
                } catch (TimeoutException _) {
                    left -= wait;
                    waiting.stillThere();
                }
            }
            throw new IOException(base + " took the request and has not begun to answer for " + Patience.shown(head));
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            @Nullable String message = cause.getMessage();
            throw new IOException(
                    "cannot reach " + base + (message == null ? "" : " (" + message + ")") + "; is it running?", cause);
        } finally {
            if (!came) {
                coming.cancel(true);
            }
        }
    }

    /**
     * Runs one turn there; the calling thread waits. A server that falls silent is given up on.
     *
     * @throws InterruptedException if the thread was interrupted; the connection is closed then
     */
    public UpstreamReply generate(UpstreamRequest request, DeltaListener listener) throws InterruptedException {
        try {
            reach(listener::waiting);
            HttpRequest sent = request("/chat/completions")
                    .header("Content-Type", "application/json")
                    .header("Accept", "text/event-stream")
                    .POST(HttpRequest.BodyPublishers.ofString(RequestBody.of(model, request)))
                    .build();
            HttpResponse<PatientBody> response = send(sent, patience.head(), patience.silence(), listener::waiting);
            try (InputStream body = response.body()) {
                if (response.statusCode() != 200) {
                    return new UpstreamReply.Failed(refusal(response.statusCode(), body));
                }
                return read(body, listener);
            }
        } catch (InterruptedIOException _) {
            Thread.interrupted();
            throw new InterruptedException("the turn was cancelled");
        } catch (IOException e) {
            String message = String.valueOf(e.getMessage());
            return new UpstreamReply.Failed(
                    message.contains(base.toString()) ? message : "the model server " + base + " failed: " + message);
        }
    }

    private static UpstreamReply read(InputStream body, DeltaListener listener) throws IOException {
        ReplyReader reader = new ReplyReader(listener);
        BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        StringBuilder line = new StringBuilder();
        int next;
        while ((next = lines.read()) >= 0) {
            if (next != '\n') {
                if (line.length() == MAX_LINE) {
                    throw new IOException("it sent a line longer than " + MAX_LINE + " characters");
                }
                line.append((char) next);
                continue;
            }
            String text = line.toString().strip();
            line.setLength(0);
            if (text.startsWith("data:")) {
                String data = text.substring("data:".length()).strip();
                if (data.equals("[DONE]")) {
                    break;
                }
                reader.accept(data);
            }
        }
        return reader.finish();
    }

    private String refusal(int status, InputStream body) throws IOException {
        String text = new String(body.readNBytes(MAX_ERROR_BYTES), StandardCharsets.UTF_8);
        String reason = text.strip();
        try {
            reason = JsonMapper.shared()
                    .readTree(text)
                    .path("error")
                    .path("message")
                    .asString(reason);
        } catch (JacksonException e) {
            // what it said is not JSON; it is shown as it is
        }
        String shown = reason.length() > 300 ? reason.substring(0, 300) + "…" : reason;
        String advice = status == 401 ? "; set TELOS_UPSTREAM_KEY to its key" : "";
        return base + " answered with status " + status + (shown.isEmpty() ? "" : ": " + shown) + advice;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}

package telos.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import telos.kernel.ToolSpec;
import telos.tools.Catalogue;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Sends streaming chat completions, one after the other, until a moment comes; any number of threads may {@link #work}. */
final class StreamClient implements AutoCloseable {
    private static final List<String> REQUESTS = List.of(
            "which process uses the most memory?",
            "how full is the disk under /var?",
            "show the last 5 lines of README.md",
            "what is the load?",
            "find files named pom.xml here",
            "tell me a story about a fox, a lighthouse and 12 ships",
            "who are you?");
    private static final String DATA = "data: ";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI address;
    private final StreamTally tally;
    private final long deadline;
    private final boolean fickle;
    private final ArrayNode tools = JsonMapper.shared().createArrayNode();

    /**
     * @param deadline in {@link System#nanoTime}; what streams then is left at its next event
     * @param fickle whether a quarter of the streams are left midway
     */
    StreamClient(int port, StreamTally tally, long deadline, boolean fickle) {
        this.address = URI.create("http://127.0.0.1:" + port + "/v1/chat/completions");
        this.tally = tally;
        this.deadline = deadline;
        this.fickle = fickle;
        for (ToolSpec spec : Catalogue.specs()) {
            ObjectNode function = tools.addObject().put("type", "function").putObject("function");
            function.put("name", spec.name()).put("description", spec.description());
            function.set("parameters", JsonMapper.shared().readTree(spec.parameters()));
        }
    }

    void work(SplittableRandom random) {
        while (System.nanoTime() < deadline) {
            try {
                request(random);
            } catch (IOException | JacksonException e) {
                tally.error(String.valueOf(e));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void request(SplittableRandom random) throws IOException, InterruptedException {
        int leaveAfter = fickle && random.nextInt(4) == 0 ? 1 + random.nextInt(12) : Integer.MAX_VALUE;
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body(random)))
                .build();
        long start = System.nanoTime();
        HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream stream = response.body()) {
            if (response.statusCode() != 200) {
                String body = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
                tally.error("status " + response.statusCode() + ": " + body);
                return;
            }
            read(stream, start, leaveAfter);
        }
    }

    private void read(InputStream stream, long start, int leaveAfter) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
        long before = start;
        int pieces = 0;
        boolean done = false;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.equals(DATA + "[DONE]")) {
                done = true;
            }
            if (done || !line.startsWith(DATA)) {
                continue;
            }
            JsonNode event = JsonMapper.shared().readTree(line.substring(DATA.length()));
            if (event.has("error")) {
                tally.error(event.path("error").path("message").asString(""));
                return;
            }
            if (speaks(event)) {
                long now = System.nanoTime();
                if (pieces++ == 0) {
                    tally.first((now - before) / 1e9);
                } else {
                    tally.next((now - before) / 1e9);
                }
                before = now;
            }
            if (pieces >= leaveAfter || System.nanoTime() >= deadline) {
                tally.left();
                return;
            }
        }
        if (done) {
            tally.whole();
        } else {
            tally.error("a stream ended without [DONE]");
        }
    }

    private static boolean speaks(JsonNode event) {
        JsonNode delta = event.path("choices").path(0).path("delta");
        return !delta.path("content").asString("").isEmpty() || delta.has("tool_calls");
    }

    private String body(SplittableRandom random) {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        body.put("stream", true);
        body.put("max_tokens", 16 + random.nextInt(80));
        body.put("temperature", random.nextInt(3) / 2.0);
        body.put("seed", random.nextInt(1 << 30));
        String words = REQUESTS.get(random.nextInt(REQUESTS.size()));
        body.putArray("messages")
                .addObject()
                .put("role", "user")
                .put("content", words + " (" + random.nextInt(1000) + ")");
        if (random.nextInt(3) == 0) {
            body.set("tools", tools);
        }
        return body.toString();
    }

    @Override
    public void close() {
        http.close();
    }
}

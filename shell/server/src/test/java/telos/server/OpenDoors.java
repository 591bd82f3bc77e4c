package telos.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import telos.agents.Agents;
import telos.programs.Programs;
import telos.server.api.Doors;
import telos.server.api.OpenApi;
import telos.server.api.http.Bounds;
import telos.server.api.http.Route;
import telos.server.records.RecentRequests;
import telos.server.records.RecentResponses;
import telos.server.records.ResponseStore;
import telos.tools.Toolbox;
import telos.tools.host.LinuxHost;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The real HTTP server on loopback in front of a model; each answer must be one that the description allows. */
public final class OpenDoors implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path home;
    private final Doors doors;
    private final int port;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public OpenDoors(ServedModel model) throws IOException {
        this(model, Bounds.USUAL, Gate.OPEN);
    }

    public OpenDoors(ServedModel model, Bounds bounds, Gate gate) throws IOException {
        this(model, bounds, gate, new RecentResponses(1 << 20));
    }

    /** With programs that may be taken up. */
    public OpenDoors(ServedModel model, Programs programs) throws IOException {
        this(
                model,
                new Doors.Rules(Bounds.USUAL, Gate.OPEN, new RecentResponses(1 << 20), new RecentRequests(1 << 20))
                        .with(programs));
    }

    public OpenDoors(ServedModel model, Bounds bounds, Gate gate, ResponseStore responses) throws IOException {
        this(model, new Doors.Rules(bounds, gate, responses, new RecentRequests(1 << 20)));
    }

    private OpenDoors(ServedModel model, Doors.Rules rules) throws IOException {
        home = Files.createTempDirectory("telos-doors");
        Models models = new Models(name -> new Models.Unknown("no model named '" + name + "'"));
        models.standard(model);
        DaemonStatus status = new DaemonStatus(System::nanoTime);
        Agents agents = new Agents(System::nanoTime);
        Toolbox toolbox = new Toolbox(new LinuxHost(), new SelfView(models, agents));
        doors = Doors.open(
                home.resolve("telos.sock"),
                status,
                models,
                new Runs(agents, new Syscalls(models, toolbox, Mediation.usual()), toolbox.specs()),
                () -> 1_700_000_000L,
                rules);
        port = doors.listen(InetAddress.getLoopbackAddress(), 0);
        status.ready(model.name());
    }

    public List<Route> routes() {
        return doors.routes();
    }

    /** The owner's door. */
    public Path socket() {
        return home.resolve("telos.sock");
    }

    public int port() {
        return port;
    }

    /** An answer. */
    public record Answer(int status, String body, HttpResponse<String> response) {
        public JsonNode json() {
            return JSON.readTree(body);
        }

        /** The text at a JSON pointer. */
        public String at(String pointer) {
            return json().at(pointer).asString();
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /** The data of a stream's events, in their order. */
        public List<String> data() {
            return body.lines()
                    .filter(line -> line.startsWith("data: "))
                    .map(line -> line.substring(6))
                    .toList();
        }

        /** The data of a stream's events that are JSON. */
        public List<JsonNode> events() {
            return data().stream()
                    .filter(data -> data.startsWith("{"))
                    .map(JSON::readTree)
                    .toList();
        }
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    public Answer send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        String type = response.headers().firstValue("content-type").orElse("");
        OpenApi.check(request.method(), request.uri().getRawPath(), response.statusCode(), type, response.body());
        return new Answer(response.statusCode(), response.body(), response);
    }

    public Answer post(String path, String body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    public Answer get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path).GET();
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    /** A bare connection. */
    public Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        return socket;
    }

    /** Sends bytes as they are on a connection of their own, and reads until the other side closes. */
    public String raw(String request) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() throws IOException {
        client.shutdownNow();
        doors.close();
        Files.deleteIfExists(home);
    }
}

package telos.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import telos.agents.Agents;
import telos.inference.chat.ChatOutcome;
import telos.server.api.Doors;
import telos.tools.Toolbox;
import telos.tools.host.LinuxHost;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The real HTTP server on loopback and on a Unix socket, in front of a scripted model and the real tools. */
class DoorsTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    Path home;

    private final ScriptedModel model = new ScriptedModel("mini");
    private final DaemonStatus status = new DaemonStatus(System::nanoTime);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Doors doors;
    private int port;

    @BeforeEach
    void open() throws IOException {
        Models models = new Models(name -> new Models.Unknown("no model named '" + name + "'"));
        models.standard(model);
        Agents agents = new Agents(System::nanoTime);
        Toolbox toolbox = new Toolbox(new LinuxHost(), new SelfView(models, agents));
        Runs runs = new Runs(agents, new Syscalls(models, toolbox, Mediation.usual()), toolbox.specs());
        doors = Doors.open(home.resolve("telos.sock"), status, models, runs, () -> 1_700_000_000L);
        port = doors.listen(InetAddress.getLoopbackAddress(), 0);
        status.listening(port);
        status.ready("mini");
    }

    @AfterEach
    void close() {
        doors.close();
        client.close();
    }

    private HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** One exchange over the Unix socket; the answer is read to its end. */
    private String admin(String method, String path, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = method + " " + path + " HTTP/1.1\r\nHost: telos\r\nConnection: close\r\nContent-Length: "
                + bytes.length + "\r\n\r\n";
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(home.resolve("telos.sock")));
            channel.write(ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
            channel.write(ByteBuffer.wrap(bytes));
            StringBuilder answer = new StringBuilder();
            ByteBuffer buffer = ByteBuffer.allocate(65536);
            while (channel.read(buffer) >= 0) {
                answer.append(StandardCharsets.UTF_8.decode(buffer.flip()));
                buffer.clear();
            }
            return answer.toString();
        }
    }

    @Test
    void answersAChatCompletion() throws Exception {
        model.then(ScriptedModel.says("Hi there"));
        HttpResponse<String> response = post("/v1/chat/completions", """
                {"model":"mini","messages":[{"role":"system","content":"s"},
                 {"role":"user","content":[{"type":"text","text":"hello"}]}],"unknown_field":1}""");
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode body = JSON.readTree(response.body());
        assertThat(body.at("/choices/0/message/content").stringValue()).isEqualTo("Hi there");
        assertThat(body.at("/choices/0/finish_reason").stringValue()).isEqualTo("stop");
        assertThat(body.at("/usage/total_tokens").intValue()).isEqualTo(9);
        assertThat(body.at("/usage/prompt_tokens_details/cached_tokens").intValue())
                .isEqualTo(3);
        assertThat(model.requests.getFirst().messages()).hasSize(2);
    }

    @Test
    void streamsAChatCompletion() throws Exception {
        model.then(ScriptedModel.says("Hi there"));
        HttpResponse<String> response = post("/v1/chat/completions", """
                {"messages":[{"role":"user","content":"x"}],"stream":true,"stream_options":{"include_usage":true}}""");
        assertThat(response.headers().firstValue("content-type")).hasValue("text/event-stream");
        assertThat(response.body()
                        .lines()
                        .filter(line -> line.startsWith("data: "))
                        .toList())
                .satisfiesExactly(
                        role -> assertThat(role).contains("\"role\":\"assistant\""),
                        first -> assertThat(first).contains("\"content\":\"Hi \""),
                        second -> assertThat(second).contains("\"content\":\"there\""),
                        finish -> assertThat(finish).contains("\"finish_reason\":\"stop\""),
                        usage -> assertThat(usage).contains("\"choices\":[]", "\"total_tokens\":9"),
                        done -> assertThat(done).isEqualTo("data: [DONE]"));
    }

    @Test
    void givesToolCallsInBothForms() throws Exception {
        String body = """
                {"messages":[{"role":"user","content":"x"}],"stream":%s,
                 "tools":[{"type":"function","function":{"name":"load","parameters":{"type":"object"}}}]}""";
        model.then(ScriptedModel.calls("load", "{}")).then(ScriptedModel.calls("load", "{}"));
        JsonNode whole = JSON.readTree(
                post("/v1/chat/completions", body.formatted("false")).body());
        assertThat(whole.at("/choices/0/message/content").isNull()).isTrue();
        assertThat(whole.at("/choices/0/message/tool_calls/0/function/name").stringValue())
                .isEqualTo("load");
        assertThat(whole.at("/choices/0/finish_reason").stringValue()).isEqualTo("tool_calls");
        assertThat(post("/v1/chat/completions", body.formatted("true")).body())
                .contains("\"tool_calls\":[{\"index\":0,\"id\":\"c1\"", "\"finish_reason\":\"tool_calls\"");
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | 400 | 'messages' must be a list",
                "nonsense | 400 | not valid JSON",
                "[] | 400 | must be a JSON object",
                "{\"messages\":[]} | 400 | at least one message",
                "{\"messages\":[{\"content\":\"x\"}]} | 400 | 'messages[0].role' is missing",
                "{\"messages\":[{\"role\":\"robot\",\"content\":\"x\"}]} | 400 | known are system",
                "{\"messages\":[{\"role\":\"user\",\"content\":3}]} | 400 | must be a string or a list",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"max_tokens\":0} | 400 | 'max_tokens' must be",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"max_tokens\":1e9} | 400 | whole number",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"temperature\":9} | 400 | temperature is 9.0",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"n\":0} | 400 | 'n' must be 1",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"tool_choice\":\"required\"} | 400 | 'tools' is empty",
                "{\"model\":\"gpt-9\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]} | 404 | no model named 'gpt-9'",
            })
    void refusesBadRequestsInTheShapeThatClientsRead(String body, int expected, String message) throws Exception {
        HttpResponse<String> response = post("/v1/chat/completions", body);
        assertThat(response.statusCode()).isEqualTo(expected);
        assertThat(JSON.readTree(response.body()).at("/error/message").stringValue())
                .contains(message);
        assertThat(model.requests).isEmpty();
    }

    @Test
    void keepsTheStatusOfARefusalWhenAStreamWasAskedFor() throws Exception {
        model.then(new ChatOutcome.Refused(ChatOutcome.Reason.TOO_LONG, "too long"));
        HttpResponse<String> response =
                post("/v1/chat/completions", "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"stream\":true}");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("context_length_exceeded");
    }

    @Test
    void refusesWebPagesFromElsewhere() throws Exception {
        String body = "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";
        assertThat(post("/v1/chat/completions", body, "Origin", "http://evil.example")
                        .statusCode())
                .isEqualTo(403);
        model.then(ScriptedModel.says("ok"));
        assertThat(post("/v1/chat/completions", body, "Origin", "http://localhost:3000")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void refusesAHostNameThatIsNotThisMachine() throws IOException {
        String answer;
        try (SocketChannel channel =
                SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
            channel.write(ByteBuffer.wrap("GET /v1/models HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer buffer = ByteBuffer.allocate(65536);
            while (channel.read(buffer) >= 0) {}
            answer = StandardCharsets.UTF_8.decode(buffer.flip()).toString();
        }
        assertThat(answer).startsWith("HTTP/1.1 403");
    }

    @Test
    void readsABodyThatComesWithAnUpgradeToHttp2() throws Exception {
        model.then(ScriptedModel.says("ok"));
        try (HttpClient upgrading =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
            HttpResponse<String> response = upgrading.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/chat/completions"))
                            .POST(HttpRequest.BodyPublishers.ofString(
                                    "{\"messages\":[{\"role\":\"user\",\"content\":\"" + "x".repeat(300_000) + "\"}]}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void listsModelsHealthAndMetrics() throws Exception {
        assertThat(get("/v1/models").body()).contains("\"id\":\"mini\"");
        assertThat(get("/v1/models/mini").statusCode()).isEqualTo(200);
        assertThat(get("/v1/models/other").statusCode()).isEqualTo(404);
        assertThat(get("/health").body()).contains("\"status\":\"ok\"");
        assertThat(get("/metrics").body()).contains("vllm:kv_cache_usage_perc{model_name=\"mini\"} 0.25\n");
        assertThat(get("/nothing").statusCode()).isEqualTo(404);
        assertThat(get("/v1/chat/completions").statusCode()).isEqualTo(405);
    }

    @Test
    void keepsTheAdminApiOffTheNetwork() throws Exception {
        assertThat(get("/memory").statusCode()).isEqualTo(404);
        assertThat(post("/shutdown", "").statusCode()).isEqualTo(404);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("telos.sock"))))
                .isEqualTo("rw-------");
        assertThat(admin("GET", "/memory", "")).contains("\"total\":8", "\"useful_share\":0.5", "\"sequences\":[{");
    }

    @Test
    void runsAnAgentWithARealTool() throws Exception {
        Files.writeString(home.resolve("note.txt"), "one\ntwo\nthree\n");
        model.then(ScriptedModel.calls("tail", "{\"path\":\"note.txt\",\"lines\":1}"))
                .then(ScriptedModel.says("It says three."));
        String answer = admin(
                "POST",
                "/runs",
                JSON.createObjectNode()
                        .put("request", "what is the last line of note.txt?")
                        .put("cwd", home.toString())
                        .toString());
        assertThat(answer)
                .containsSubsequence(
                        "event: call",
                        "event: result",
                        "\"result\":\"three\"",
                        "event: text",
                        "event: done",
                        "\"answer\":\"It says three.\"");
    }

    @Test
    void tellsTheStatesOfAgentsInOneWordEach() throws Exception {
        model.then(ScriptedModel.calls("agents", "{}")).then(ScriptedModel.says("One."));
        assertThat(admin("POST", "/runs", "{\"request\":\"x\",\"cwd\":\"/\"}"))
                .containsPattern("\"result\":\"[^\"]*operator +waiting +1")
                .contains("\"answer\":\"One.\"");
    }

    @Test
    void saysWhyARunCouldNotAnswer() throws Exception {
        model.then(new ChatOutcome.Failed("the model broke"));
        assertThat(admin("POST", "/runs", "{\"request\":\"x\",\"cwd\":\"/\"}"))
                .contains("event: error", "the model broke");
        assertThat(admin("POST", "/runs", "{\"request\":\"  \"}")).contains("HTTP/1.1 400", "the request is empty");
        assertThat(admin("POST", "/runs", "{\"request\":\"x\",\"cwd\":\"relative\"}"))
                .contains("'cwd' must be an absolute path");
        assertThat(admin("POST", "/runs", "{\"request\":\"x\",\"agent\":\"no head\"}"))
                .contains("three dashes");
    }

    @Test
    void readsARelativeModelFromWhereTheCallerIs() throws Exception {
        String agent = "---\\nname: a\\nmodel: ./sub/../x.gguf\\n---\\n";
        assertThat(admin("POST", "/runs", "{\"request\":\"x\",\"cwd\":\"" + home + "\",\"agent\":\"" + agent + "\"}"))
                .contains("no model named '" + home + "/x.gguf'");
        Files.writeString(home.resolve("bare"), "");
        assertThat(admin("POST", "/runs", "{\"request\":\"x\",\"cwd\":\"" + home + "\",\"model\":\"bare\"}"))
                .contains("no model named '" + home + "/bare'");
        assertThat(admin("POST", "/runs", "{\"request\":\"x\",\"cwd\":\"" + home + "\",\"model\":\"other\"}"))
                .contains("no model named 'other'");
    }

    @Test
    void showsTheEndOfItsLogToItsOwnerAlone() throws Exception {
        Files.writeString(home.resolve("telos.log"), "one\ntwo\nthree\n");
        assertThat(admin("GET", "/logs?lines=2", "")).contains("HTTP/1.1 200", "{\"lines\":[\"two\",\"three\"]}");
        assertThat(admin("GET", "/logs?lines=x", "")).contains("HTTP/1.1 400", "whole number, was 'x'");
        assertThat(admin("GET", "/logs?lines=-1", "")).contains("HTTP/1.1 400", "0 to 10000");
        assertThat(get("/logs").statusCode()).isEqualTo(404);
    }

    @Test
    void endsWhenItIsAsked() throws Exception {
        assertThat(admin("POST", "/shutdown", "")).contains("HTTP/1.1 202");
        status.stopping().await();
    }
}

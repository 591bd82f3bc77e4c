package telos.server.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import telos.inference.chat.ChatListener;
import telos.inference.chat.ChatOutcome;
import telos.server.FakeModel;
import telos.server.OpenDoors;

/** HTTP/1.1 and HTTP/2 as clients speak them, well or not. */
@Timeout(60)
class WireTest {
    private static final String PATH = "/v1/chat/completions";
    private static final FakeModel MODEL = new FakeModel();

    private static OpenDoors doors;

    @BeforeAll
    static void open() throws Exception {
        doors = new OpenDoors(MODEL);
    }

    @AfterAll
    static void close() throws Exception {
        doors.close();
    }

    @BeforeEach
    void forget() {
        MODEL.chats.clear();
    }

    private static String asking(int characters) {
        return "{\"messages\":[{\"role\":\"user\",\"content\":\"" + "x".repeat(characters) + "\"}]}";
    }

    private static int heard() {
        return MODEL.chats.remove().messages().getFirst().text().length();
    }

    private static FakeModel.Turn untilGone(CountDownLatch begun, CountDownLatch gone) {
        return (_, listener) -> {
            begun.countDown();
            return wait(listener, gone);
        };
    }

    private static ChatOutcome wait(ChatListener listener, CountDownLatch gone) {
        try {
            while (true) {
                listener.waiting();
                Thread.onSpinWait();
            }
        } catch (IOException e) {
            gone.countDown();
            return new ChatOutcome.Failed("gone");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 300_000})
    void readsABodyThatComesWithAnUpgradeToHttp2(int size) throws Exception {
        byte[] body = asking(size).getBytes(StandardCharsets.UTF_8);
        try (HttpClient upgrading =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
            MODEL.then(FakeModel.says("ok"));
            assertThat(upgrading
                            .send(
                                    doors.request(PATH)
                                            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
            assertThat(heard()).isEqualTo(size);
        }
        try (HttpClient chunking =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
            MODEL.then(FakeModel.says("ok"));
            assertThat(chunking.send(
                                    doors.request(PATH)
                                            .POST(HttpRequest.BodyPublishers.ofInputStream(
                                                    () -> new ByteArrayInputStream(body)))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
            assertThat(heard()).isEqualTo(size);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 300_000})
    void readsAChunkedBodyThatComesWithAnUpgradeOnABareConnection(int size) throws Exception {
        MODEL.then(FakeModel.says("ok"));
        String body = asking(size);
        String answer = doors.raw("POST " + PATH + " HTTP/1.1\r\nHost: localhost\r\n"
                + "Connection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\nHTTP2-Settings: AAEAAEAAAAIAAAAA\r\n"
                + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n");
        assertThat(heard()).isEqualTo(size);
        assertThat(answer).contains("200");
    }

    @Test
    void speaksHttp2ToClientsThatKnowSoBeforehand() throws Exception {
        try (Socket socket = doors.connect()) {
            OutputStream out = socket.getOutputStream();
            out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.write(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0});
            byte[] head = socket.getInputStream().readNBytes(9);
            assertThat(head[3]).as("a SETTINGS frame").isEqualTo((byte) 4);
        }
    }

    @Test
    void answersAndStreamsOverHttp2() throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
            HttpResponse<String> first =
                    client.send(doors.request("/v1/models").build(), HttpResponse.BodyHandlers.ofString());
            assertThat(first.version()).isEqualTo(HttpClient.Version.HTTP_2);
            MODEL.then(FakeModel.says("Hi there"));
            HttpResponse<String> second = client.send(
                    doors.request(PATH)
                            .POST(HttpRequest.BodyPublishers.ofString(asking(1).replace("]}", "],\"stream\":true}")))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(second.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(second.body()).contains("there", "[DONE]");
        }
    }

    @Test
    void cancelsWhenAClientOfHttp2Resets() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
            client.send(doors.request("/v1/models").build(), HttpResponse.BodyHandlers.ofString());
            MODEL.then(untilGone(begun, gone));
            CompletableFuture<HttpResponse<String>> answer = client.sendAsync(
                    doors.request(PATH)
                            .POST(HttpRequest.BodyPublishers.ofString(asking(1)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            begun.await();
            answer.cancel(true);
            gone.await();
        }
    }

    @ParameterizedTest(name = "stream: {0}")
    @ValueSource(booleans = {true, false})
    void cancelsWhenTheClientCloses(boolean stream) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        MODEL.then(untilGone(begun, gone));
        String body = asking(1).replace("]}", "],\"stream\":" + stream + "}");
        try (Socket socket = doors.connect()) {
            socket.getOutputStream().write(post(body));
            begun.await();
        }
        gone.await();
    }

    @Test
    void answersARequestThatWasSentBeforeTheOneBeforeItWasAnswered() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        MODEL.then((logprobs, listener) -> {
            for (int i = 0; i < 100; i++) {
                listener.waiting();
            }
            seen.countDown();
            return FakeModel.says("first").take(logprobs, listener);
        });
        MODEL.then(FakeModel.says("second"));
        try (Socket socket = doors.connect()) {
            byte[] one = post(asking(1));
            socket.getOutputStream().write(one);
            socket.getOutputStream().write(one);
            String text = "";
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[4096];
            while (!text.contains("second")) {
                int read = in.read(buffer);
                assertThat(read).as(text).isPositive();
                text += new String(buffer, 0, read, StandardCharsets.UTF_8);
            }
            assertThat(text).containsSubsequence("first", "second");
        }
    }

    private static byte[] post(String body) {
        return ("POST " + PATH + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void namesEachRequest() throws Exception {
        assertThat(doors.get("/v1/models", "x-request-id", "mine-1").header("x-request-id"))
                .isEqualTo("mine-1");
        OpenDoors.Answer made = doors.get("/v1/models", "x-request-id", "no\tgood " + "x".repeat(200));
        assertThat(made.header("x-request-id")).startsWith("req_").isEqualTo(made.header("request-id"));
    }

    @Test
    void refusesInTheShapeThatClientsRead() throws Exception {
        assertThat(doors.get("/nothing").at("/error/code")).isEqualTo("not_found");
        assertThat(doors.get(PATH).status()).isEqualTo(405);
        HttpRequest form = doors.request(PATH)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("a=b"))
                .build();
        assertThat(doors.send(form).status()).isEqualTo(415);
        assertThat(doors.post(PATH, "{", "Content-Encoding", "gzip").status()).isEqualTo(415);
        OpenDoors.Answer model = doors.post(PATH, asking(1).replace("{\"messages", "{\"model\":\"gpt\",\"messages"));
        assertThat(model.status()).isEqualTo(404);
        assertThat(model.at("/error/code")).isEqualTo("model_not_found");
        assertThat(model.at("/error/param")).isEqualTo("model");
    }

    @Test
    void saysWhatIsWrongWithJson() throws Exception {
        assertThat(doors.post(PATH, "[".repeat(100_000)).at("/error/message")).contains("nesting");
        assertThat(doors.post(PATH, "{\"a\":[" + "0,".repeat(1_100_000) + "0]}").status())
                .isEqualTo(400);
        assertThat(doors.post(PATH, "{\"messages\":").at("/error/message")).contains("not valid JSON", "line 1");
        assertThat(doors.post(PATH, "").at("/error/message")).contains("JSON");
    }

    @Test
    void keepsStrangersOutOverHttp2Too() throws Exception {
        assertThat(overHttp2("localhost:7717")).contains("\"object\":\"list\"").doesNotContain("forbidden");
        assertThat(overHttp2("evil.example:7717")).contains("forbidden").doesNotContain("\"object\":\"list\"");
        String absolute =
                "GET http://evil.example/v1/models HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
        assertThat(doors.raw(absolute)).startsWith("HTTP/1.1 403");
    }

    private static String overHttp2(String authority) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        head.write(0x82); // :method GET and :scheme http of HPACK's static table, then a :path and an :authority
        head.write(0x86);
        literal(head, 4, "/v1/models");
        literal(head, 1, authority);
        return overHttp2(head);
    }

    /** What comes back for these header fields, sent by a client that knows HTTP/2 beforehand (RFC 9113, 3.3). */
    private static String overHttp2(ByteArrayOutputStream head) throws IOException {
        try (Socket socket = doors.connect()) {
            OutputStream out = socket.getOutputStream();
            out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.write(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0}); // SETTINGS
            out.write(new byte[] {0, 0, (byte) head.size(), 1, 5, 0, 0, 0, 1}); // HEADERS, the last of stream 1
            head.writeTo(out);
            StringBuilder body = new StringBuilder();
            DataInputStream in = new DataInputStream(socket.getInputStream());
            while (true) {
                int length = (in.readUnsignedByte() << 16) | in.readUnsignedShort();
                int type = in.readUnsignedByte();
                int flags = in.readUnsignedByte();
                int stream = in.readInt();
                byte[] payload = in.readNBytes(length);
                if (type == 0) {
                    body.append(new String(payload, StandardCharsets.UTF_8));
                }
                if (stream == 1 && type <= 1 && (flags & 1) != 0) {
                    return body.toString();
                }
            }
        }
    }

    private static void literal(ByteArrayOutputStream head, int name, String value) {
        head.write(name);
        head.write(value.length());
        head.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void refusesHeadsThatAreTooLargeOrNoHttp() throws Exception {
        assertThat(doors.raw(
                        "GET / HTTP/1.1\r\nHost: localhost\r\n" + "X-A: bbbbbbbbbbbbbbbb\r\n".repeat(2000) + "\r\n"))
                .startsWith("HTTP/1.1 431")
                .contains("\"error\":{\"message\"");
        assertThat(doors.raw("nonsense\r\n\r\n")).contains("400");
    }

    @Test
    void refusesARequestThatHasNoPath() throws Exception {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        literal(head, 2, "CONNECT");
        literal(head, 1, "localhost:80");
        assertThat(overHttp2(head)).contains("not_found");
    }

    @Test
    void refusesPagesFromElsewhereThatNameANeighbourToo() throws Exception {
        String own = "Origin: http://localhost\r\n";
        String foreign = "Origin: http://evil.example\r\n";
        assertThat(doors.raw(
                        "GET /v1/models HTTP/1.1\r\nHost: localhost\r\n" + own + foreign + "Connection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403");
    }

    @Test
    void answersHeadAsGetAndSaysWhatIsAllowed() throws Exception {
        assertThat(doors.raw("HEAD /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200")
                .endsWith("\r\n\r\n");
        assertThat(doors.get(PATH).header("allow")).isEqualTo("POST");
    }

    @Test
    void blamesTheClientForAVersionOfHttpThatNobodySpeaks() throws Exception {
        assertThat(doors.raw("GET /health HTTP/3.0\r\nHost: localhost\r\n\r\n"))
                .contains("505", "cannot be read")
                .doesNotContain("fault of ours");
    }

    @Test
    void usesAConnectionAgainWhoseBodyCameAfterTheRefusal() throws Exception {
        try (Socket socket = doors.connect()) {
            OutputStream out = socket.getOutputStream();
            out.write("POST /nothing HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            out.write("12345GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .containsSubsequence("HTTP/1.1 404", "HTTP/1.1 200");
        }
    }

    @Test
    void saysThatItClosesAndLetsTheClientReadIt() throws Exception {
        try (Socket socket = doors.connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST " + PATH + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Content-Length: 20000000\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(new byte[20_000_000]);
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 413")
                    .contains("Connection: close", "too_large");
        }
    }

    @Test
    void endsAStreamWithItsLastEvent() throws Exception {
        MODEL.then(FakeModel.says("Hi"));
        String body = asking(1).replace("]}", "],\"stream\":true}");
        try (Socket socket = doors.connect()) {
            socket.getOutputStream().write(post(body));
            StringBuilder read = new StringBuilder();
            byte[] bytes = new byte[8192];
            while (!read.toString().endsWith("\r\n0\r\n\r\n")) {
                int size = socket.getInputStream().read(bytes);
                assertThat(size).isPositive();
                read.append(new String(bytes, 0, size, StandardCharsets.UTF_8));
            }
            assertThat(read.toString()).endsWith("[DONE]\n\n\r\n0\r\n\r\n");
        }
    }

    @Test
    void saysWhatIsWrongWithJsonInWordsForPeople() throws Exception {
        for (String body : List.of("{", "{} {}", "{\"a\":NaN}", "[".repeat(200), "{\"a\":" + "9".repeat(2000) + "}")) {
            assertThat(doors.post(PATH, body).at("/error/message"))
                    .startsWith("the body is not valid JSON")
                    .doesNotContain("`", "Source", "Feature");
        }
    }
}

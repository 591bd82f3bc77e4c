package telos.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The built-in model behind the real doors. */
@Timeout(120)
class RealModelTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String ASKING =
            "{\"temperature\":0,\"messages\":[{\"role\":\"user\",\"content\":\"how full are the disks?\"}]";

    @TempDir
    static Path home;

    private static LocalModel model;
    private static OpenDoors doors;

    @BeforeAll
    static void open() throws Exception {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("models/telos-mini.gguf"))) {
            folder = Objects.requireNonNull(folder.getParent(), "no folder above this one holds the built-in model");
        }
        model = LocalModel.load("telos-mini", folder.resolve("models/telos-mini.gguf"), DaemonOptions.at(home));
        doors = new OpenDoors(model);
    }

    @AfterAll
    static void close() throws Exception {
        doors.close();
    }

    private static void assertNothingIsLeft() throws InterruptedException {
        model.settle();
        assertThat(model.memory().blocks().used()).isZero();
        assertThat(model.memory().sequences()).isEmpty();
    }

    @Test
    void saysTheSameWholeAndStreamed() throws Exception {
        OpenDoors.Answer whole = doors.post(CHAT, ASKING + ",\"max_tokens\":40}");
        assertThat(whole.status()).isEqualTo(200);
        StringBuilder streamed = new StringBuilder();
        doors.post(CHAT, ASKING + ",\"max_tokens\":40,\"stream\":true}")
                .events()
                .forEach(chunk ->
                        streamed.append(chunk.at("/choices/0/delta/content").asString("")));
        assertThat(streamed.toString()).isNotEmpty().isEqualTo(whole.at("/choices/0/message/content"));
        assertNothingIsLeft();
    }

    @Test
    void callsAToolWhenItMust() throws Exception {
        String tools = """
                ,"tool_choice":"required","tools":[{"type":"function","function":{"name":"disk","description":"disks",
                 "parameters":{"type":"object","properties":{"path":{"type":"string","maxLength":20}},
                 "required":["path"],"additionalProperties":false}}}]}""";
        OpenDoors.Answer answer = doors.post(CHAT, ASKING + tools);
        assertThat(answer.at("/choices/0/finish_reason")).isEqualTo("tool_calls");
        assertThat(answer.at("/choices/0/message/tool_calls/0/function/name")).isEqualTo("disk");
        String arguments = answer.at("/choices/0/message/tool_calls/0/function/arguments");
        assertThat(JsonMapper.shared().readTree(arguments).path("path").isString())
                .isTrue();
        assertNothingIsLeft();
    }

    @Test
    void leavesNoBlockInUseWhenClientsGo() throws Exception {
        String body = ASKING + ",\"max_tokens\":200,\"stream\":true}";
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> good = new ArrayList<>();
            List<Future<Integer>> left = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                if (i % 3 == 0) {
                    left.add(clients.submit(() -> leave(body)));
                } else {
                    good.add(clients.submit(() -> doors.post(CHAT, body).status()));
                }
            }
            for (Future<Integer> status : good) {
                assertThat(status.get()).isEqualTo(200);
            }
            for (Future<Integer> first : left) {
                assertThat(first.get()).isPositive();
            }
        }
        assertNothingIsLeft();
    }

    /** Asks, hears the first bytes of the answer, and closes. */
    private static Integer leave(String body) throws IOException {
        try (Socket socket = doors.connect()) {
            socket.getOutputStream()
                    .write(("POST " + CHAT + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + body.length()
                                    + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read();
        }
    }
}

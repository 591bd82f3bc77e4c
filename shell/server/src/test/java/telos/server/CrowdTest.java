package telos.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import telos.inference.gguf.TensorType;
import telos.inference.model.RandomModel;

/** Very many clients at once, before a small model with memory for some ten of them. */
@Tag("slow")
@Timeout(400)
class CrowdTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String BODY = "{\"max_tokens\":4,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";
    private static final long SMALL_POOL = 64 * 1024;

    @TempDir
    static Path home;

    private static LocalModel model;
    private static OpenDoors doors;

    @BeforeAll
    static void open() throws Exception {
        Path file = home.resolve("random.gguf");
        new RandomModel(32, 2, 2, 1, 64, 600, 256, TensorType.Q8_0, true, 1).write(file, _ -> {});
        DaemonOptions usual = DaemonOptions.at(home);
        DaemonOptions small =
                new DaemonOptions(home, usual.host(), 0, false, file.toString(), 0, 0, SMALL_POOL, usual.idleExit());
        model = LocalModel.load("random", file, small);
        doors = new OpenDoors(model);
    }

    @AfterAll
    static void close() throws Exception {
        doors.close();
    }

    @Test
    void losesNoneOfAThousandRequestsAtOnce() throws Exception {
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<OpenDoors.Answer>> answers = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                answers.add(clients.submit(() -> doors.post(CHAT, BODY)));
            }
            for (Future<OpenDoors.Answer> answer : answers) {
                assertThat(answer.get().status()).isEqualTo(200);
            }
        }
        model.settle();
        assertThat(model.memory().blocks().used()).isZero();
    }

    @Test
    void servesWhileTenThousandConnectionsAreIdle() throws Exception {
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 10_000; i++) {
                idle.add(doors.connect());
            }
            assertThat(doors.post(CHAT, BODY).status()).isEqualTo(200);
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
        assertThat(doors.post(CHAT, BODY).status()).isEqualTo(200);
    }
}

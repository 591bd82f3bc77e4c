package telos.server.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import telos.inference.chat.ChatOutcome;
import telos.server.FakeModel;
import telos.server.OpenDoors;

@Timeout(30)
class IdempotentTest {
    private static final String PATH = "/v1/chat/completions";
    private static final String BODY = "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";
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

    private static OpenDoors.Answer ask(String key, String body) throws Exception {
        return doors.post(PATH, body, "Idempotency-Key", key);
    }

    @Test
    void answersARequestThatIsSentTwiceWithTheFirstAnswer() throws Exception {
        MODEL.then(FakeModel.says("once"));
        OpenDoors.Answer first = ask("a", BODY);
        OpenDoors.Answer second = ask("a", BODY);
        assertThat(second.body()).isEqualTo(first.body()).contains("once");
        assertThat(second.header("idempotent-replayed")).isEqualTo("true");
        assertThat(first.header("idempotent-replayed")).isEmpty();
    }

    @Test
    void repeatsAStreamEventByEvent() throws Exception {
        MODEL.then(FakeModel.says("one two"));
        String body = BODY.replace("]}", "],\"stream\":true}");
        OpenDoors.Answer first = ask("b", body);
        OpenDoors.Answer second = ask("b", body);
        assertThat(second.body()).isEqualTo(first.body()).contains("[DONE]");
        assertThat(second.header("content-type")).isEqualTo("text/event-stream");
    }

    @Test
    void refusesAKeyForAnotherRequest() throws Exception {
        MODEL.then(FakeModel.says("once"));
        assertThat(ask("c", BODY).status()).isEqualTo(200);
        OpenDoors.Answer other = ask("c", BODY.replace("x", "y"));
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.at("/error/code")).isEqualTo("idempotency_key_reused");
        assertThat(ask("x".repeat(300), BODY).status()).isEqualTo(400);
    }

    @Test
    void carriesOutAgainWhatWasRefusedOrBrokeOff() throws Exception {
        MODEL.then(FakeModel.ends(new ChatOutcome.Refused(ChatOutcome.Reason.BUSY, "full")));
        assertThat(ask("d", BODY).status()).isEqualTo(503);
        MODEL.then((_, listener) -> {
            listener.text("a", List.of());
            return new ChatOutcome.Failed("it broke");
        });
        String body = BODY.replace("]}", "],\"stream\":true}");
        assertThat(ask("e", body).body()).contains("it broke");
        MODEL.then(FakeModel.says("now")).then(FakeModel.says("now"));
        assertThat(ask("d", BODY).body()).contains("now");
        assertThat(ask("e", body).body()).contains("now");
    }

    @Test
    void saysThatTheFirstIsStillBeingAnswered() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        MODEL.then((logprobs, listener) -> {
            begun.countDown();
            go.await();
            return FakeModel.says("done").take(logprobs, listener);
        });
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<OpenDoors.Answer> first = clients.submit(() -> ask("f", BODY));
            begun.await();
            OpenDoors.Answer early = ask("f", BODY);
            assertThat(early.status()).isEqualTo(409);
            assertThat(early.header("retry-after")).isEqualTo("1");
            go.countDown();
            String answer = first.get().body();
            assertThat(ask("f", BODY).body()).isEqualTo(answer);
        }
    }
}

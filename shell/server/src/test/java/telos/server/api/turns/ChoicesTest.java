package telos.server.api.turns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import telos.inference.chat.ChatListener;
import telos.inference.chat.ChatOutcome;

@Timeout(30)
class ChoicesTest {
    private final AtomicInteger atWork = new AtomicInteger();
    private final CountDownLatch begun = new CountDownLatch(2);

    private Choices.Choice endless() {
        return new Choices.Choice(
                _ -> {
                    atWork.incrementAndGet();
                    begun.countDown();
                    try {
                        new CountDownLatch(1).await();
                        throw new IllegalStateException("nobody waits for ever");
                    } finally {
                        atWork.decrementAndGet();
                    }
                },
                ChatListener.silent());
    }

    @Test
    void cancelsTheOthersAsSoonAsOneIsRefused() throws Exception {
        ChatOutcome refused = new ChatOutcome.Refused(ChatOutcome.Reason.BUSY, "full");
        Choices.Choice third = new Choices.Choice(
                _ -> {
                    begun.await();
                    return refused;
                },
                ChatListener.silent());
        assertThat(new Choices(() -> {}).run(List.of(endless(), endless(), third)))
                .containsOnly(refused)
                .hasSize(3);
        assertThat(atWork).hasValue(0);
    }

    @Test
    void leavesNothingAtWorkWhenItIsInterrupted() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                new Choices(() -> {}).run(List.of(endless(), endless()));
            } catch (InterruptedException _) {
                assertThat(atWork).hasValue(0);
                ended.countDown();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        begun.await();
        thread.interrupt();
        ended.await();
    }
}

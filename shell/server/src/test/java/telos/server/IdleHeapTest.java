package telos.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class IdleHeapTest {
    private final AtomicLong idle = new AtomicLong();
    private final AtomicInteger collections = new AtomicInteger();
    private final IdleHeap heap = new IdleHeap(idle::get, collections::incrementAndGet);

    @Test
    void collectsNothingWhileRequestsCome() {
        for (long nanos = 0; nanos < IdleHeap.PAUSE; nanos += IdleHeap.PAUSE / 7) {
            idle.set(nanos);
            heap.run();
        }
        assertThat(collections).hasValue(0);
    }

    @Test
    void collectsOnceInEachPause() {
        for (int pause = 1; pause <= 3; pause++) {
            idle.set(0);
            heap.run();
            for (int look = 0; look < 5; look++) {
                idle.set(IdleHeap.PAUSE + look);
                heap.run();
            }
            assertThat(collections).hasValue(pause);
        }
    }
}

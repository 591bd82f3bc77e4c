package telos.devices.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
final class WorkersTest {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4})
    void runsEveryChunkOnceWhateverThePauses(int seed) {
        Random random = new Random(seed);
        try (Workers workers = new Workers(1 + random.nextInt(5))) {
            for (int round = 0; round < 3000; round++) {
                int chunks = random.nextInt(12);
                int[] runs = new int[chunks];
                workers.run(chunks, (chunk, _) -> runs[chunk]++);
                assertThat(runs).as("round %d", round).containsOnly(expected(chunks));
                if (random.nextInt(40) == 0) {
                    LockSupport.parkNanos(random.nextInt(100_000));
                }
            }
        }
    }

    private static int[] expected(int chunks) {
        return chunks == 0 ? new int[0] : new int[] {1};
    }

    @Test
    void neverRunsTwoChunksOnOneWorkerAtOnce() {
        try (Workers workers = new Workers(4)) {
            AtomicIntegerArray inside = new AtomicIntegerArray(4);
            AtomicInteger overlaps = new AtomicInteger();
            for (int round = 0; round < 500; round++) {
                workers.run(20, (_, worker) -> {
                    if (inside.getAndIncrement(worker) != 0) {
                        overlaps.incrementAndGet();
                    }
                    inside.decrementAndGet(worker);
                });
            }
            assertThat(overlaps).hasValue(0);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3})
    void passesFailuresOnAndStaysUsable(int seed) {
        Random random = new Random(seed);
        try (Workers workers = new Workers(3)) {
            for (int round = 0; round < 1000; round++) {
                int bad = random.nextInt(30);
                AtomicInteger ran = new AtomicInteger();
                if (bad < 10) {
                    assertThatThrownBy(() -> workers.run(10, (chunk, _) -> {
                                if (chunk == bad) {
                                    throw new IllegalArgumentException("chunk " + chunk);
                                }
                            }))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessage("chunk " + bad);
                } else {
                    workers.run(10, (_, _) -> ran.incrementAndGet());
                    assertThat(ran).hasValue(10);
                }
            }
        }
    }

    @Test
    void passesErrorsOn() {
        try (Workers workers = new Workers(2)) {
            assertThatThrownBy(() -> workers.run(4, (_, _) -> {
                        throw new StackOverflowError("deep");
                    }))
                    .isInstanceOf(StackOverflowError.class);
        }
    }

    @Test
    void callersTakeTurns() throws InterruptedException {
        try (Workers workers = new Workers(3)) {
            AtomicInteger ran = new AtomicInteger();
            List<Thread> callers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                callers.add(Thread.ofPlatform().start(() -> {
                    for (int round = 0; round < 300; round++) {
                        workers.run(5, (_, _) -> ran.incrementAndGet());
                    }
                }));
            }
            for (Thread caller : callers) {
                caller.join();
            }
            assertThat(ran).hasValue(4 * 300 * 5);
        }
    }

    @Test
    void keepsAnInterruptForTheCaller() {
        try (Workers workers = new Workers(2)) {
            AtomicInteger ran = new AtomicInteger();
            Thread.currentThread().interrupt();
            workers.run(50, (_, _) -> {
                LockSupport.parkNanos(20_000);
                ran.incrementAndGet();
            });
            assertThat(ran).hasValue(50);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void refusesAJobWithinAJobAndAfterClose() {
        Workers workers = new Workers(2);
        assertThatThrownBy(() -> workers.run(4, (_, _) -> workers.run(1, (_, _) -> {})))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("must not run another job");
        workers.close();
        assertThatThrownBy(() -> workers.run(4, (_, _) -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }
}

package telos.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import telos.agents.AgentEvent;
import telos.agents.Outcome;
import telos.kernel.ToolCall;
import telos.server.api.http.EventStream;

@Timeout(20)
class RunStreamTest {
    private static final ToolCall CALL = new ToolCall("1", "disk", "{\"path\":\"/\"}");

    private final AtomicLong clock = new AtomicLong();

    /** Keeps what was written, and lets a test act on it. */
    private abstract static class Wire extends ByteArrayOutputStream {
        abstract void wrote(String text) throws IOException;

        @Override
        public void write(byte[] bytes) throws IOException {
            super.write(bytes);
            wrote(new String(bytes, StandardCharsets.UTF_8));
        }

        String text() {
            return toString(StandardCharsets.UTF_8);
        }
    }

    private RunStream stream(Duration silence) {
        return new RunStream("how full?", "mini", clock::get, silence);
    }

    private static Wire deaf() {
        return new Wire() {
            @Override
            void wrote(String text) {}
        };
    }

    @Test
    void tellsEveryStepAndThenTheWholeRun() throws Exception {
        Wire wire = deaf();
        stream(Duration.ofMinutes(1)).follow(new EventStream((_, bytes) -> wire.write(bytes)), (events, text) -> {
            events.accept(new AgentEvent.Calling(CALL));
            events.accept(new AgentEvent.Returned(CALL, "full: 69%", false));
            clock.addAndGet(1_250_000_000L);
            return new Outcome.Answered("69%");
        });
        assertThat(wire.text()).isEqualTo("""
                event: call
                data: {"tool":"disk","arguments":{"path":"/"}}

                event: result
                data: {"tool":"disk","arguments":{"path":"/"},"result":"full: 69%","failed":false}

                event: done
                data: {"request":"how full?","model":"mini","steps":[{"tool":"disk","arguments":{"path":"/"},\
                "result":"full: 69%"}],"answer":"69%","seconds":1.25}

                """);
    }

    @Test
    void tellsTheStepsSoFarWhenItCouldNotAnswer() throws Exception {
        Wire wire = deaf();
        stream(Duration.ofMinutes(1)).follow(new EventStream((_, bytes) -> wire.write(bytes)), (events, text) -> {
            events.accept(new AgentEvent.Returned(CALL, "full: 69%", false));
            return new Outcome.Stopped("out of steps");
        });
        assertThat(wire.text()).endsWith("""
                event: error
                data: {"message":"out of steps","request":"how full?","model":"mini","steps":[{"tool":"disk",\
                "arguments":{"path":"/"},"result":"full: 69%"}],"seconds":0.0}

                """);
    }

    @Test
    void keepsTheConnectionWhileTheAgentIsSilent() throws Exception {
        CountDownLatch kept = new CountDownLatch(3);
        Wire wire = new Wire() {
            @Override
            void wrote(String text) {
                if (text.equals(": keepalive\n\n")) {
                    kept.countDown();
                }
            }
        };
        stream(Duration.ofMillis(1)).follow(new EventStream((_, bytes) -> wire.write(bytes)), (events, text) -> {
            await(kept);
            return new Outcome.Answered("late");
        });
        assertThat(wire.text()).contains("\"answer\":\"late\"");
    }

    @Test
    void killsASilentAgentWhoseClientHasGone() {
        CountDownLatch killed = new CountDownLatch(1);
        Wire wire = new Wire() {
            @Override
            void wrote(String text) throws IOException {
                throw new IOException("gone");
            }
        };
        assertThatThrownBy(() -> stream(Duration.ofMillis(1))
                        .follow(new EventStream((_, bytes) -> wire.write(bytes)), (events, text) -> {
                            try {
                                new CountDownLatch(1).await();
                            } catch (InterruptedException _) {
                                killed.countDown();
                            }
                            return new Outcome.Killed();
                        }))
                .isInstanceOf(IOException.class)
                .hasMessage("gone");
        assertThat(killed.getCount()).as("ended before the stream is given up").isZero();
    }

    @Test
    void stopsAnAgentThatTalksToAClientThatHasGone() {
        Wire wire = new Wire() {
            @Override
            void wrote(String text) throws IOException {
                throw new IOException("gone");
            }
        };
        assertThatThrownBy(() -> stream(Duration.ofMinutes(1))
                        .follow(new EventStream((_, bytes) -> wire.write(bytes)), (events, text) -> {
                            try {
                                while (true) {
                                    text.text("word ", List.of());
                                }
                            } catch (IOException _) {
                                return new Outcome.Killed();
                            }
                        }))
                .hasMessage("gone");
    }

    @Test
    void passesAFaultOfTheAgentOn() {
        assertThatThrownBy(() -> stream(Duration.ofMinutes(1))
                        .follow(new EventStream((_, bytes) -> deaf().write(bytes)), (events, text) -> {
                            throw new IllegalStateException("a fault");
                        }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a fault");
        assertThatThrownBy(() -> stream(Duration.ofMinutes(1))
                        .follow(new EventStream((_, bytes) -> deaf().write(bytes)), (events, text) -> {
                            throw new StackOverflowError();
                        }))
                .isInstanceOf(IllegalStateException.class)
                .hasCauseInstanceOf(StackOverflowError.class);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

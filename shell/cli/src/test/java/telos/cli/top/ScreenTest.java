package telos.cli.top;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jline.builtins.ScreenTerminal;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(40)
class ScreenTest {
    private static final String ENTER = "\u001b[?1049h";
    private static final String LEAVE = "\u001b[?1049l";

    /** A terminal's screen, for those who wait until it shows something. */
    private static final class Seen extends OutputStream {
        private final ScreenTerminal screen = new ScreenTerminal(100, 20);
        private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
        private int read;

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public synchronized void write(byte[] bytes, int from, int length) {
            sent.write(bytes, from, length);
            notifyAll();
        }

        synchronized String sent() {
            return sent.toString(UTF_8);
        }

        synchronized void resize(int columns, int rows) {
            screen.setSize(columns, rows);
        }

        /** Waits until the text stands on the screen. */
        synchronized void await(String text) throws InterruptedException {
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (!shown().contains(text)) {
                long left = (end - System.nanoTime()) / 1_000_000;
                assertThat(left)
                        .as("still waiting for '%s' on %s", text, shown())
                        .isPositive();
                wait(left);
            }
        }

        private String shown() {
            screen.write(sent.toString(UTF_8).substring(read));
            read = sent.toString(UTF_8).length();
            return screen.toString();
        }
    }

    /** Says the same each time, and notes what it was told to do. */
    private static final class Fixed implements Source {
        private final BlockingQueue<String> done = new LinkedBlockingQueue<>();

        @Override
        public Sample sample() {
            return Rows.few();
        }

        @Override
        public String kill(Row row) {
            done.add("kill " + row.id());
            return "it is told to stop";
        }

        @Override
        public String weigh(Row row, long weight) {
            done.add("weigh " + row.id() + " " + weight);
            return "it weighs " + weight;
        }
    }

    private final Seen seen = new Seen();
    private final Fixed source = new Fixed();
    private LineDisciplineTerminal terminal;
    private Attributes before;
    private Thread running = new Thread();

    @BeforeEach
    void open() throws IOException {
        terminal = new LineDisciplineTerminal("test", "xterm-256color", seen, UTF_8);
        terminal.setSize(new Size(100, 20));
        before = new Attributes(terminal.getAttributes());
    }

    private void start() {
        running = Thread.ofPlatform().start(() -> {
            try (Screen screen = new Screen(terminal, source, 1, true)) {
                screen.run();
            }
        });
    }

    private void type(String text) throws IOException {
        terminal.processInputBytes(text.getBytes(UTF_8));
    }

    @AfterEach
    void leavesTheTerminalAsItWas() throws Exception {
        assertThat(running.join(Duration.ofSeconds(30))).isTrue();
        assertThat(seen.sent()).startsWith(ENTER).contains(LEAVE);
        assertThat(seen.sent().lastIndexOf(LEAVE)).isGreaterThan(seen.sent().lastIndexOf("crawler"));
        assertThat(terminal.getAttributes()).hasToString(before.toString());
        terminal.close();
    }

    @Test
    void showsRowsAndLeavesAtQ() throws Exception {
        start();
        seen.await("crawler");
        type("q");
    }

    @Test
    void leavesAtCtrlC() throws Exception {
        start();
        seen.await("crawler");
        type("\u0003");
    }

    @Test
    void leavesWhenTheSignalComesFromElsewhere() throws Exception {
        start();
        seen.await("crawler");
        terminal.raise(Terminal.Signal.INT);
    }

    @Test
    void killsAndWeighsWhatIsSelected() throws Exception {
        start();
        seen.await("crawler");
        type("ky");
        assertThat(source.done.poll(30, TimeUnit.SECONDS)).isEqualTo("kill p1");
        type("\u001b[Bw250\r");
        assertThat(source.done.poll(30, TimeUnit.SECONDS)).isEqualTo("weigh #1 250");
        seen.await("it weighs 250");
        type("q");
    }

    @Test
    void drawsAnewInTheNewSize() throws Exception {
        start();
        seen.await("h help");
        seen.resize(50, 10);
        terminal.setSize(new Size(50, 10));
        terminal.raise(Terminal.Signal.WINCH);
        seen.await("s sort  …");
        type("q");
    }

    @Test
    void unknownKeysDoNoHarm() throws Exception {
        start();
        seen.await("crawler");
        type("\u001b[99~\u00e9\u65e5z");
        seen.await("h lists the keys");
        type("q");
    }
}

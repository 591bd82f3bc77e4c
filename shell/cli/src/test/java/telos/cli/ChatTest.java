package telos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import telos.cli.Cli.Ran;

class ChatTest {
    @TempDir
    Path folder;

    private FakeDaemon daemon() throws IOException {
        return new FakeDaemon(Cli.home(folder));
    }

    private Ran chat(String input, String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "chat";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Cli.in(folder).withInput(input).run(all);
    }

    @Test
    void remembersWhatWasSaidUntilToldToForget() throws IOException {
        try (FakeDaemon daemon = daemon().onRun("text {\"delta\":\"0.5\"}", "done {\"answer\":\"0.5\"}")) {
            Ran ran = chat("what is the load?\n\nand now?\n/clear\nagain\n");
            assertThat(ran).isEqualTo(new Ran(0, "0.5\n0.5\nthe conversation is forgotten\n0.5\n", ""));
            List<String> runs = daemon.heard().stream()
                    .filter(each -> each.startsWith("POST"))
                    .toList();
            assertThat(runs).hasSize(3);
            assertThat(runs.get(0)).endsWith("\"history\":[]}");
            assertThat(runs.get(1))
                    .endsWith("\"history\":[{\"role\":\"user\",\"text\":\"what is the load?\"},"
                            + "{\"role\":\"assistant\",\"text\":\"0.5\"}]}");
            assertThat(runs.get(2)).endsWith("\"history\":[]}");
        }
    }

    @Test
    void goesOnAfterAFailureAndEndsWithTheStatusOfTheLastRequest() throws IOException {
        Deque<FakeDaemon.Script> answers = new ArrayDeque<>(List.of(
                FakeDaemon.events("error {\"message\":\"out of steps\"}"),
                FakeDaemon.events("done {\"answer\":\"fine\"}"),
                FakeDaemon.events("error {\"message\":\"again\"}")));
        try (FakeDaemon daemon = daemon()) {
            daemon.on("POST /runs", (body, out) -> answers.remove().play(body, out));
            Ran ran = chat("a\nb\nc\n");
            assertThat(ran).isEqualTo(new Ran(1, "fine\n", "telos: out of steps\ntelos: again\n"));
        }
    }

    @Test
    void takesCommandsWithoutAskingTheModel() throws IOException {
        Files.writeString(folder.resolve("a.md"), "---\nname: a\n---\nBe brief.\n");
        try (FakeDaemon daemon = daemon().onRun("done {\"answer\":\"ok\"}")) {
            daemon.on("GET /agents", FakeDaemon.json(200, "{\"agents\":[]}"));
            Ran ran =
                    chat("/help\n/ps\n/model other\n/agent a.md\nhi\n/agent\n/frob\n/agent absent.md\n/exit\nnever\n");
            assertThat(ran.out())
                    .contains("/clear")
                    .contains("ID  NAME")
                    .contains("model: other\ninstructions: a.md\nok\ninstructions: none\n");
            assertThat(ran.err()).contains("unknown command '/frob'").contains("no such file of instructions");
            assertThat(daemon.heard().stream().filter(each -> each.startsWith("POST")))
                    .singleElement()
                    .asString()
                    .contains("\"model\":\"other\"")
                    .contains("\"agent_name\":\"a.md\"");
        }
    }

    @Test
    void takesAPathAtTheStartOfALineForARequest() throws IOException {
        try (FakeDaemon _ = daemon().onRun("done {\"answer\":\"ok\"}")) {
            assertThat(chat("/var/log holds what?\n")).isEqualTo(new Ran(0, "ok\n", ""));
        }
    }

    @Test
    void ctrlCStopsTheAnswerAndNotTheChat() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        Interrupting line = new Interrupting(List.of("first", "second"));
        Cli cli = Cli.in(folder);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Session session = cli.session(out, new ByteArrayOutputStream());
        try (FakeDaemon daemon = daemon()) {
            daemon.on("POST /runs", (body, stream) -> {
                if (body.contains("second")) {
                    FakeDaemon.events("done {\"answer\":\"still here\"}").play(body, stream);
                    return;
                }
                FakeDaemon.head(stream);
                FakeDaemon.event(stream, "text {\"delta\":\"half\"}");
                interruptUntilClosed(line, stream);
                gone.countDown();
            });
            assertThat(new Chat(session, session.home(), line, "", Instructions.NONE).run())
                    .isZero();
            assertThat(out.toString(StandardCharsets.UTF_8)).matches("(half\n)?\\(stopped\\)\nstill here\n");
            gone.await();
        }
    }

    /** Goes on sending pieces of an answer, and interrupting, until the other side has closed. */
    private static void interruptUntilClosed(Interrupting line, OutputStream stream) {
        try {
            while (true) {
                line.interrupt();
                FakeDaemon.event(stream, "text {\"delta\":\"\"}");
            }
        } catch (IOException _) {
            // closed
        }
    }

    /** Lines from a list, and a Ctrl-C from outside. */
    private static final class Interrupting implements ChatLine {
        private final Deque<String> lines;
        private volatile Runnable action = () -> {};

        Interrupting(List<String> lines) {
            this.lines = new ArrayDeque<>(lines);
        }

        void interrupt() {
            action.run();
        }

        @Override
        public Input read() {
            return lines.isEmpty() ? new End() : new Line(lines.remove());
        }

        @Override
        public void onInterrupt(Runnable newAction) {
            action = newAction;
        }

        @Override
        public void close() {}
    }
}

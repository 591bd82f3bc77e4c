package telos.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * A program that stands in for the daemon: it notes that it was started, then answers on the socket until told to shut
 * down; or, if the home holds a file "refuse", says why it cannot and leaves.
 */
final class FakeDaemonProcess {
    private FakeDaemonProcess() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Map<String, String> environment = System.getenv();
        Path home = Path.of(environment.getOrDefault("TELOS_HOME", "/nonexistent"));
        Files.writeString(
                home.resolve("starts"),
                String.join(" ", arguments) + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        if (Files.exists(home.resolve("refuse"))) {
            System.out.println("telos: the model does not fit");
            System.exit(1);
        }
        CountDownLatch end = new CountDownLatch(1);
        Files.deleteIfExists(home.resolve("telos.sock"));
        try (FakeDaemon daemon = new FakeDaemon(home)) {
            daemon.onRun("done {\"answer\":\"from a fresh daemon\",\"model\":\"fake\",\"steps\":[],\"seconds\":0.1}");
            daemon.on("POST /shutdown", (body, out) -> {
                FakeDaemon.json(202, "{}").play(body, out);
                end.countDown();
            });
            end.await();
        }
    }
}

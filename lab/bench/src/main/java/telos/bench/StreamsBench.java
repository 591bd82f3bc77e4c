package telos.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import telos.server.Daemon;
import telos.server.DaemonException;
import telos.server.DaemonOptions;

/** Whether a daemon keeps its word under many streaming clients, some of which leave in the middle. */
final class StreamsBench implements Bench {
    private static final int DEFAULT_CLIENTS = 64;
    private static final int DEFAULT_SECONDS = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Project project;

    StreamsBench(Project project) {
        this.project = project;
    }

    @Override
    public String name() {
        return "streams";
    }

    @Override
    public String about() {
        return "a daemon with the built-in model under " + DEFAULT_CLIENTS
                + " clients that stream chat completions over"
                + " HTTP again and again, a quarter of them leaving midway and all of them at the end: errors, latency"
                + " (of pieces of text, which are one token or a few),"
                + " and the KV blocks left in use. Clients and daemon share one process and its cores, so its latencies"
                + " are upper bounds, and resident memory is of both.";
    }

    @Override
    public List<String> options() {
        return List.of("--seconds N", "--clients N", "--model FILE");
    }

    @Override
    public Figures run(Options options, Console out) throws BenchException, InterruptedException {
        int seconds = options.whole("--seconds", DEFAULT_SECONDS, 1, 86_400);
        int clients = options.whole("--clients", DEFAULT_CLIENTS, 1, 4096);
        Path model = options.path("--model").isPresent()
                ? options.path("--model").get().toAbsolutePath()
                : project.builtInModel();
        try (Scratch home = Scratch.make();
                Daemon daemon = start(home.folder(), model)) {
            out.line("a daemon on port " + daemon.port() + "; " + clients + " clients for " + seconds + " s");
            AdminSocket admin = new AdminSocket(Daemon.socket(home.folder()));
            return measure(daemon.port(), admin, clients, seconds, out);
        } catch (DaemonException | IOException e) {
            throw new BenchException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Daemon start(Path home, Path model) throws DaemonException, InterruptedException {
        return Daemon.start(DaemonOptions.at(home).withPort(0, true).withModel(model.toString()));
    }

    private static Figures measure(int port, AdminSocket admin, int clients, int seconds, Console out)
            throws IOException, InterruptedException {
        StreamTally tally = new StreamTally();
        double residentStart = Machine.residentMegabytes();
        long tokens = admin.generatedTokens();
        long start = System.nanoTime();
        long deadline = start + Duration.ofSeconds(seconds).toNanos();
        try (StreamClient client = new StreamClient(port, tally, deadline, true)) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                SplittableRandom random = new SplittableRandom(i);
                threads.add(Thread.ofVirtual().start(() -> client.work(random)));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
        double took = (System.nanoTime() - start) / 1e9;
        int left = admin.blocksLeft(PATIENCE);
        tokens = admin.generatedTokens() - tokens;
        tally.errors().forEach(out::line);
        return tally.into(new Figures())
                .put("tokens", tokens)
                .put("tokens_per_second", (double) tokens / took)
                .put("blocks_left", left)
                .put("resident_start_mb", residentStart)
                .put("resident_end_mb", Machine.residentMegabytes())
                .put("clients", clients)
                .put("seconds", took);
    }
}

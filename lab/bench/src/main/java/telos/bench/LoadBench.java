package telos.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Whether clients that behave are kept from those that do not. */
final class LoadBench implements Bench {
    private static final int CLIENTS = 64;
    private static final int SECONDS = 300;
    private static final double MOST_RATIO = 1.5;
    private static final double MOST_GROWTH = 1.2;
    private static final int PHASE_SECONDS = 60;
    /** What a daemon may take to come to rest. */
    private static final Duration REST = Duration.ofSeconds(10);

    private final Project project;

    LoadBench(Project project) {
        this.project = project;
    }

    @Override
    public String name() {
        return "load";
    }

    @Override
    public String about() {
        return "four fifths of " + CLIENTS
                + " clients stream chat completions from a daemon with the built-in model. In"
                + " every other phase of " + PHASE_SECONDS
                + " s the other fifth misbehaves in many ways: broken and hostile"
                + " bodies, bodies without end, floods of headers, connections and requests, slow and absent readers. The"
                + " errors and latencies (of pieces of text, which are one token or a few) of those that behave, in both"
                + " kinds of phase, and what the daemon holds at rest, before and after. Clients and daemon share the cores. It says"
                + " nothing of attacks that fill the network.";
    }

    @Override
    public List<String> options() {
        return List.of("--seconds N", "--clients N");
    }

    @Override
    public Figures run(Options options, Console out) throws BenchException, InterruptedException {
        int seconds = options.whole("--seconds", SECONDS, 2, 86_400);
        int clients = options.whole("--clients", CLIENTS, 5, 4096);
        project.builtInModel();
        try (Scratch home = Scratch.make()) {
            Launcher telos = new Launcher(project, home.folder());
            telos.run("up", "--detach", "--port", "0");
            try {
                return measure(new AdminSocket(home.resolve("telos.sock")), clients, seconds, out);
            } catch (IOException e) {
                throw new BenchException("the daemon cannot be asked: " + e.getMessage(), e);
            } finally {
                telos.run("down");
            }
        }
    }

    private static Figures measure(AdminSocket admin, int clients, int seconds, Console out)
            throws IOException, InterruptedException {
        int port = admin.port();
        long pid = admin.pid();
        int bad = clients / 5;
        int phase = Math.min(PHASE_SECONDS, seconds);
        int pairs = Math.ceilDiv(seconds, phase);
        StreamTally calm = new StreamTally();
        StreamTally rough = new StreamTally();
        int good = clients - bad;
        phase(port, new StreamTally(), good, bad, phase, 0, out); // so that all is warm, refusals too
        double residentBusy = 0;
        double residentStart = residentAtRest(pid);
        for (int i = 1; i <= pairs; i++) {
            phase(port, calm, good, 0, phase, 2 * i, out);
            phase(port, rough, good, bad, phase, 2 * i + 1, out);
            double resident = Machine.residentMegabytes(pid);
            residentBusy = Math.max(residentBusy, resident);
            out.line("phase " + i + " of " + pairs + ": resident " + Math.round(resident) + " MB");
        }
        int left = admin.blocksLeft(Duration.ofSeconds(20));
        calm.errors().forEach(error -> out.line("calm: " + error));
        rough.errors().forEach(error -> out.line("rough: " + error));
        double ratio = calm.gaps().percentile(99) > 0
                ? rough.gaps().percentile(99) / calm.gaps().percentile(99)
                : 0;
        double residentEnd = residentAtRest(pid);
        Figures figures = new Figures()
                .put("errors_good_clients", rough.errorCount())
                .put("errors_calm", calm.errorCount())
                .put("p99_ratio", ratio)
                .put("p99_calm_ms", calm.gaps().percentile(99) * 1e3)
                .put("p99_rough_ms", rough.gaps().percentile(99) * 1e3)
                .put("p50_calm_ms", calm.gaps().percentile(50) * 1e3)
                .put("p50_rough_ms", rough.gaps().percentile(50) * 1e3)
                .put("first_p99_calm_ms", calm.firsts().percentile(99) * 1e3)
                .put("first_p99_rough_ms", rough.firsts().percentile(99) * 1e3)
                .put("requests_calm", calm.requests())
                .put("requests_rough", rough.requests())
                .put("blocks_left", left)
                .put("resident_start_mb", residentStart)
                .put("resident_end_mb", residentEnd)
                .put("resident_busy_mb", residentBusy)
                .put("behaving", good)
                .put("misbehaving", bad)
                .put("seconds_rough", (double) pairs * phase);
        boolean holds = rough.errorCount() + calm.errorCount() + left == 0
                && ratio <= MOST_RATIO
                && residentEnd <= MOST_GROWTH * residentStart;
        return holds ? figures : figures.broken();
    }

    /** The least of some seconds in which nobody asks for anything. */
    private static double residentAtRest(long pid) throws IOException, InterruptedException {
        double least = Machine.residentMegabytes(pid);
        for (long end = System.nanoTime() + REST.toNanos(); System.nanoTime() < end; ) {
            Thread.sleep(500);
            least = Math.min(least, Machine.residentMegabytes(pid));
        }
        return least;
    }

    private static void phase(int port, StreamTally tally, int good, int bad, int seconds, int seed, Console out)
            throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        Mischief mischief = new Mischief(port, deadline);
        try (StreamClient client = new StreamClient(port, tally, deadline, false)) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < good; i++) {
                SplittableRandom random = new SplittableRandom(1000L * seed + i);
                threads.add(Thread.ofVirtual().start(() -> client.work(random)));
            }
            for (int i = 0; i < bad; i++) {
                SplittableRandom random = new SplittableRandom(-1000L * seed - i);
                threads.add(Thread.ofVirtual().start(() -> mischief.work(random)));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
        mischief.seen().forEach(line -> out.line("  " + line));
    }
}

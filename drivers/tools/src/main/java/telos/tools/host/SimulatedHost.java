package telos.tools.host;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import telos.tools.report.DiskUsage;
import telos.tools.report.KernelLog;
import telos.tools.report.LoadAverages;
import telos.tools.report.MemoryUse;
import telos.tools.report.ProcessDetail;
import telos.tools.report.ProcessRow;
import telos.tools.report.SocketRow;
import telos.tools.report.Unavailable;

/** A machine that is only described, for tests, examples and simulation. Every path is on its one disk. */
public record SimulatedHost(
        List<ProcessDetail> details,
        MemoryUse memory,
        LoadAverages load,
        DiskUsage disk,
        List<SocketRow> sockets,
        List<String> log)
        implements Host {
    private static final List<String> NAMES =
            List.of("systemd", "sshd", "java", "python3", "postgres", "nginx", "redis-server", "cron", "bash", "node");
    private static final long MEGABYTE = 1 << 20;

    public SimulatedHost {
        details = List.copyOf(details);
        sockets = List.copyOf(sockets);
        log = List.copyOf(log);
    }

    /** A plausible small server; the same seed makes the same one. */
    public static SimulatedHost seeded(long seed) {
        Random random = new Random(seed);
        List<ProcessDetail> details = new ArrayList<>();
        List<SocketRow> sockets = new ArrayList<>();
        long pid = 0;
        long resident = 0;
        int count = 10 + random.nextInt(30);
        for (int i = 0; i < count; i++) {
            pid += 1 + random.nextInt(i == 0 ? 1 : 200);
            String name = i == 0 ? NAMES.getFirst() : NAMES.get(1 + random.nextInt(NAMES.size() - 1));
            long memory = (long) (MEGABYTE * Math.exp(random.nextDouble() * 7));
            resident += memory;
            details.add(new ProcessDetail(
                    pid,
                    name,
                    random.nextInt(5) == 0 ? "running" : "sleeping",
                    Math.min(1, i),
                    random.nextBoolean() ? "root" : "app",
                    memory,
                    random.nextInt(3) == 0 ? random.nextInt(40) * 5 : 0,
                    1 + random.nextInt(40),
                    LocalDateTime.of(2026, 1, 1, 0, 0).plusMinutes(random.nextInt(50_000)),
                    "/usr/bin/" + name));
            if (random.nextInt(4) == 0) {
                sockets.add(new SocketRow(
                        "tcp", "127.0.0.1:" + (1024 + random.nextInt(60_000)), "*", "listening", name + "/" + pid));
            }
        }
        long total = Math.max(8, Long.highestOneBit(resident / MEGABYTE / 1024 + 1) * 4) * 1024 * MEGABYTE;
        long size = (40L + random.nextInt(900)) * 1024 * MEGABYTE;
        long used = (long) (size * (0.1 + 0.85 * random.nextDouble()));
        sockets.sort(Comparator.comparingInt(SocketRow::port));
        return new SimulatedHost(
                details,
                new MemoryUse(total, total - resident, 0, 0),
                new LoadAverages(
                        random.nextInt(400) / 100.0,
                        random.nextInt(400) / 100.0,
                        random.nextInt(400) / 100.0,
                        1 << random.nextInt(6),
                        OptionalDouble.of(random.nextInt(300) / 10.0),
                        OptionalDouble.of(0),
                        OptionalDouble.of(random.nextInt(100) / 10.0),
                        Duration.ofMinutes(random.nextInt(200_000))),
                new DiskUsage("/", "/", size, used, size - used),
                sockets,
                List.of("[    0.000000] Linux version 6.1.0", "[    1.250000] eth0: link is up"));
    }

    @Override
    public List<ProcessRow> processes() {
        return details.stream()
                .map(it -> new ProcessRow(it.pid(), it.name(), it.memoryBytes(), it.cpuPercent()))
                .toList();
    }

    @Override
    public ProcessDetail process(long pid) throws Unavailable {
        return details.stream()
                .filter(it -> it.pid() == pid)
                .findFirst()
                .orElseThrow(() -> new Unavailable("no process has the number " + pid));
    }

    @Override
    public DiskUsage disk(Path path, String asked) {
        return new DiskUsage(asked, disk.mount(), disk.size(), disk.used(), disk.free());
    }

    @Override
    public KernelLog kernelLog(int lines) {
        return new KernelLog(log.subList(Math.max(0, log.size() - lines), log.size()));
    }
}

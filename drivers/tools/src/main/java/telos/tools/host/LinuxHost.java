package telos.tools.host;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import telos.tools.report.DiskUsage;
import telos.tools.report.KernelLog;
import telos.tools.report.LoadAverages;
import telos.tools.report.MemoryUse;
import telos.tools.report.ProcessDetail;
import telos.tools.report.ProcessRow;
import telos.tools.report.SocketRow;
import telos.tools.report.Unavailable;

/** This machine, read from procfs. */
public final class LinuxHost implements Host {
    private final Path proc;
    private final Processes processes;
    private final Sockets sockets;
    private final Disks disks;
    private final LogBuffer log;

    /** The machine that this program runs on. */
    public LinuxHost() {
        this(Path.of("/"), span -> Thread.sleep(span), System::nanoTime, LogBuffer.ofThisKernel());
    }

    /** A machine whose files lie under {@code root}. */
    LinuxHost(Path root, Pause pause, LongSupplier nanos, LogBuffer log) {
        this.proc = root.resolve("proc");
        this.processes = new Processes(proc, root.resolve("etc/passwd"), pause, nanos);
        this.sockets = new Sockets(proc, processes);
        this.disks = new Disks(proc);
        this.log = log;
    }

    @Override
    public List<ProcessRow> processes() throws Unavailable, InterruptedException {
        return processes.all();
    }

    @Override
    public ProcessDetail process(long pid) throws Unavailable, InterruptedException {
        return processes.one(pid);
    }

    @Override
    public MemoryUse memory() throws Unavailable {
        List<String> lines = ProcFile.lines(proc.resolve("meminfo"));
        long total = kilobytes(lines, "MemTotal");
        if (total == 0) {
            throw new Unavailable("the kernel does not say how much memory there is");
        }
        long available = ProcFile.figure(lines, "MemAvailable").isPresent()
                ? kilobytes(lines, "MemAvailable")
                : kilobytes(lines, "MemFree") + kilobytes(lines, "Buffers") + kilobytes(lines, "Cached");
        long swap = kilobytes(lines, "SwapTotal");
        return new MemoryUse(total, Math.min(total, available), swap, Math.max(0, swap - kilobytes(lines, "SwapFree")));
    }

    private static long kilobytes(List<String> lines, String key) {
        return ProcFile.figure(lines, key).orElse(0) * 1024;
    }

    @Override
    public LoadAverages load() throws Unavailable {
        String[] load = first("loadavg").split(" ", -1);
        String uptime = first("uptime").split(" ", 2)[0];
        int cpus = (int) ProcFile.lines(proc.resolve("stat")).stream()
                .filter(line -> line.length() > 3 && line.startsWith("cpu") && Character.isDigit(line.charAt(3)))
                .count();
        try {
            return new LoadAverages(
                    Double.parseDouble(load[0]),
                    Double.parseDouble(load[1]),
                    Double.parseDouble(load[2]),
                    cpus,
                    pressure("cpu"),
                    pressure("memory"),
                    pressure("io"),
                    Duration.ofSeconds((long) Double.parseDouble(uptime)));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException broken) {
            throw new Unavailable("the kernel tells the load in a form that Telos does not know");
        }
    }

    private String first(String file) throws Unavailable {
        List<String> lines = ProcFile.lines(proc.resolve(file));
        return lines.isEmpty() ? "" : lines.getFirst();
    }

    /** The {@code some avg10} figure; empty where the kernel was built or started without pressure figures. */
    private OptionalDouble pressure(String resource) {
        try {
            String text = ProcFile.text(proc.resolve("pressure").resolve(resource));
            int at = text.indexOf("avg10=");
            int end = text.indexOf(' ', Math.max(at, 0));
            return text.startsWith("some ") && at > 0 && end > at
                    ? OptionalDouble.of(Double.parseDouble(text.substring(at + "avg10=".length(), end)))
                    : OptionalDouble.empty();
        } catch (IOException | NumberFormatException notTold) {
            return OptionalDouble.empty();
        }
    }

    @Override
    public DiskUsage disk(Path path, String asked) throws Unavailable {
        return disks.of(path, asked);
    }

    @Override
    public List<SocketRow> sockets() throws Unavailable, InterruptedException {
        return sockets.all();
    }

    @Override
    public KernelLog kernelLog(int lines) throws Unavailable {
        List<String> all = log.read().lines().map(LinuxHost::withoutLevel).toList();
        return new KernelLog(all.subList(Math.max(0, all.size() - lines), all.size()));
    }

    /** A line without the {@code <6>} that it begins with. */
    private static String withoutLevel(String line) {
        int end = line.startsWith("<") ? line.indexOf('>') : -1;
        return end > 0 && end <= 5 ? line.substring(end + 1) : line;
    }
}

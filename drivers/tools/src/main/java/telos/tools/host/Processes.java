package telos.tools.host;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import telos.tools.report.ProcessDetail;
import telos.tools.report.ProcessRow;
import telos.tools.report.Unavailable;

/**
 * The processes in procfs. Memory is the resident set. CPU is measured over {@link #INTERVAL}, between two samples, so it
 * says what is busy now; the kernel counts in ticks of 10 ms, so it comes in steps of 5 %.
 */
final class Processes {
    static final Duration INTERVAL = Duration.ofMillis(200);

    /** The kernel keeps 15 bytes of a name; a longer one is completed from the command line. */
    private static final int KERNEL_NAME_LENGTH = 15;

    private static final int MOST_COMMAND_BYTES = 4096;

    private final Path proc;
    private final Path passwd;
    private final Pause pause;
    private final LongSupplier nanos;

    /** CPU time of a process that started at {@code started}, as seen at {@code nanos}. */
    private record Sample(long ticks, long started, long nanos) {}

    Processes(Path proc, Path passwd, Pause pause, LongSupplier nanos) {
        this.proc = proc;
        this.passwd = passwd;
        this.pause = pause;
        this.nanos = nanos;
    }

    List<ProcessRow> all() throws Unavailable, InterruptedException {
        Map<Long, Sample> before = new HashMap<>();
        long first = nanos.getAsLong();
        for (long pid : pids()) {
            stat(pid).ifPresent(stat -> before.put(pid, sample(stat)));
        }
        pause.pause(INTERVAL);
        List<ProcessRow> rows = new ArrayList<>();
        for (long pid : pids()) {
            Optional<ProcessStat> stat = stat(pid);
            if (stat.isPresent()) {
                Sample then = before.getOrDefault(pid, new Sample(0, stat.get().started(), first));
                rows.add(new ProcessRow(pid, name(pid, stat.get()), memory(pid), cpuPercent(then, sample(stat.get()))));
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        return rows;
    }

    ProcessDetail one(long pid) throws Unavailable, InterruptedException {
        Sample before = sample(stat(pid).orElseThrow(() -> none(pid)));
        pause.pause(INTERVAL);
        ProcessStat stat = stat(pid).orElseThrow(() -> none(pid));
        return new ProcessDetail(
                pid,
                name(pid, stat),
                stat.stateWord(),
                stat.parent(),
                user(pid),
                memory(pid),
                cpuPercent(before, sample(stat)),
                stat.threads(),
                startedAt(stat),
                command(pid));
    }

    private static Unavailable none(long pid) {
        return new Unavailable("no process has the number " + pid);
    }

    /** The numbers of all processes now. */
    List<Long> pids() throws Unavailable {
        List<Long> pids = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(proc)) {
            for (Path entry : entries) {
                ProcFile.number(String.valueOf(entry.getFileName())).ifPresent(pids::add);
            }
        } catch (IOException | DirectoryIteratorException unreadable) {
            throw new Unavailable("this machine has no " + proc + ", which tells about processes");
        }
        return pids;
    }

    /** The name of a process for people; empty if it has ended. */
    Optional<String> name(long pid) {
        return stat(pid).map(stat -> name(pid, stat));
    }

    private Sample sample(ProcessStat stat) {
        return new Sample(stat.ticks(), stat.started(), nanos.getAsLong());
    }

    private static double cpuPercent(Sample before, Sample now) {
        double seconds = (now.nanos() - before.nanos()) / 1e9;
        long ticks = now.ticks() - (before.started() == now.started() ? before.ticks() : 0);
        return seconds <= 0 || ticks <= 0 ? 0 : 100.0 * ticks / ProcessStat.TICKS_PER_SECOND / seconds;
    }

    private Optional<ProcessStat> stat(long pid) {
        try {
            return ProcessStat.parse(ProcFile.text(file(pid, "stat")));
        } catch (IOException ended) {
            return Optional.empty();
        }
    }

    private String name(long pid, ProcessStat stat) {
        if (stat.name().length() < KERNEL_NAME_LENGTH) {
            return stat.name();
        }
        String program = commandLine(pid).split("\0", 2)[0];
        String last = program.substring(program.lastIndexOf('/') + 1);
        return last.startsWith(stat.name()) ? last : stat.name();
    }

    private String command(long pid) {
        return commandLine(pid).replace('\0', ' ').strip();
    }

    private String commandLine(long pid) {
        try {
            return ProcFile.text(file(pid, "cmdline"), MOST_COMMAND_BYTES);
        } catch (IOException endedOrHidden) {
            return "";
        }
    }

    /** 0 for kernel threads and zombies, which hold none. */
    private long memory(long pid) {
        return status(pid, "VmRSS").orElse(0) * 1024;
    }

    private OptionalLong status(long pid, String key) {
        try {
            return ProcFile.figure(ProcFile.text(file(pid, "status")).lines().toList(), key);
        } catch (IOException ended) {
            return OptionalLong.empty();
        }
    }

    private String user(long pid) {
        OptionalLong uid = status(pid, "Uid");
        if (uid.isEmpty()) {
            return "unknown";
        }
        String number = Long.toString(uid.getAsLong());
        try {
            for (String line : ProcFile.text(passwd).lines().toList()) {
                String[] fields = line.split(":", 4);
                if (fields.length == 4 && fields[2].equals(number)) {
                    return fields[0];
                }
            }
        } catch (IOException noUsers) {
            return number;
        }
        return number;
    }

    private LocalDateTime startedAt(ProcessStat stat) throws Unavailable {
        long boot = 0;
        for (String line : ProcFile.lines(proc.resolve("stat"))) {
            if (line.startsWith("btime ")) {
                boot = ProcFile.number(line.substring("btime ".length())).orElse(0);
            }
        }
        Instant started = Instant.ofEpochSecond(boot).plusMillis(stat.started() * 1000 / ProcessStat.TICKS_PER_SECOND);
        return LocalDateTime.ofInstant(started, ZoneId.systemDefault());
    }

    private Path file(long pid, String name) {
        return proc.resolve(Long.toString(pid)).resolve(name);
    }
}

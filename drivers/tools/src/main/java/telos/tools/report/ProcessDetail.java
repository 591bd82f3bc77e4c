package telos.tools.report;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;

/**
 * The result of {@code process}.
 *
 * @param state such as {@code running} or {@code sleeping}
 * @param memoryBytes what it holds in RAM now
 * @param cpuPercent of one CPU
 * @param started local time
 * @param command the command line; empty for a kernel thread
 */
public record ProcessDetail(
        long pid,
        String name,
        String state,
        long parent,
        String user,
        long memoryBytes,
        double cpuPercent,
        int threads,
        LocalDateTime started,
        String command)
        implements Report {
    private static final DateTimeFormatter STARTED = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    public ProcessDetail {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(started, "started");
        Objects.requireNonNull(command, "command");
    }

    @Override
    public String render() {
        return String.join(
                "\n",
                List.of(
                        "pid: " + pid,
                        "name: " + Printable.name(name),
                        "state: " + Printable.name(state),
                        "parent: " + parent,
                        "user: " + Printable.name(user),
                        "memory: " + Units.bytes(memoryBytes),
                        "cpu: " + Units.percent(cpuPercent),
                        "threads: " + threads,
                        "started: " + STARTED.format(started),
                        "command: " + (command.isEmpty() ? "none" : Printable.name(command))));
    }
}

package telos.tools.report;

import java.util.Objects;

/**
 * One process in a list.
 *
 * @param memoryBytes what it holds in RAM now (resident set)
 * @param cpuPercent of one CPU: 250 means that two and a half CPUs are busy with it
 */
public record ProcessRow(long pid, String name, long memoryBytes, double cpuPercent) {
    public ProcessRow {
        Objects.requireNonNull(name, "name");
    }
}

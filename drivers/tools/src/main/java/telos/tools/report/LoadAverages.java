package telos.tools.report;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * The result of {@code load}: averages over 1, 5 and 15 minutes, and pressure: the share of the last ten seconds in which
 * some task waited for the resource. A pressure is empty where the kernel does not tell.
 */
public record LoadAverages(
        double one,
        double five,
        double fifteen,
        int cpus,
        OptionalDouble cpuPressure,
        OptionalDouble memoryPressure,
        OptionalDouble ioPressure,
        Duration uptime)
        implements Report {
    public LoadAverages {
        Objects.requireNonNull(cpuPressure, "cpuPressure");
        Objects.requireNonNull(memoryPressure, "memoryPressure");
        Objects.requireNonNull(ioPressure, "ioPressure");
        Objects.requireNonNull(uptime, "uptime");
    }

    @Override
    public String render() {
        return String.format(Locale.ROOT, "load: %.2f %.2f %.2f", one, five, fifteen) + "\ncpus: " + cpus
                + "\ncpu pressure: " + pressure(cpuPressure) + "\nmemory pressure: " + pressure(memoryPressure)
                + "\nio pressure: " + pressure(ioPressure) + "\nuptime: " + Units.span(uptime);
    }

    private static String pressure(OptionalDouble percent) {
        return percent.isPresent() ? Units.percent(percent.getAsDouble()) : "not told by this kernel";
    }
}

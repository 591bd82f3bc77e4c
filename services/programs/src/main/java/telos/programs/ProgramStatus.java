package telos.programs;

import java.util.Optional;
import telos.devices.linux.CpuSet;
import telos.kernel.scheduling.EntityStatus;
import telos.kernel.scheduling.Shares;

/**
 * What is to be seen of a program.
 *
 * @param leader the process that leads its group
 * @param lever what it is moved by; never AUTO
 * @param group the control group it is in; empty where there is none
 * @param members processes that were found
 * @param cpuNanos CPU time since it was taken up
 * @param seen its account among those that it shares CPUs with
 * @param longestStopNanos how long it was stopped at most, by us and at a time
 * @param stopBoundNanos how long it can be stopped at most at a time, as things are now; empty where it is not stopped by us
 * @param sinceNanos how long ago it was taken up
 */
public record ProgramStatus(
        long id,
        String name,
        int leader,
        Lever lever,
        String group,
        CpuSet cpus,
        Shares shares,
        Standing standing,
        int members,
        long cpuNanos,
        EntityStatus seen,
        long longestStopNanos,
        Optional<Long> stopBoundNanos,
        long sinceNanos) {}

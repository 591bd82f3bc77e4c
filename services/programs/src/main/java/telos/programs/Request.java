package telos.programs;

import java.util.Objects;
import telos.devices.linux.CpuSet;
import telos.kernel.scheduling.Shares;

/**
 * A program that wants to be taken up.
 *
 * @param leader the process that leads its group
 * @param name for people
 * @param cpus where its processes are bound to
 */
public record Request(int leader, String name, Shares shares, CpuSet cpus, Lever lever) {
    public Request {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(shares, "shares");
        Objects.requireNonNull(cpus, "cpus");
        Objects.requireNonNull(lever, "lever");
    }
}

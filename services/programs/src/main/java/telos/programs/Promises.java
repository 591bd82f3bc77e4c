package telos.programs;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import telos.devices.linux.CpuSet;
import telos.kernel.scheduling.Bounds;
import telos.kernel.scheduling.Refusal;
import telos.kernel.scheduling.Shares;

/** How much CPU time may be promised: on the CPUs of any program no more than a part of what they have. */
final class Promises {
    private static final double MILLI = 1e6;

    private Promises() {}

    /** Nanoseconds of CPU time per second. */
    static long most(CpuSet cpus) {
        return cpus.size() * Bounds.USUAL.reservable();
    }

    /** Why a program beside others cannot be promised what these shares hold. */
    static Optional<Refusal> refusal(Program program, Shares shares, Collection<Program> others) {
        if (shares.deadline().isEmpty() || shares.deadline().equals(program.shares.deadline())) {
            return Optional.empty();
        }
        double asked = bandwidth(shares);
        for (Program around : others) {
            if (!around.cpus.contains(program.cpus)) {
                continue;
            }
            double left = most(around.cpus)
                    - others.stream()
                            .filter(each -> each != program && around.cpus.contains(each.cpus))
                            .mapToDouble(each -> bandwidth(each.shares))
                            .sum();
            if (asked > left) {
                return Optional.of(new Refusal(
                        Refusal.Why.OVERBOOKED,
                        String.format(
                                Locale.ROOT,
                                "cannot reserve %.0f ms of CPU time per second for %s: %.0f of %.0f on CPU %s are left; "
                                        + "ask for a smaller budget or a longer period",
                                asked / MILLI,
                                program.name,
                                left / MILLI,
                                most(around.cpus) / MILLI,
                                around.cpus)));
            }
        }
        return Optional.empty();
    }

    private static double bandwidth(Shares shares) {
        return shares.deadline()
                .map(each -> each.budget() * 1e9 / each.period())
                .orElse(0.0);
    }
}

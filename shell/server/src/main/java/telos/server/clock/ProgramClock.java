package telos.server.clock;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import telos.devices.linux.Signal;
import telos.kernel.scheduling.Change;
import telos.kernel.scheduling.EntityId;
import telos.kernel.scheduling.EntityStatus;
import telos.kernel.scheduling.Policy;
import telos.kernel.scheduling.Shares;
import telos.programs.Programs;

/** The clock of the programs that share some CPUs; its service is CPU time. One policy holds for all of them. */
public final class ProgramClock implements Clock {
    private final Programs programs;
    private final Programs.Shared shared;

    private ProgramClock(Programs programs, Programs.Shared shared) {
        this.programs = programs;
        this.shared = shared;
    }

    /** One for each set of CPUs that programs share now. */
    public static List<Clock> of(Programs programs) {
        return programs.shared().stream()
                .<Clock>map(shared -> new ProgramClock(programs, shared))
                .toList();
    }

    @Override
    public String name() {
        return shared.name();
    }

    @Override
    public String unit() {
        return "seconds";
    }

    @Override
    public long perUnit() {
        return 1_000_000_000;
    }

    @Override
    public Policy policy() {
        return shared.policy();
    }

    @Override
    public void policy(Policy policy) {
        programs.policy(policy);
    }

    @Override
    public List<EntityStatus> status(boolean idle) {
        return shared.entities();
    }

    @Override
    public Optional<Change> set(EntityId entity, UnaryOperator<Shares> change) {
        return programs.share(entity.value(), change);
    }

    @Override
    public boolean cancel(EntityStatus leaf) {
        return programs.signal(leaf.id().value(), Signal.TERM);
    }

    /** Each slice, on a track of its program. */
    @Override
    public List<Span> trace() {
        return programs.slices(shared.name()).stream()
                .map(slice -> new Span(
                        "p" + slice.program() + " " + slice.name(),
                        "slice",
                        slice.begun(),
                        slice.nanos(),
                        Map.of("program", slice.program(), "cpu_us", slice.cpuNanos() / 1000)))
                .toList();
    }
}

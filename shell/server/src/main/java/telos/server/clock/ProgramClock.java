package telos.server.clock;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
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
        return programs.policy();
    }

    @Override
    public void policy(Policy policy) {
        programs.policy(policy);
    }

    @Override
    public List<EntityStatus> status(boolean idle) {
        return shared.entities().stream()
                .map(status -> shares(status.id()).map(status::withShares).orElse(status))
                .toList();
    }

    private Optional<Shares> shares(EntityId entity) {
        return programs.program(shared.name(), entity).flatMap(programs::shares);
    }

    @Override
    public Optional<Change> set(EntityId entity, UnaryOperator<Shares> change) {
        synchronized (programs) { // so that two of the owner's wishes at once both count
            return programs.program(shared.name(), entity)
                    .flatMap(id -> shares(entity).flatMap(shares -> programs.share(id, change.apply(shares))));
        }
    }
}

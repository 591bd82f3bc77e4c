package telos.server.clock;

import java.util.List;
import java.util.Optional;
import telos.kernel.scheduling.Change;
import telos.kernel.scheduling.EntityId;
import telos.kernel.scheduling.EntityStatus;
import telos.kernel.scheduling.Policy;
import telos.kernel.scheduling.Shares;

/** One thing whose service an entity tree divides. May be called by any thread. */
public interface Clock {
    /** As people call it; no other clock of the daemon has this name. */
    String name();

    /** What service is told in, such as "tokens". */
    String unit();

    /** How much of the tree's service makes one unit. */
    long perUnit();

    Policy policy();

    /** Divides by another policy from now on; all accounts are kept. */
    void policy(Policy policy);

    /** Every entity, each after the one above it; the root is the first. */
    List<EntityStatus> status();

    /** The shares of an entity; empty if it is gone. */
    Optional<Shares> shares(EntityId entity);

    /** Gives an entity that is still there other shares; empty if it is gone. */
    Optional<Change> set(EntityId entity, Shares shares);

    /** What was done lately, the oldest first. */
    default List<Span> trace() {
        return List.of();
    }
}

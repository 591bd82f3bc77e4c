package telos.server.clock;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
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

    /**
     * Entities, each after the one above it; the root is the first. Their shares are those that they were given, not those
     * that they are lifted or cut to for now.
     *
     * @param idle those too that want nothing and got next to nothing lately
     */
    List<EntityStatus> status(boolean idle);

    /**
     * Gives an entity that is still there other shares; empty if it is gone.
     *
     * @param change of the shares that it was given; nobody else changes them meanwhile
     */
    Optional<Change> set(EntityId entity, UnaryOperator<Shares> change);

    /** Ends what a leaf stands for; false if there is nothing that can be ended (any more). */
    default boolean cancel(EntityStatus leaf) {
        return false;
    }

    /** What was done lately, the oldest first. */
    default List<Span> trace() {
        return List.of();
    }
}

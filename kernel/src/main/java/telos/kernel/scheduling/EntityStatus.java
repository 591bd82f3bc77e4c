package telos.kernel.scheduling;

import java.util.Optional;

/**
 * What is to be seen of an entity.
 *
 * @param waiting leaves that wait, here and below
 * @param served leaves in service, here and below
 * @param asked its part of all service by its weight and its ancestors', among those that want service; 0 if it wants none
 * @param got its part of all service of the last seconds
 * @param lag service that it is behind its fair share among its siblings; negative: ahead
 * @param attained service that it and all that was ever below it got
 * @param waited how long it has been waiting, in nanoseconds; 0 if nothing waits
 * @param longestWait the longest time from wanting service to a dispatch, in nanoseconds
 * @param dispatches how often a leaf of it went into service
 * @param preemptions how often one was taken out of it and still wanted some
 */
public record EntityStatus(
        EntityId id,
        Optional<EntityId> parent,
        Level level,
        String name,
        Shares shares,
        Phase phase,
        int waiting,
        int served,
        double asked,
        double got,
        double lag,
        long attained,
        long waited,
        long longestWait,
        long dispatches,
        long preemptions) {
    public EntityStatus withShares(Shares shown) {
        return new EntityStatus(
                id,
                parent,
                level,
                name,
                shown,
                phase,
                waiting,
                served,
                asked,
                got,
                lag,
                attained,
                waited,
                longestWait,
                dispatches,
                preemptions);
    }
}

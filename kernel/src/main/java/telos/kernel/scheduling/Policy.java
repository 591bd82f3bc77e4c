package telos.kernel.scheduling;

import java.util.List;
import java.util.Optional;

/**
 * Says how service is divided: a discipline for the children of each kind of entity. A policy holds no accounts, so it may
 * be changed at any time.
 */
public interface Policy {

    /** As people call it. */
    String name();

    /** How the children of entities of this level are ordered. */
    Discipline children(Level parent);

    /** Service by weight at every level. */
    static Policy fair() {
        return new Fair();
    }

    /** Those that are served when nobody says otherwise, with usual figures. */
    static List<Policy> known() {
        return List.of(
                new Fair(),
                FixedPriority.usual(),
                new EarliestDeadline(),
                AttainedService.ofPrograms(),
                AttainedService.ofRequests(),
                new RoundRobin(),
                new FirstCome());
    }

    static Optional<Policy> named(String name) {
        return known().stream().filter(policy -> policy.name().equals(name)).findFirst();
    }
}

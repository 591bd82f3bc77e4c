package telos.kernel.scheduling;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SequencedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A tenant or an agent of a {@link TreeLine}: what it was given, and what its requests state as long as they live. The
 * weight is what the owner gave it, else the largest that a request states; the priority that of its most urgent request,
 * where a request that states none has the group's own.
 */
final class Group {
    final String key;
    final EntityId entity;
    final @Nullable Group above;
    /** Below a tenant: its agents, and those of them that want nothing, the one that is idle for longest first. */
    final Map<String, Group> agents = new HashMap<>();

    final SequencedSet<Group> idle = new LinkedHashSet<>();
    /** Requests that wait, here and below. */
    int waiting;

    int live;
    private final TreeMap<Integer, Integer> priorities = new TreeMap<>();
    private final TreeMap<Integer, Integer> weights = new TreeMap<>();
    private int priority;
    private OptionalLong weight = OptionalLong.empty();

    Group(String key, EntityId entity, @Nullable Group above) {
        this.key = key;
        this.entity = entity;
        this.above = above;
    }

    boolean isTenant() {
        return above == null;
    }

    void joins(Claim claim) {
        live++;
        claim.priority().ifPresent(asked -> priorities.merge(asked, 1, Integer::sum));
        if (isTenant()) {
            weights.merge(claim.weight(), 1, Integer::sum);
        }
    }

    void leaves(Claim claim) {
        live--;
        claim.priority().ifPresent(asked -> drop(priorities, asked));
        if (isTenant()) {
            drop(weights, claim.weight());
        }
    }

    private static void drop(Map<Integer, Integer> counts, int one) {
        counts.computeIfPresent(one, (_, count) -> count == 1 ? null : count - 1);
    }

    /** Of shares that are in force, those that it has of its own. */
    Shares own(Shares now) {
        return now.withPriority(priority);
    }

    /** The owner gives it other shares than its own. */
    void give(Shares from, Shares to) {
        priority = to.priority();
        if (from.weight() != to.weight()) {
            weight = OptionalLong.of(to.weight());
        }
    }

    /** Of shares, those that are to be in force with all that its requests state. */
    Shares effective(Shares shares) {
        OptionalInt stated = weights.isEmpty() ? OptionalInt.empty() : OptionalInt.of(weights.lastKey());
        long heaviest = stated.isPresent() ? stated.getAsInt() : shares.weight();
        return shares.withWeight(weight.orElse(heaviest)).withPriority(urgency());
    }

    private int urgency() {
        if (priorities.isEmpty()) {
            return priority;
        }
        int stating = priorities.values().stream().mapToInt(Integer::intValue).sum();
        return stating < live ? Math.max(priority, priorities.lastKey()) : priorities.lastKey();
    }
}

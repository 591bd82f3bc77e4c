package telos.kernel.scheduling;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A look at a whole tree: shares and lags are reckoned here, for whoever looks, and nowhere else. */
final class Survey {
    /** Of all service lately, the part that makes active. */
    private static final double ACTIVE = 1.0 / 2000;

    private final long now;
    private final long origin;
    private final Map<Entity, Sum> sums = new HashMap<>();
    private final Map<Entity, Double> asked = new HashMap<>();

    Survey(long now, long origin) {
        this.now = now;
        this.origin = origin;
    }

    /** Of the children of one entity that want service. */
    private static final class Sum {
        double weights;
        double tags;

        /** Where each would be if all had got service by their weights. */
        double fairTag() {
            return tags / weights;
        }
    }

    /**
     * What is to be seen of some.
     *
     * @param entities each after the one above it
     * @param idle those too that want nothing and got nothing worth mentioning lately
     */
    List<EntityStatus> of(Collection<Entity> entities, boolean idle) {
        long all = 0;
        for (Entity each : entities) {
            if (each.parent == null) {
                all = each.recent(now);
            } else if (each.isBacklogged()) {
                Sum sum = sums.computeIfAbsent(each.parent, _ -> new Sum());
                sum.weights += each.shares.weight();
                sum.tags += each.shares.weight() * each.tag.since(origin);
            }
        }
        List<EntityStatus> statuses = new ArrayList<>();
        for (Entity each : entities) {
            if (idle || each.parent == null || each.isBacklogged() || each.recent(now) > ACTIVE * all) {
                statuses.add(status(each, all));
            }
        }
        return List.copyOf(statuses);
    }

    private EntityStatus status(Entity entity, long all) {
        Entity parent = entity.parent;
        double share = 0;
        double lag = 0;
        if (entity.isBacklogged()) {
            Sum sum = parent == null ? null : sums.get(parent);
            long weight = entity.shares.weight();
            share = parent == null || sum == null ? 1 : asked.getOrDefault(parent, 0.0) * weight / sum.weights;
            lag = sum == null ? 0 : (sum.fairTag() - entity.tag.since(origin)) * weight;
            asked.put(entity, share);
        }
        return new EntityStatus(
                entity.id,
                parent == null ? Optional.empty() : parent.some,
                entity.level,
                entity.name,
                entity.shares,
                entity.standing(),
                entity.ready,
                entity.served,
                share,
                all == 0 ? 0 : (double) entity.recent(now) / all,
                lag,
                entity.attained,
                entity.ready == 0 ? 0 : now - entity.since,
                entity.longestWait,
                entity.dispatches,
                entity.preemptions);
    }
}

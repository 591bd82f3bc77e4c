package telos.kernel.scheduling;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All that is promised in one tree, and the servers whose budget is used up, by when they get the next. */
final class Reservations {
    private final long reservable;
    private final Heap throttled = new Heap(Heap.THROTTLED);
    private long reserved;

    /** @param reservable units of service per second */
    Reservations(long reservable) {
        this.reservable = reservable;
    }

    /** Why an entity cannot have another reservation than it has. */
    Optional<Refusal> refusal(String name, Optional<Reservation> from, Optional<Reservation> to) {
        long before = from.map(Reservation::bandwidth).orElse(0L);
        long after = to.map(Reservation::bandwidth).orElse(0L);
        long left = reservable - (reserved - before);
        if (after <= left || after <= before) {
            return Optional.empty();
        }
        return Optional.of(new Refusal(
                Refusal.Why.OVERBOOKED,
                "cannot reserve " + after + " units of service per second for " + name + ": " + left + " of "
                        + reservable + " are left; ask for a smaller budget or a longer period"));
    }

    /** Gives an entity its reservation, in place of the one that it has. */
    void book(Entity entity, Optional<Reservation> reservation, long now) {
        cancel(entity);
        if (reservation.isPresent()) {
            reserved += reservation.get().bandwidth();
            entity.server = new Server(reservation.get(), now);
            entitle(entity, now);
        }
    }

    void cancel(Entity entity) {
        Server server = entity.server;
        if (server != null) {
            reserved -= server.reservation().bandwidth();
            throttled.remove(entity);
            entity.server = null;
            entity.entitled = false;
        }
    }

    /** It wants service again. */
    void wake(Entity entity, long now) {
        if (entity.server != null) {
            entity.server.wake(now);
            entitle(entity, now);
        }
    }

    void charge(Entity entity, long service, long now) {
        if (entity.server != null) {
            entity.server.charge(service, now);
            entitle(entity, now);
        }
    }

    /** Somebody who has budget again by now; to be called until there is nobody. */
    @Nullable
    Entity release(long now) {
        Entity first = throttled.first();
        if (first == null || release(first) > now) {
            return null;
        }
        entitle(first, now);
        return first;
    }

    private void entitle(Entity entity, long now) {
        entity.entitled = release(entity) <= now;
        if (entity.entitled) {
            throttled.remove(entity);
        } else {
            throttled.put(entity, release(entity));
        }
    }

    private static long release(Entity entity) {
        Server server = entity.server;
        if (server == null) {
            throw new IllegalStateException(entity + " has reserved nothing");
        }
        return server.release();
    }
}

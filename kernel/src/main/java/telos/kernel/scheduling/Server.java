package telos.kernel.scheduling;

/**
 * A constant bandwidth server: holds one reservation to its budget. When the budget is used up, the deadline moves on by a
 * period and the next budget comes when that period begins; until then there is no claim.
 *
 * <p>Abeni and Buttazzo, "Integrating Multimedia Applications in Hard Real-Time Systems", RTSS 1998.
 */
final class Server {
    private static final long FURTHEST = 1L << 61;

    private final Reservation reservation;
    private long budget;
    private long deadline;
    private long release;

    Server(Reservation reservation, long now) {
        this.reservation = reservation;
        begin(now);
    }

    private void begin(long now) {
        budget = reservation.budget();
        release = now;
        deadline = now + reservation.period();
    }

    Reservation reservation() {
        return reservation;
    }

    /** From when it has a claim. */
    long release() {
        return release;
    }

    long deadline() {
        return deadline;
    }

    /** Back from idle: what is left of the budget may be used by the old deadline only at the reserved rate. */
    void wake(long now) {
        if (release <= now && (deadline <= now || exceeds(budget, reservation.period(), deadline - now))) {
            begin(now);
        }
    }

    /** Whether budget / left is more than the reserved rate. */
    private boolean exceeds(long budget, long period, long left) {
        long high = Math.multiplyHigh(budget, period);
        long most = Math.multiplyHigh(left, reservation.budget());
        return high != most ? high > most : Long.compareUnsigned(budget * period, left * reservation.budget()) > 0;
    }

    void charge(long service, long now) {
        budget = Math.min(budget - service, reservation.budget());
        if (budget > 0) {
            return;
        }
        long periods = -budget / reservation.budget() + 1;
        if (periods > FURTHEST / reservation.period()) { // an absurd charge: as far as time goes
            deadline = Math.max(deadline, FURTHEST);
            budget = reservation.budget();
        } else {
            deadline += periods * reservation.period();
            budget += periods * reservation.budget();
        }
        release = deadline - reservation.period();
        if (deadline <= now) { // it was not served for so long that making up for it would starve the others
            begin(now);
        }
    }
}

package telos.kernel.scheduling;

/**
 * How far siblings would have come if all that want service had been served evenly: it moves on by the service that any of
 * them gets, divided by the weights of all; but not by what was promised to one of them, which the others never shared in.
 * Whoever is new begins here. If newcomers began with the least tag, an unending stream of them, each served once, could
 * keep an older sibling waiting for ever.
 */
final class EvenTime {
    private long time;
    /** Service that did not come to a whole unit of time. */
    private long rest;

    EvenTime(long time) {
        this.time = time;
    }

    /** Not before the virtual time. */
    long time(long virtual) {
        if (virtual - time > 0) {
            time = virtual;
        }
        return time;
    }

    /** Down to where it is no further ahead than that. */
    void bound(long most) {
        if (time - most > 0) {
            time = most;
            rest = 0;
        }
    }

    /**
     * One that wants service is charged.
     *
     * @param weights of all that want service
     */
    void charge(long service, long weights) {
        rest += service;
        if (rest >= weights) {
            time += rest / weights;
            rest %= weights;
        }
    }
}

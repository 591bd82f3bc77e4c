package telos.kernel.scheduling;

/**
 * An entity's place in its siblings' virtual time: service divided by weight, kept exactly as a whole number and a part.
 * Comparing is by difference, so that time may wrap around; two tags that are compared are less than 2⁶³ apart.
 */
public final class StartTag implements Comparable<StartTag> {
    private long weight;
    private long whole;
    /** From 0 to weight - 1, in parts of one by weight. */
    private long part;
    /** Where it was last lifted to; a refund does not take it below. */
    private long floor;

    StartTag(long weight, long whole) {
        this.weight = weight;
        this.whole = whole;
        this.floor = whole;
    }

    long whole() {
        return whole;
    }

    void charge(long service) {
        whole += service / weight;
        part += service % weight;
        if (part >= weight) {
            whole++;
            part -= weight;
        } else if (part < 0) {
            whole--;
            part += weight;
        }
        if (service < 0 && whole - floor < 0) {
            whole = floor;
            part = 0;
        }
    }

    /** Back from idle: up to the virtual time, and never down. */
    void lift(long time) {
        if (time - whole > 0) {
            whole = time;
            part = 0;
            floor = time;
        }
    }

    /** Down to where it is no further ahead than that; refunds do not take it below. */
    void bound(long most) {
        if (whole - most >= 0) {
            whole = most;
            part = 0;
            floor = most;
        }
    }

    /** Later service counts by the new weight. The part is rounded up, so that a change never gains anything. */
    void weigh(long changed) {
        if (changed != weight) {
            whole += part > 0 ? 1 : 0;
            part = 0;
            weight = changed;
        }
    }

    /** Virtual time that has passed; rough. */
    double since(long origin) {
        return whole - origin + (double) part / weight;
    }

    @Override
    public int compareTo(StartTag other) {
        long apart = whole - other.whole;
        return apart != 0 ? Long.signum(apart) : Long.compare(part * other.weight, other.part * weight);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StartTag tag && compareTo(tag) == 0;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(whole);
    }

    @Override
    public String toString() {
        return whole + " " + part + "/" + weight;
    }
}

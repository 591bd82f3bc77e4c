package telos.kernel.scheduling;

/** What a {@link Discipline} may know of an entity. The tree keeps all of it, whatever the policy. */
public interface Account {
    Shares shares();

    /** Its place in its siblings' virtual time. */
    StartTag tag();

    /** Service that it and all that was ever below it got. */
    long attained();

    /** Since when it waits: it became ready, or one below it was last dispatched. In nanoseconds. */
    long since();

    /** Counts dispatches in the whole tree, and is this one's last, or where it joined the rotation. */
    long turn();

    /** Counts returns from idle in the whole tree, and is this one's last; of an entity with others below, its head's. */
    long arrival();

    /** Whoever below it is served next, or it itself. */
    Account head();

    /** By when it, or the most urgent one below it, must be served its reservation, in ns; {@link #NEVER} if it has no claim now. */
    long due();

    /** Comes after every deadline. */
    long NEVER = Long.MAX_VALUE;
}

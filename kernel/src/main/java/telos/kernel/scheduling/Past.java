package telos.kernel.scheduling;

/**
 * What an entity had in a tree that it left, to be taken along to another.
 *
 * @param lead service by which it was ahead of its siblings' virtual time; never negative
 * @param recent service that it got lately
 * @param since since when it waited, if it did
 */
public record Past(
        long lead, long attained, long recent, long since, long longestWait, long dispatches, long preemptions) {}

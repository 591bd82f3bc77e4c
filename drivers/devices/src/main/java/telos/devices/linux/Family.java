package telos.devices.linux;

import java.util.List;

/**
 * One program: the members of its process group, and those that have left the group and whose chain of parents still
 * leads to a member. What has left the group <em>and</em> lost its parent before anybody looked is not found.
 */
public interface Family extends AutoCloseable {
    /** The process that leads the group, which is also the group's number. */
    int leader();

    /** Looks at every known member. */
    Survey survey();

    /** Whether a member has used CPU time since the last look or survey; cheap, and may rarely say yes without cause. */
    boolean stirred();

    /**
     * Stops every member; again those that somebody else has continued meanwhile.
     *
     * @return false if it was not done, because nobody would continue them if this process ended
     */
    boolean stop();

    /** Continues what {@link #stop} stopped, and leaves members alone that somebody else wants stopped. */
    void resume();

    /**
     * Whether a signal by which it is asked to end, and which it does not ignore, waits until it is continued: HUP, INT, QUIT
     * or TERM.
     */
    boolean summoned();

    /** Sends a signal to the process group; false if nobody is there to get it. */
    boolean signal(Signal signal);

    /** Whom to tell {@link CpuGroup} about. */
    List<Integer> members();

    /** Continues it and forgets it; what it has stopped by itself stays stopped. */
    @Override
    void close();

    /**
     * What a look showed.
     *
     * @param alive whether a member is left that has not ended
     * @param awake how many threads want a CPU now; not known while it is stopped
     * @param stopped whether every member is stopped, and not by us
     * @param cpuNanos CPU time of all members, those that have ended included
     */
    record Survey(boolean alive, int members, int awake, boolean stopped, long cpuNanos) {}
}

package telos.devices.linux;

import java.io.IOException;
import java.util.List;

/** A control group that gives its members CPU time by a weight; the kernel does the rest. */
public interface CpuGroup extends AutoCloseable {
    /** The weight of what nobody has weighed. */
    long USUAL = 100;

    /** Weighs all members together, from 1 to 10,000. */
    void weigh(long weight) throws IOException;

    /** Moves processes in; one that has ended meanwhile is passed over. Forks of a member are members. */
    void add(List<Integer> processes) throws IOException;

    /** Every process in it. */
    List<Integer> members() throws IOException;

    /** Where it is, for people; empty where there is no such place. */
    String path();

    /** Moves what is in it back to where it would be without it, and removes it. */
    @Override
    void close();
}

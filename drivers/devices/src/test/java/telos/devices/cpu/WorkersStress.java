package telos.devices.cpu;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Two callers share one set of workers. Every chunk of either must have run exactly once when its caller goes on, and
 * what it wrote, without any synchronization of its own, must be seen there.
 */
@JCStressTest
@Outcome(id = "3, 3", expect = Expect.ACCEPTABLE, desc = "each chunk once, and seen")
@Outcome(expect = Expect.FORBIDDEN, desc = "a chunk was lost, ran twice, or its write was not seen")
@State
public class WorkersStress {
    private static final Workers WORKERS = new Workers(2);
    private static final int CHUNKS = 3;

    @Actor
    public void one(II_Result result) {
        result.r1 = ran();
    }

    @Actor
    public void other(II_Result result) {
        result.r2 = ran();
    }

    private static int ran() {
        int[] runs = new int[CHUNKS];
        WORKERS.run(CHUNKS, (chunk, _) -> runs[chunk]++);
        int once = 0;
        for (int count : runs) {
            once += count == 1 ? 1 : 0;
        }
        return once;
    }
}

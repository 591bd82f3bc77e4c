package telos.inference.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import telos.kernel.scheduling.Batch;
import telos.kernel.scheduling.Claim;

/** The latest iterations of an engine. Not thread-safe. */
final class TickLog {
    private static final int KEPT = 4096;

    private final Deque<Tick> ticks = new ArrayDeque<>();

    /** @param jobs that of each step of the batch */
    void note(Batch batch, List<Job> jobs, long begun, long ended, int waiting) {
        if (ticks.size() == KEPT) {
            ticks.removeFirst();
        }
        List<Tick.Part> parts = new ArrayList<>();
        for (int i = 0; i < jobs.size(); i++) {
            Batch.Step step = batch.steps().get(i);
            Claim claim = jobs.get(i).claim();
            parts.add(new Tick.Part(
                    step.sequence(),
                    claim.tenant(),
                    claim.label(),
                    step.start(),
                    step.count(),
                    step.depth(),
                    step.logits()));
        }
        ticks.add(new Tick(begun, ended - begun, parts, batch.preempted(), waiting));
    }

    /** The oldest first. */
    List<Tick> latest() {
        return List.copyOf(ticks);
    }
}

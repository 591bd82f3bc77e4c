package telos.inference.engine;

import java.util.List;
import telos.kernel.scheduling.Depth;

/**
 * What one iteration did. Times are nanoseconds, of the clock that {@link System#nanoTime} reads.
 *
 * @param preempted sequences that lost their blocks in it
 * @param waiting sequences that waited when it ended
 */
public record Tick(long begun, long nanos, List<Part> parts, List<Long> preempted, int waiting) {
    public Tick {
        parts = List.copyOf(parts);
        preempted = List.copyOf(preempted);
    }

    /**
     * One sequence's part in it.
     *
     * @param start position of the first token that was computed
     * @param depth the part of the model's depth that the tokens went through
     * @param answered whether the model said what follows
     */
    public record Part(
            long sequence, String tenant, String agent, int start, int count, Depth depth, boolean answered) {}
}

package telos.inference.engine;

import java.util.List;
import telos.kernel.memory.PoolStatistics;
import telos.kernel.scheduling.SequenceStatus;

/** How an engine stands at one moment, and its counters since it was opened. */
public record EngineReport(
        int running,
        int waiting,
        long promptTokens,
        long generatedTokens,
        long preemptions,
        PoolStatistics blocks,
        List<SequenceStatus> sequences) {
    public EngineReport {
        sequences = List.copyOf(sequences);
    }
}

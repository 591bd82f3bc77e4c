package telos.tools.report;

/** One tool's result. {@link #render} is its text: lines joined by {@code \n}, with none after the last. */
public sealed interface Report
        permits AgentList,
                BlockCounts,
                DiskUsage,
                FileLines,
                FoundFiles,
                KernelLog,
                LargestFiles,
                LoadAverages,
                MemoryUse,
                ProcessDetail,
                ProcessList,
                SocketList,
                TextMatches {
    String render();

    /** Whether there was more than is shown because a bound was reached. */
    default boolean cut() {
        return false;
    }
}

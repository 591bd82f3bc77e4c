package telos.tools.host;

import java.nio.file.Path;
import java.util.List;
import telos.tools.report.DiskUsage;
import telos.tools.report.KernelLog;
import telos.tools.report.LoadAverages;
import telos.tools.report.MemoryUse;
import telos.tools.report.ProcessDetail;
import telos.tools.report.ProcessRow;
import telos.tools.report.SocketRow;
import telos.tools.report.Unavailable;

/** A machine that can be looked at. */
public interface Host {
    /** All processes, in no particular order. */
    List<ProcessRow> processes() throws Unavailable, InterruptedException;

    /** One process by its number. */
    ProcessDetail process(long pid) throws Unavailable, InterruptedException;

    MemoryUse memory() throws Unavailable;

    LoadAverages load() throws Unavailable;

    /**
     * The file system that holds a path.
     *
     * @param path absolute
     * @param asked the path as it is to be shown
     */
    DiskUsage disk(Path path, String asked) throws Unavailable;

    /** All TCP and UDP sockets, sorted by protocol and local port. */
    List<SocketRow> sockets() throws Unavailable, InterruptedException;

    /** The newest lines of the kernel's log, at most {@code lines}. */
    KernelLog kernelLog(int lines) throws Unavailable;
}

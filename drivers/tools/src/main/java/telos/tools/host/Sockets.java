package telos.tools.host;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import telos.tools.report.SocketRow;
import telos.tools.report.Unavailable;

/** TCP and UDP sockets, and which process holds each, as far as this user may see. */
final class Sockets {
    private final Path proc;
    private final Processes processes;

    Sockets(Path proc, Processes processes) {
        this.proc = proc;
        this.processes = processes;
    }

    List<SocketRow> all() throws Unavailable, InterruptedException {
        List<SocketEntry> entries = new ArrayList<>();
        boolean told = false;
        for (String table : List.of("tcp", "tcp6", "udp", "udp6")) {
            try {
                for (String line : ProcFile.text(proc.resolve("net").resolve(table))
                        .lines()
                        .toList()) {
                    SocketEntry.parse(table.substring(0, 3), line).ifPresent(entries::add);
                }
                told = true;
            } catch (IOException absent) {
                // a kernel without IPv6 has no tcp6 and udp6
            }
        }
        if (!told) {
            throw new Unavailable("this machine does not let " + proc.resolve("net") + " be read, which tells this");
        }
        Map<Long, String> holders = holders(entries);
        return entries.stream()
                .sorted(Comparator.comparing(SocketEntry::protocol)
                        .thenComparingInt(SocketEntry::localPort)
                        .thenComparing(SocketEntry::remote))
                .map(entry -> entry.row(entry.inode() == 0 ? "none" : holders.getOrDefault(entry.inode(), "?")))
                .toList();
    }

    /** {@code name/pid} by inode, from the links {@code /proc/PID/fd/N -> socket:[INODE]}. */
    private Map<Long, String> holders(List<SocketEntry> entries) throws Unavailable, InterruptedException {
        Set<Long> wanted = new HashSet<>();
        entries.forEach(entry -> wanted.add(entry.inode()));
        wanted.remove(0L);
        Map<Long, String> holders = new HashMap<>();
        for (long pid : processes.pids()) {
            if (holders.size() == wanted.size()) {
                break;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            Path folder = proc.resolve(Long.toString(pid)).resolve("fd");
            try (DirectoryStream<Path> links = Files.newDirectoryStream(folder)) {
                for (Path link : links) {
                    long inode = inode(link);
                    if (wanted.contains(inode)) {
                        holders.computeIfAbsent(inode, _ -> processes.name(pid).orElse("?") + "/" + pid);
                    }
                }
            } catch (IOException | DirectoryIteratorException hiddenOrEnded) {
                // another user's process
            }
        }
        return holders;
    }

    private static long inode(Path link) {
        try {
            String target = Files.readSymbolicLink(link).toString();
            return target.startsWith("socket:[") && target.endsWith("]")
                    ? ProcFile.number(target.substring("socket:[".length(), target.length() - 1))
                            .orElse(0)
                    : 0;
        } catch (IOException closed) {
            return 0;
        }
    }
}

package telos.tools.host;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import telos.tools.report.DiskUsage;
import telos.tools.report.Refusals;
import telos.tools.report.Unavailable;

/** File systems and where they are mounted. */
final class Disks {
    private final Path proc;

    Disks(Path proc) {
        this.proc = proc;
    }

    DiskUsage of(Path path, String asked) throws Unavailable {
        try {
            Path real = path.toRealPath();
            FileStore store = Files.getFileStore(real);
            long size = Math.max(0, store.getTotalSpace());
            long used = Math.clamp(size - store.getUnallocatedSpace(), 0, size);
            return new DiskUsage(asked, mount(real), size, used, Math.clamp(store.getUsableSpace(), 0, size));
        } catch (IOException failed) {
            throw Refusals.of(failed, asked, "file or folder");
        }
    }

    /** The mount point that holds a path: the longest of those that it begins with. */
    private String mount(Path real) throws Unavailable {
        Path best = Path.of("/");
        for (String line : ProcFile.lines(proc.resolve("self").resolve("mountinfo"))) {
            List<String> fields = List.of(line.split(" "));
            if (fields.size() > 4) {
                try {
                    Path point = Path.of(unescaped(fields.get(4)));
                    if (real.startsWith(point) && point.getNameCount() >= best.getNameCount()) {
                        best = point;
                    }
                } catch (InvalidPathException notHere) {
                    // a name that this locale cannot spell: no path given to Telos lies there
                }
            }
        }
        return best.toString();
    }

    /** Blank, tab, line break and backslash are written in octal, see proc_pid_mountinfo(5). */
    private static String unescaped(String text) {
        return text.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }
}

package telos.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory this machine could give now, within the limit of this process's control group. */
final class HostMemory {
    private static final Path GROUP = Path.of("/sys/fs/cgroup");

    private HostMemory() {}

    /** In bytes; {@code MemAvailable} of proc(5), or half of the JVM's own limit where that cannot be read. */
    static long available() {
        return Math.min(machine(), group());
    }

    private static long machine() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
                if (line.startsWith("MemAvailable:")) {
                    return Long.parseLong(line.replaceAll("\\D+", "")) * 1024;
                }
            }
        } catch (IOException | NumberFormatException e) {
            System.getLogger(HostMemory.class.getName())
                    .log(System.Logger.Level.WARNING, "cannot read /proc/meminfo: {0}", e.getMessage());
        }
        return Runtime.getRuntime().maxMemory() / 2;
    }

    /** What the control group (version 2) leaves; very much where there is none, or it has no limit. */
    private static long group() {
        try {
            long limit =
                    Long.parseLong(Files.readString(GROUP.resolve("memory.max")).strip());
            long used = Long.parseLong(
                    Files.readString(GROUP.resolve("memory.current")).strip());
            return Math.max(0, limit - used);
        } catch (IOException | NumberFormatException _) {
            return Long.MAX_VALUE;
        }
    }
}

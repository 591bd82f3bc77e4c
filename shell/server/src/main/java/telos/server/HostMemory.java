package telos.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory this machine could give now. */
final class HostMemory {
    private HostMemory() {}

    /** In bytes; {@code MemAvailable} of proc(5), or half of the JVM's own limit where that cannot be read. */
    static long available() {
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
}

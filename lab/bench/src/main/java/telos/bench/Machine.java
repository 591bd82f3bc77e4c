package telos.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The machine that a figure was taken on, and how busy it was. */
final class Machine {
    private Machine() {}

    static ObjectNode describe() {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("cpu", field(Path.of("/proc/cpuinfo"), "model name"));
        node.put("cores", Runtime.getRuntime().availableProcessors());
        node.put("memory_gb", Math.round(kilobytes(Path.of("/proc/meminfo"), "MemTotal") / 1e5) / 10.0);
        node.put("java", Runtime.version().toString());
        node.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        node.put("load", load());
        return node;
    }

    /** What this process holds in RAM, in megabytes. */
    static double residentMegabytes() {
        return residentMegabytes(ProcessHandle.current().pid());
    }

    /** What a process holds in RAM, in megabytes; 0 when it is gone. */
    static double residentMegabytes(long pid) {
        return kilobytes(Path.of("/proc/" + pid + "/status"), "VmRSS") / 1e3;
    }

    private static double load() {
        try {
            return Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]);
        } catch (IOException | NumberFormatException e) {
            return -1;
        }
    }

    private static double kilobytes(Path file, String name) {
        String digits = field(file, name).replaceAll("[^0-9]", "");
        return digits.isEmpty() ? 0 : Double.parseDouble(digits) * 1.024;
    }

    /** The value behind the colon in the first line that begins with {@code name}. */
    private static String field(Path file, String name) {
        try {
            return Files.readString(file)
                    .lines()
                    .filter(line -> line.startsWith(name))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}

package telos.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What this machine says of itself under a root folder, which is "/" but in tests. Absent files mean unknown. */
record Host(Path root) {
    private static final List<String> KINDS = List.of("cpu", "memory", "io");
    private static final Pattern QUOTA = Pattern.compile("(\\d{1,15})\\s+([1-9]\\d{0,14})");
    private static final Pattern AVERAGE = Pattern.compile("avg10=(\\d{1,3}\\.\\d{1,3})");

    /** A library of an accelerator, which says that its driver is installed. */
    record Library(String kind, String path) {}

    private String read(String path) {
        try {
            return Files.readString(root.resolve(path)).strip();
        } catch (IOException | SecurityException _) {
            return "";
        }
    }

    private String cpuinfo(String... keys) {
        for (String line : read("proc/cpuinfo").split("\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0
                    && Arrays.asList(keys).contains(line.substring(0, colon).strip())) {
                return line.substring(colon + 1).strip();
            }
        }
        return "";
    }

    String cpu() {
        String name = cpuinfo("model name", "Model", "cpu model", "CPU part");
        return name.isEmpty() ? System.getProperty("os.arch") : name;
    }

    private Set<String> flags() {
        return Arrays.stream(cpuinfo("flags", "Features").split("\\s+")).collect(Collectors.toSet());
    }

    /** Bits of the widest vectors that the processor names; 128 where it names none. */
    int vectorBits() {
        Set<String> flags = flags();
        if (flags.contains("avx512f")) {
            return 512;
        }
        return flags.contains("avx2") ? 256 : 128;
    }

    /** The vector extensions that matter to the engine, of those that the processor names. */
    List<String> vectorFlags() {
        Set<String> flags = flags();
        return Stream.of("sse4_2", "avx", "avx2", "fma", "f16c", "avx_vnni", "avx512f", "avx512_vnni", "asimd", "sve")
                .filter(flags::contains)
                .toList();
    }

    private OptionalLong meminfo(String key) {
        for (String line : read("proc/meminfo").split("\n", -1)) {
            if (line.startsWith(key + ":")) {
                OptionalLong kilobytes = number(line.replaceAll("\\D", ""));
                return kilobytes.isPresent() ? OptionalLong.of(kilobytes.getAsLong() * 1024) : kilobytes;
            }
        }
        return OptionalLong.empty();
    }

    OptionalLong memoryTotal() {
        return meminfo("MemTotal");
    }

    OptionalLong memoryAvailable() {
        return meminfo("MemAvailable");
    }

    private static OptionalLong number(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException _) {
            return OptionalLong.empty();
        }
    }

    /** The folder of this process's group under cgroup v2, or of the group above it that exists here. */
    private Path group() {
        Path base = root.resolve("sys/fs/cgroup");
        for (String line : read("proc/self/cgroup").split("\n", -1)) {
            if (line.startsWith("0::/")) {
                Path group = base.resolve(line.substring(4)).normalize();
                return group.startsWith(base) && Files.isDirectory(group) ? group : base;
            }
        }
        return base;
    }

    /** The least memory limit of this process's control groups; empty if there is none. */
    OptionalLong memoryLimit() {
        Path base = root.resolve("sys/fs/cgroup");
        OptionalLong least = number(read("sys/fs/cgroup/memory/memory.limit_in_bytes"));
        if (least.isPresent() && least.getAsLong() > 1L << 60) {
            least = OptionalLong.empty();
        }
        for (Path group = group(); group != null && group.startsWith(base); group = group.getParent()) {
            OptionalLong limit =
                    number(read(root.relativize(group).resolve("memory.max").toString()));
            if (limit.isPresent() && (least.isEmpty() || limit.getAsLong() < least.getAsLong())) {
                least = limit;
            }
        }
        return least;
    }

    /** How many processors this process's control groups allow; empty if they do not limit it. */
    OptionalDouble cpuLimit() {
        Path base = root.resolve("sys/fs/cgroup");
        OptionalDouble least = OptionalDouble.empty();
        for (Path group = group(); group != null && group.startsWith(base); group = group.getParent()) {
            Matcher quota =
                    QUOTA.matcher(read(root.relativize(group).resolve("cpu.max").toString()));
            if (quota.matches()) {
                double limit = Double.parseDouble(quota.group(1)) / Double.parseDouble(quota.group(2));
                if (least.isEmpty() || limit < least.getAsDouble()) {
                    least = OptionalDouble.of(limit);
                }
            }
        }
        return least;
    }

    /** Share of the last ten seconds in which some task waited for a resource, in percent; empty without PSI. */
    Map<String, Double> pressure() {
        Map<String, Double> pressure = new LinkedHashMap<>();
        for (String kind : KINDS) {
            String text = read("proc/pressure/" + kind);
            Matcher average = AVERAGE.matcher(text);
            if (average.find()) {
                pressure.put(kind, Double.parseDouble(average.group(1)));
            }
        }
        return pressure;
    }

    /** Accelerators, by the libraries of their drivers. */
    List<Library> accelerators() {
        List<Path> folders = new ArrayList<>();
        for (String folder : List.of("usr/lib", "usr/lib64", "usr/local/lib", "usr/local/cuda/lib64", "lib")) {
            folders.add(root.resolve(folder));
            try (Stream<Path> below = Files.list(root.resolve(folder))) {
                below.filter(each -> each.getFileName().toString().endsWith("-linux-gnu"))
                        .forEach(folders::add);
            } catch (IOException _) {
                // not every system has every folder
            }
        }
        Map<String, String> kinds = Map.of(
                "libcuda.so.1",
                "CUDA",
                "libOpenCL.so.1",
                "OpenCL",
                "libze_loader.so.1",
                "Level Zero",
                "libamdhip64.so",
                "HIP");
        return kinds.entrySet().stream()
                .flatMap(kind -> folders.stream()
                        .map(folder -> folder.resolve(kind.getKey()))
                        .filter(Files::exists)
                        .limit(1)
                        .map(path -> new Library(kind.getValue(), path.toString())))
                .sorted((a, b) -> a.kind().compareTo(b.kind()))
                .toList();
    }

    /** Device nodes of graphics processors. */
    List<String> deviceNodes() {
        return Stream.of("dev/nvidia0", "dev/kfd", "dev/dri/renderD128")
                .filter(node -> Files.exists(root.resolve(node)))
                .map(node -> "/" + node)
                .toList();
    }

    String kernel() {
        return read("proc/sys/kernel/osrelease");
    }

    String system() {
        return read("etc/os-release")
                .lines()
                .filter(line -> line.startsWith("PRETTY_NAME="))
                .map(line -> line.substring(12).replace("\"", ""))
                .collect(Collectors.joining());
    }

    /** A program on the PATH. */
    static boolean program(String name, String path) {
        return Arrays.stream(path.split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }

    static String percent(double value) {
        return String.format(Locale.ROOT, "%.1f%%", value);
    }
}

package telos.cli;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** The words that start this program again as a daemon: same JDK, same class path, a session of its own. */
record DaemonCommand(List<String> words) {
    /** What the engine's kernels need; the launcher gives {@code telos up} the same. */
    private static final List<String> FLAGS = List.of(
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "-Djdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK=0",
            "-Djdk.virtualThreadScheduler.parallelism=16",
            "-Xms64m",
            "-XX:+UseSerialGC",
            "-XX:MinHeapFreeRatio=20",
            "-XX:MaxHeapFreeRatio=50",
            "-XX:-ShrinkHeapInSteps",
            "-Xlog:disable",
            "-Xlog:all=error:stderr");

    private static final String HEAP = "1g";

    DaemonCommand {
        words = List.copyOf(words);
    }

    static DaemonCommand own() {
        List<String> words = new ArrayList<>();
        for (String setsid : List.of("/usr/bin/setsid", "/bin/setsid")) {
            if (words.isEmpty() && Files.isExecutable(Path.of(setsid))) {
                words.add(setsid);
            }
        }
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(FLAGS);
        words.add("-Xmx" + Objects.requireNonNullElse(System.getenv("TELOS_HEAP"), HEAP));
        List<Path> classPath = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath())
                .toList();
        words.addAll(classArchive(classPath.getFirst()));
        words.add("-cp");
        words.add(classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        words.add(Main.class.getName());
        return new DaemonCommand(words);
    }

    /** Loaded classes are kept beside the program's jar for the next start; the JVM checks them and makes them anew. */
    private static List<String> classArchive(Path program) {
        Path folder = program.resolveSibling("");
        return program.toString().endsWith(".jar") && Files.isWritable(folder)
                ? List.of("-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + folder.resolve("telos-daemon.jsa"))
                : List.of();
    }

    List<String> with(List<String> arguments) {
        List<String> all = new ArrayList<>(words);
        all.addAll(arguments);
        return all;
    }
}

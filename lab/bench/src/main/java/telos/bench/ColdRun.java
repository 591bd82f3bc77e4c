package telos.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A program of its own that runs one short script in a JVM that compiles nothing, and prints the digests. */
final class ColdRun {
    private ColdRun() {}

    /** Arguments: the model's file, and how many tokens. */
    public static void main(String[] arguments) throws BenchException {
        try (LoadedModel model = LoadedModel.load(Path.of(arguments[0]), 64, 1)) {
            Replay.Script script = BitsBench.script(0, Integer.parseInt(arguments[1]), model.vocabulary());
            new Replay(model, 64, 64, 8)
                    .run(List.of(script))
                    .forEach((place, digest) -> System.out.println(place.position() + " " + digest));
        }
    }

    /** Starts it and reads what it prints. */
    static Map<Replay.Place, String> spawn(Path model, int tokens) throws BenchException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xint");
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--") || argument.startsWith("-Djdk.incubator"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ColdRun.class.getName()));
        command.addAll(List.of(model.toString(), Integer.toString(tokens)));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new BenchException("the run in cold code failed; see above");
            }
            Map<Replay.Place, String> digests = new TreeMap<>();
            for (String line : printed.lines().toList()) {
                String[] parts = line.split(" ", 2);
                digests.put(new Replay.Place(0, Integer.parseInt(parts[0])), parts[1]);
            }
            return digests;
        } catch (IOException e) {
            throw new BenchException("cannot start a second JVM: " + e.getMessage(), e);
        }
    }
}

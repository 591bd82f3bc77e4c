package telos.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs the launcher's commands with a home of their own, as a shell would. */
record Launcher(Project project, Path home) {
    /** What a command printed, and the wall time from its start to its end. */
    record Ran(String printed, double seconds) {
        /** Its last line. */
        JsonNode json() throws BenchException {
            String last = printed.strip().lines().reduce("", (_, line) -> line);
            try {
                return JsonMapper.shared().readTree(last);
            } catch (JacksonException e) {
                throw new BenchException("this is no JSON: " + last, e);
            }
        }
    }

    Ran run(String... arguments) throws BenchException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(project.launcher().toString());
        command.addAll(List.of(arguments));
        Path out = home.resolve("bench.out");
        Path err = home.resolve("bench.err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(project.root().toFile())
                // Files, not pipes: a daemon that is left behind would hold a pipe open.
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("TELOS_HOME", home.toString());
        try {
            long start = System.nanoTime();
            int status = builder.start().waitFor();
            double seconds = (System.nanoTime() - start) / 1e9;
            if (status != 0) {
                throw new BenchException("telos " + String.join(" ", arguments) + " ended with " + status + ": "
                        + Files.readString(err).strip());
            }
            return new Ran(Files.readString(out, StandardCharsets.UTF_8), seconds);
        } catch (IOException e) {
            throw new BenchException("cannot run " + command.getFirst() + ": " + e.getMessage(), e);
        }
    }
}

package telos.bench.labels;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import telos.plans.DatumJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One CPython that runs the same plans with the same data, as often as it is asked to. */
final class CPython implements AutoCloseable {
    private static final String RUNNER = """
            import json, platform, sys, time
            given = json.loads(sys.stdin.readline())
            codes = {name: compile(text, name, "exec") for name, text in given["plans"].items()}
            print(json.dumps({"version": platform.python_version()}), flush=True)
            for line in sys.stdin:
                marks, told = [], []
                names = {"mark": lambda: marks.append(time.perf_counter_ns()), "tell": told.append}
                for tool, result in given["results"].items():
                    names[tool] = lambda result=result: result
                exec(codes[line.strip()], names)
                print(json.dumps({"nanos": marks[1] - marks[0], "told": told[-1]}), flush=True)
            """;

    private final Process process;
    private final BufferedReader from;
    private final BufferedWriter to;
    private final String version;

    /** One run: the time between its marks, and what it told. */
    record Run(long nanos, String told) {}

    /**
     * Starts it.
     *
     * @throws IOException if there is no python3, or it does not answer
     */
    CPython(Iterable<Workload> workloads, Office office) throws IOException {
        process = new ProcessBuilder("python3", "-X", "utf8", "-c", RUNNER)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        from = process.inputReader(StandardCharsets.UTF_8);
        to = process.outputWriter(StandardCharsets.UTF_8);
        ObjectNode given = JsonMapper.shared().createObjectNode();
        ObjectNode plans = given.putObject("plans");
        workloads.forEach(each -> plans.put(each.name(), each.text()));
        ObjectNode results = given.putObject("results");
        Office.READINGS.forEach(tool -> results.set(tool, DatumJson.of(office.result(tool))));
        send(given.toString());
        version = answer().path("version").asString();
    }

    String version() {
        return version;
    }

    Run run(Workload workload) throws IOException {
        send(workload.name());
        JsonNode answer = answer();
        return new Run(answer.path("nanos").asLong(), answer.path("told").asString());
    }

    private void send(String line) throws IOException {
        to.write(line);
        to.write('\n');
        to.flush();
    }

    private JsonNode answer() throws IOException {
        String line = from.readLine();
        if (line == null) {
            throw new IOException("python3 has ended");
        }
        return JsonMapper.shared().readTree(line);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

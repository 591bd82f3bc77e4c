package telos.plans.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** CPython as a reference: one process for all cases, cases and outcomes as JSON lines. */
final class CPython {
    private static final String RUNNER = """
            import sys, json, warnings, re
            from datetime import datetime, date, time, timedelta, timezone
            warnings.simplefilter("ignore")
            for line in sys.stdin:
                source = json.loads(line)
                before, _, last = source.rpartition("\\n")
                names = dict(datetime=datetime, date=date, time=time, timedelta=timedelta, timezone=timezone, re=re)
                try:
                    exec(before, names)
                    outcome = repr(eval(last, names))
                except Exception as e:
                    outcome = type(e).__name__ + ": " + str(e)
                print(json.dumps(outcome))
            """;

    private CPython() {}

    /** What each source comes to; the test is skipped where there is no python3 of 3.11 or later. */
    static List<String> run(List<String> sources) throws IOException, InterruptedException {
        Path input = Files.createTempFile("cases", ".jsonl");
        Path output = Files.createTempFile("outcomes", ".jsonl");
        try {
            StringBuilder lines = new StringBuilder();
            for (String each : sources) {
                quote(lines, each);
                lines.append('\n');
            }
            Files.writeString(input, lines);
            Assumptions.assumeTrue(isThere(), "python3 3.11 or later is needed to compare with");
            Process process = new ProcessBuilder("python3", "-c", RUNNER)
                    .redirectInput(input.toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(ended(process)).as("how python3 ended").hasValue(0);
            List<String> outcomes = new ArrayList<>();
            for (String line : Files.readAllLines(output)) {
                outcomes.add(unquote(line));
            }
            assertThat(outcomes).hasSameSizeAs(sources);
            return outcomes;
        } finally {
            Files.delete(input);
            Files.delete(output);
        }
    }

    private static boolean isThere() throws InterruptedException {
        try {
            return ended(new ProcessBuilder("python3", "-c", "import sys; sys.exit(sys.version_info < (3, 11))")
                            .redirectErrorStream(true)
                            .start())
                    .equals(OptionalInt.of(0));
        } catch (IOException _) {
            return false;
        }
    }

    /** The exit status; empty where it had to be killed. */
    private static OptionalInt ended(Process process) throws InterruptedException {
        if (process.waitFor(120, TimeUnit.SECONDS)) {
            return OptionalInt.of(process.exitValue());
        }
        process.destroyForcibly().waitFor();
        return OptionalInt.empty();
    }

    static void quote(StringBuilder out, String text) {
        out.append('"');
        for (int at = 0; at < text.length(); at++) {
            char each = text.charAt(at);
            if (each == '"' || each == '\\') {
                out.append('\\').append(each);
            } else if (each < ' ' || each > '~') {
                out.append(String.format("\\u%04x", (int) each));
            } else {
                out.append(each);
            }
        }
        out.append('"');
    }

    private static String unquote(String json) {
        StringBuilder out = new StringBuilder();
        for (int at = 1; at < json.length() - 1; at++) {
            char each = json.charAt(at);
            if (each != '\\') {
                out.append(each);
                continue;
            }
            char next = json.charAt(++at);
            switch (next) {
                case 'n' -> out.append('\n');
                case 't' -> out.append('\t');
                case 'r' -> out.append('\r');
                case 'b' -> out.append('\b');
                case 'f' -> out.append('\f');
                case 'u' -> {
                    out.append((char) Integer.parseInt(json.substring(at + 1, at + 5), 16));
                    at += 4;
                }
                default -> out.append(next);
            }
        }
        return new String(out.toString().getBytes(StandardCharsets.UTF_16), StandardCharsets.UTF_16);
    }
}

package telos.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One run of a client's process, which tells of each of its checks on standard output: {@code begin NAME}, then
 * {@code ok NAME} or {@code failed NAME WHY}, and {@code end} after the last. It then stays until its standard input
 * ends, so that what it broke off is not ended by its own end.
 */
final class ClientRun {
    /** The check that is watched from outside as well. */
    private static final String CANCEL = "cancel";

    /** No line is this. */
    private static final String GONE = "\n";

    private final CancelWatch watch;
    private final Duration patience;
    private final Console out;
    private final List<String> passed = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();
    private String current = "start";
    private long began = System.nanoTime();

    /**
     * A run that has not begun.
     *
     * @param patience how long one check may take
     */
    ClientRun(CancelWatch watch, Duration patience, Console out) {
        this.watch = watch;
        this.patience = patience;
        this.out = out;
    }

    List<String> passed() {
        return passed;
    }

    List<String> failed() {
        return failed;
    }

    /**
     * Runs it to its end.
     *
     * @param scratch where its standard error is kept meanwhile
     */
    void run(List<String> command, Map<String, String> environment, Path scratch)
            throws BenchException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(scratch.toFile());
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            try {
                if (!follow(lines(process))) {
                    String said = Files.readString(scratch).strip();
                    fail(current, said.isEmpty() ? "it ended without a word" : "it ended: " + lastLine(said));
                }
            } finally {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            throw new BenchException("cannot try " + command.getFirst() + ": " + e.getMessage(), e);
        }
    }

    /** Its lines as they come, and {@link #GONE} after the last. */
    private static BlockingQueue<String> lines(Process process) {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Thread.ofVirtual().start(() -> {
            try (BufferedReader reader = process.inputReader()) {
                for (@Nullable String line = reader.readLine(); line != null; line = reader.readLine()) {
                    lines.add(line);
                }
            } catch (IOException _) {
                // It is gone, as at the end.
            }
            lines.add(GONE);
        });
        return lines;
    }

    /** Whether it came to its {@code end} or was given up. */
    private boolean follow(BlockingQueue<String> lines) throws BenchException, IOException, InterruptedException {
        while (true) {
            @Nullable String line = lines.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
            if (line == null) {
                fail(current, "no word within " + patience.toSeconds() + " s");
                return true;
            }
            if (line.equals(GONE)) {
                return false;
            }
            String[] words = line.split(" ", 3);
            switch (words[0]) {
                case "begin" -> begin(words[1]);
                case "ok" -> end(words[1]);
                case "failed" -> fail(words[1], words.length > 2 ? words[2] : "for no reason that it tells");
                case "end" -> {
                    return true;
                }
                default -> out.line("    " + line);
            }
        }
    }

    private void begin(String check) throws IOException {
        current = check;
        began = System.nanoTime();
        if (check.equals(CANCEL)) {
            watch.begin();
        }
    }

    private void end(String check) throws BenchException, IOException, InterruptedException {
        double seconds = (System.nanoTime() - began) / 1e9;
        Optional<String> fault = check.equals(CANCEL) ? watch.fault() : Optional.empty();
        if (fault.isPresent()) {
            fail(check, fault.get());
        } else {
            passed.add(check);
            out.line(String.format(Locale.ROOT, "  ok      %s (%.1f s)", check, seconds));
        }
    }

    private void fail(String check, String why) {
        failed.add(check + ": " + why);
        out.line("  failed  " + check + ": " + why);
    }

    private static String lastLine(String text) {
        return text.substring(text.lastIndexOf('\n') + 1);
    }
}

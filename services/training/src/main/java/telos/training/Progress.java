package telos.training;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** The bar that shows how far training is: on a terminal one line that changes, elsewhere a line now and then. */
final class Progress {
    private static final int WIDTH = 24;
    private static final int EVERY_TERMINAL = 2;
    private static final int EVERY_FILE = 50;

    private final PrintStream out;
    private final boolean terminal = terminal();
    private final int steps;
    private final int from;
    private final long start = System.nanoTime();
    private double smooth;

    Progress(PrintStream out, int steps, int from) {
        this.out = out;
        this.steps = steps;
        this.from = from;
    }

    void show(int step, float loss, long tokens) {
        smooth = smooth == 0 ? loss : 0.98 * smooth + 0.02 * loss;
        if (step % (terminal ? EVERY_TERMINAL : EVERY_FILE) != 0) {
            return;
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        Duration left = Duration.ofSeconds((long) (seconds / (step - from) * (steps - step)));
        int full = WIDTH * step / steps;
        String line = String.format(
                Locale.ROOT,
                "[%s%s] %d/%d  loss %.4f  %,d tokens/s  %d:%02d left",
                "#".repeat(full),
                "-".repeat(WIDTH - full),
                step,
                steps,
                smooth,
                (long) (tokens / seconds),
                left.toMinutes(),
                left.toSecondsPart());
        if (terminal) {
            out.print("\r" + line + "\u001b[K");
            out.flush();
        } else {
            out.println(line);
        }
    }

    private static boolean terminal() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    void line(String text) {
        out.println(terminal ? "\r" + text + "\u001b[K" : text);
    }
}

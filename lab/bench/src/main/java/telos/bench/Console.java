package telos.bench;

import java.io.PrintStream;

/** Where a benchmark says how far it is. */
final class Console {
    private final PrintStream out;

    Console(PrintStream out) {
        this.out = out;
    }

    void line(String text) {
        out.println(text);
        out.flush();
    }
}

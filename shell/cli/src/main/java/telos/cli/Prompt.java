package telos.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import telos.cli.wire.Json;

/**
 * Asks the person at the terminal about an effect. Whatever is not a plain yes is a no, and what was typed or pasted before the
 * question stood there is no answer to it.
 */
final class Prompt {
    private static final int LONGEST_ANSWER = 100;

    private final InputStream in;
    private final PrintStream out;
    private final Paint paint;

    Prompt(InputStream in, PrintStream out, Paint paint) {
        this.in = in;
        this.out = out;
        this.paint = paint;
    }

    /** Empty where nobody sits at a terminal. */
    static Optional<Prompt> of(Session session) {
        return of(session, session.outTerminal(), session.out(), session.paint());
    }

    /** The same where standard output belongs to a program: the person is asked on standard error. */
    static Optional<Prompt> besides(Session session) {
        return of(session, session.errTerminal(), session.err(), new Paint(false));
    }

    private static Optional<Prompt> of(Session session, boolean terminal, PrintStream out, Paint paint) {
        return terminal && terminal() ? Optional.of(new Prompt(session.in(), out, paint)) : Optional.empty();
    }

    private static boolean terminal() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/0")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException _) {
            return false;
        }
    }

    /** Whether the person allows what a question of the daemon describes. */
    boolean allows(Json question) {
        QuestionText.of(question).forEach(this::show);
        return yes();
    }

    /** Shows one line. */
    void show(String line) {
        out.println("  " + Paint.line(line));
    }

    /** Whether the person says yes to what was shown. */
    boolean yes() {
        forgetWhatIsThere();
        out.print(paint.bold("  allow this one call? [y/N] "));
        out.flush();
        String answer = line().strip();
        return answer.equalsIgnoreCase("y") || answer.equalsIgnoreCase("yes");
    }

    private void forgetWhatIsThere() {
        try {
            in.skipNBytes(in.available());
        } catch (IOException _) {
            // then there is no answer either
        }
    }

    private String line() {
        StringBuilder line = new StringBuilder();
        try {
            for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
                if (line.length() < LONGEST_ANSWER) {
                    line.append((char) c);
                }
            }
        } catch (IOException _) {
            return "";
        }
        return new String(line.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}

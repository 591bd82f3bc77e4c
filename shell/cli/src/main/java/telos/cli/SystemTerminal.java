package telos.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** The terminal that the program was started on. */
final class SystemTerminal {
    private SystemTerminal() {}

    /** For lines that are typed; the caller closes it. It may be a dumb one. */
    static Terminal forLines() throws CommandException {
        return open("ffm,exec"); // "exec" asks stty; a Ctrl-C reaches that program too
    }

    /** For those who switch Ctrl-C off and change nothing else for good; the caller closes it. It may be a dumb one. */
    static Terminal forScreen() throws CommandException {
        return open("exec"); // JLine 3.30.6 forgets a terminal's speed by "ffm"
    }

    private static Terminal open(String providers) throws CommandException {
        try {
            Terminal terminal = TerminalBuilder.builder()
                    .system(true)
                    .providers(providers)
                    .encoding(StandardCharsets.UTF_8)
                    .dumb(true)
                    .build();
            if (terminal.getWidth() == 0) {
                terminal.setSize(new Size(80, 24)); // a pseudo-terminal that nobody has given a size
            }
            return terminal;
        } catch (IOException e) {
            throw CommandException.failed("cannot use this terminal: " + Home.reason(e));
        }
    }
}

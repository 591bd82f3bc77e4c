package telos.cli;

import java.io.BufferedReader;
import java.io.IOError;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.completer.AggregateCompleter;
import org.jline.reader.impl.completer.ArgumentCompleter;
import org.jline.reader.impl.completer.NullCompleter;
import org.jline.reader.impl.completer.StringsCompleter;
import org.jline.terminal.Terminal;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/** Where a chat's lines come from: an editor with history and completion on a terminal, plain lines elsewhere. */
interface ChatLine extends AutoCloseable {
    /** What was typed. */
    sealed interface Input {}

    record Line(String text) implements Input {}

    /** Ctrl-C on a line that was being typed. */
    record Dropped() implements Input {}

    record End() implements Input {}

    Input read() throws CommandException;

    /** Calls the action at each Ctrl-C until another is set. */
    void onInterrupt(Runnable action);

    @Override
    void close();

    static ChatLine open(Session session, Home home) throws CommandException {
        if (!session.outTerminal()) {
            return new Plain(new BufferedReader(new InputStreamReader(session.in(), StandardCharsets.UTF_8)));
        }
        return new Editor(SystemTerminal.forLines(), home, session.paint());
    }

    /** Lines from a pipe or a file. */
    record Plain(BufferedReader reader) implements ChatLine {
        @Override
        public Input read() throws CommandException {
            try {
                String line = reader.readLine();
                return line == null ? new End() : new Line(line);
            } catch (IOException e) {
                throw CommandException.failed("cannot read what to ask: " + Home.reason(e));
            }
        }

        @Override
        public void onInterrupt(Runnable action) {
            // Ctrl-C ends the program here, as it does with every other in a pipe
        }

        @Override
        public void close() {
            // the input belongs to the process
        }
    }

    /** A terminal, dumb or not. */
    final class Editor implements ChatLine {
        private final Terminal terminal;
        private final LineReader reader;
        private final String prompt;
        private volatile @Nullable Runnable interrupt;

        Editor(Terminal terminal, Home home, Paint paint) {
            this.terminal = terminal;
            this.prompt = paint.bold("› ");
            this.reader = LineReaderBuilder.builder()
                    .terminal(terminal)
                    .appName("telos")
                    .completer(new AggregateCompleter(
                            new ArgumentCompleter(new StringsCompleter(Chat.COMMANDS), NullCompleter.INSTANCE)))
                    .variable(LineReader.HISTORY_FILE, home.history())
                    .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                    .build();
            terminal.handle(Terminal.Signal.INT, _ -> {
                Runnable action = interrupt;
                if (action != null) {
                    action.run();
                }
            });
            if (terminal.getType().startsWith(Terminal.TYPE_DUMB)) {
                Signals.register("INT", () -> terminal.raise(Terminal.Signal.INT)); // a dumb one leaves it to the JVM
            }
        }

        @Override
        public Input read() {
            try {
                return new Line(reader.readLine(prompt));
            } catch (UserInterruptException _) {
                return new Dropped();
            } catch (EndOfFileException _) {
                return new End();
            } catch (IOError _) {
                return new Dropped();
            }
        }

        @Override
        public void onInterrupt(Runnable action) {
            interrupt = action;
        }

        @Override
        public void close() {
            try {
                terminal.close();
            } catch (IOException _) {
                // the program is leaving
            }
        }
    }
}

package telos.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/**
 * What one run of the program sees of the world around it.
 *
 * @param directory the working directory, absolute
 * @param outTerminal whether {@code out} is a terminal
 * @param errTerminal whether {@code err} is a terminal
 */
record Session(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Map<String, String> environment,
        Path directory,
        boolean outTerminal,
        boolean errTerminal,
        DaemonCommand daemon) {

    /** The process's own. Text goes out as UTF-8 whatever the locale says, because that is what terminals read. */
    static Session own() {
        return new Session(
                new FileInputStream(FileDescriptor.in),
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                System.getenv(),
                Path.of("").toAbsolutePath(),
                terminal(1),
                terminal(2),
                DaemonCommand.own());
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    private static boolean terminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException _) {
            return false;
        }
    }

    /** Where the daemon's state lives. */
    Home home() throws CommandException {
        return Home.of(environment, directory);
    }

    /** The file that a word of the command line names. */
    Path file(String word) throws CommandException {
        try {
            return directory.resolve(word);
        } catch (InvalidPathException e) {
            throw CommandException.usage("not a file name: " + e.getMessage());
        }
    }

    /** The same, written as if to a file. */
    Session plain() {
        return new Session(in, out, err, environment, directory, false, errTerminal, daemon);
    }

    /** Colours for {@code out}: only on a terminal that has them, and not when NO_COLOR is set. */
    Paint paint() {
        return new Paint(outTerminal
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "dumb").equals("dumb"));
    }
}

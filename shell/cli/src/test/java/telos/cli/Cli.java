package telos.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs the program in this process, in a folder of its own, and keeps what it said. */
record Cli(Path folder, Map<String, String> environment, DaemonCommand daemon, String input) {
    /** What one run said and ended with. */
    record Ran(int status, String out, String err) {}

    /** A home of its own in the folder, and no way to start a daemon. */
    static Cli in(Path folder) {
        return new Cli(
                folder,
                Map.of("TELOS_HOME", home(folder).toString(), "PATH", "/usr/bin:/bin"),
                new DaemonCommand(List.of("/bin/false")),
                "");
    }

    static Path home(Path folder) {
        return folder.resolve("h");
    }

    Cli withEnvironment(Map<String, String> variables) {
        return new Cli(folder, variables, daemon, input);
    }

    Cli withDaemon(String... words) {
        return new Cli(folder, environment, new DaemonCommand(List.of(words)), input);
    }

    /** Starts {@link FakeDaemonProcess} where a daemon is needed. */
    Cli withFakeDaemon() {
        return withDaemon(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                FakeDaemonProcess.class.getName());
    }

    Cli withInput(String text) {
        return new Cli(folder, environment, daemon, text);
    }

    Ran run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = new Invocation(session(out, err)).run(arguments);
        return new Ran(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    Session session(ByteArrayOutputStream out, ByteArrayOutputStream err) {
        return new Session(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                environment,
                folder,
                false,
                false,
                daemon);
    }
}

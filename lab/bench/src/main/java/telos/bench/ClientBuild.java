package telos.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What came of fetching and building a {@link Client}. It is built only where a source is newer than the last build. */
sealed interface ClientBuild {
    record Ready() implements ClientBuild {}

    /** It cannot be had here, for a reason that says nothing of Telos. */
    record Missing(String why) implements ClientBuild {}

    /** It is there and does not build. */
    record Broken(String why) implements ClientBuild {}

    /**
     * Fetches and builds it where that is due.
     *
     * @param log where the package manager's words go
     */
    static ClientBuild of(Client client, Path log) throws BenchException, InterruptedException {
        if (!onPath(client.program().file)) {
            return new Missing("needs " + client.program().need + ", and finds none");
        }
        try {
            if (Files.exists(client.stamp())
                    && !anyNewer(client.sources(), Files.getLastModifiedTime(client.stamp()))) {
                return new Ready();
            }
            int status = new ProcessBuilder(client.build())
                    .directory(client.folder().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start()
                    .waitFor();
            if (status != 0) {
                return failed(Files.readString(log));
            }
            Files.setLastModifiedTime(client.stamp(), FileTime.fromMillis(System.currentTimeMillis()));
            return new Ready();
        } catch (IOException e) {
            throw new BenchException("cannot build " + client.name() + ": " + e.getMessage(), e);
        }
    }

    private static boolean onPath(String program) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(path.split(Pattern.quote(File.pathSeparator), -1))
                .anyMatch(folder -> !folder.isEmpty() && Files.isExecutable(Path.of(folder, program)));
    }

    private static boolean anyNewer(List<Path> sources, FileTime than) throws IOException {
        for (Path source : sources) {
            try (Stream<Path> walk = Files.walk(source)) {
                for (Path file : walk.filter(Files::isRegularFile).toList()) {
                    if (Files.getLastModifiedTime(file).compareTo(than) > 0) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** Tells what could not be fetched from what was fetched and does not build, by the words of npm and of Maven. */
    static ClientBuild failed(String log) {
        String first = log.lines()
                .filter(line -> line.startsWith("[ERROR]") || line.startsWith("npm error"))
                .findFirst()
                .orElse(log.strip());
        boolean unfetched = Pattern.compile(
                        "Could not (?:resolve|find|transfer)|Non-resolvable|UnknownHost"
                                + "|\\b(?:ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ETARGET|E404|E403|ENOTCACHED)\\b")
                .matcher(log)
                .find();
        return unfetched ? new Missing("cannot be fetched: " + first) : new Broken("does not build: " + first);
    }
}

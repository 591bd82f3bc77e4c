package telos.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What the host itself says: the name of the process with the largest resident set, read without Telos' tools. */
final class LargestProcess {
    private LargestProcess() {}

    static Optional<String> now() throws BenchException {
        String name = "";
        long most = -1;
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                try {
                    String[] pages = Files.readString(process.resolve("statm")).split(" ", 3);
                    if (Long.parseLong(pages[1]) > most) {
                        name = Files.readString(process.resolve("comm")).strip();
                        most = Long.parseLong(pages[1]);
                    }
                } catch (IOException _) {
                    // It has ended since.
                }
            }
        } catch (IOException e) {
            throw new BenchException("cannot read /proc: " + e.getMessage(), e);
        }
        return Optional.of(name).filter(found -> !found.isEmpty());
    }
}

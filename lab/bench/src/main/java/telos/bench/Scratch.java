package telos.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder that is gone, with all that is in it, when the benchmark is over. */
record Scratch(Path folder) implements AutoCloseable {
    static Scratch make() throws BenchException {
        try {
            return new Scratch(Files.createTempDirectory("telos-bench"));
        } catch (IOException e) {
            throw new BenchException("cannot make a temporary folder: " + e.getMessage(), e);
        }
    }

    Path resolve(String name) {
        return folder.resolve(name);
    }

    @Override
    public void close() throws BenchException {
        try (Stream<Path> walk = Files.walk(folder)) {
            List<Path> deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new BenchException("cannot remove the temporary folder " + folder + ": " + e.getMessage(), e);
        }
    }
}

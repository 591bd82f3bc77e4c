package telos.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the project lies: its launcher, its model and the requests that the model is measured with.
 *
 * @param root absolute
 */
record Project(Path root) {
    /** The one whose launcher started this program, or else the current folder. */
    static Project here() {
        String root = Optional.ofNullable(System.getenv("TELOS_ROOT")).orElse(".");
        return new Project(Path.of(root).toAbsolutePath().normalize());
    }

    Path launcher() throws BenchException {
        return existing(root.resolve("telos"), "run the benchmark with ./telos bench");
    }

    Path builtInModel() throws BenchException {
        return existing(
                root.resolve("models/telos-mini.gguf"), "it is made by ./telos train mini, and comes with the project");
    }

    EvaluationSet evaluationSet(String name) throws BenchException {
        Path file = root.resolve("models/eval").resolve(name + ".jsonl");
        return EvaluationSet.read(name, existing(file, "it comes with the project"));
    }

    private static Path existing(Path file, String where) throws BenchException {
        if (!Files.isRegularFile(file)) {
            throw new BenchException("no such file: " + file + "; " + where);
        }
        return file;
    }
}

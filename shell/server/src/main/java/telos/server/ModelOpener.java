package telos.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import telos.inference.gguf.GgufException;
import telos.upstream.Upstream;

/**
 * Makes a served model of what a person wrote: the built-in model's name, the name of a file that {@link ModelFiles}
 * lists, a path to a GGUF file, or the address of a model server.
 */
final class ModelOpener implements Models.Opener {
    static final String BUILT_IN = "telos-mini";

    private final DaemonOptions options;

    ModelOpener(DaemonOptions options) {
        this.options = options;
    }

    @Override
    public Models.Found open(String name) throws InterruptedException {
        if (name.startsWith("http://") || name.startsWith("https://")) {
            return upstream(name);
        }
        Path file;
        try {
            file = file(name);
        } catch (InvalidPathException e) {
            return new Models.Unknown("'" + name + "' is no name, path or address of a model");
        }
        if (!Files.exists(file)) {
            return new Models.Unknown(
                    isPath(name)
                            ? "no such file: " + file
                            : "no model named '" + name + "'; 'telos models' lists those that are here, and a path to a"
                                    + " GGUF file or the address of an OpenAI-compatible server works as well");
        }
        try {
            return new Models.Opened(LocalModel.load(name, file, options));
        } catch (GgufException e) {
            return new Models.Unusable(String.valueOf(e.getMessage()));
        }
    }

    private Models.Found upstream(String address) throws InterruptedException {
        try {
            // the key is for the server that the daemon was started with, not for whichever a request names
            Optional<String> key = address.equals(options.model())
                    ? Optional.ofNullable(System.getenv("TELOS_UPSTREAM_KEY"))
                    : Optional.empty();
            return new Models.Opened(new UpstreamModel(address, Upstream.connect(address, key)));
        } catch (IOException e) {
            return new Models.Unusable(String.valueOf(e.getMessage()));
        }
    }

    private static boolean isPath(String name) {
        return name.contains("/") || name.endsWith(".gguf");
    }

    private Path file(String name) {
        if (name.equals(BUILT_IN)) {
            return builtIn();
        }
        if (isPath(name) && Files.exists(Path.of(name))) {
            return Path.of(name);
        }
        return new ModelFiles(System.getenv(), options.home()).find(name).orElse(Path.of(name));
    }

    /** Where the built-in model lies: beside the launcher. */
    static Path builtIn() {
        return Path.of(Optional.ofNullable(System.getenv("TELOS_ROOT")).orElse("."))
                .resolve("models")
                .resolve(BUILT_IN + ".gguf")
                .toAbsolutePath();
    }
}

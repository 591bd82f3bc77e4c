package telos.server;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import telos.inference.gguf.GgufException;
import telos.inference.model.Fit;
import telos.kernel.scheduling.Policy;
import telos.server.monitor.Mediator;
import telos.upstream.Upstream;

/**
 * Makes a served model of what a person wrote: the built-in model's name, the name of a file that {@link ModelFiles}
 * lists, a path to a GGUF file, or the address of a model server.
 */
final class ModelOpener implements Models.Opener {
    static final String BUILT_IN = "telos-mini";

    private final DaemonOptions options;
    private final Supplier<Policy> policy;
    private final Mediator mediator;
    private final ReentrantLock loads = new ReentrantLock();

    /** @param mediator lets models elsewhere be told things */
    ModelOpener(DaemonOptions options, Supplier<Policy> policy, Mediator mediator) {
        this.options = options;
        this.policy = policy;
        this.mediator = mediator;
    }

    @Override
    public Models.Found open(String name) throws InterruptedException {
        if (isAddress(name)) {
            return upstream(name);
        }
        Optional<Models.Unknown> unknown = unknown(name);
        if (unknown.isPresent()) {
            return unknown.get();
        }
        Path file = file(name).orElseThrow();
        loads.lockInterruptibly(); // one at a time, so that each sees how much memory the one before has taken
        try {
            ModelPlan plan = ModelPlan.of(file, options);
            return switch (plan.fit()) {
                case Fit.Fits _ -> new Models.Opened(LocalModel.load(name, plan, options, policy.get()));
                case Fit.TooLarge tooLarge -> new Models.Unusable(file + ": " + tooLarge.why(), true);
            };
        } catch (GgufException e) {
            return new Models.Unusable(String.valueOf(e.getMessage()));
        } finally {
            loads.unlock();
        }
    }

    @Override
    public Optional<Models.Unknown> unknown(String name) {
        if (isAddress(name)) {
            return Optional.empty();
        }
        try {
            Optional<Path> found = file(name);
            if (found.isEmpty()) {
                return Optional.of(new Models.Unknown("no model named '" + name + "'; 'telos models' lists those that"
                        + " are here, and a path to a GGUF file or the address of an OpenAI-compatible server works as"
                        + " well"));
            }
            return Files.exists(found.get())
                    ? Optional.empty()
                    : Optional.of(new Models.Unknown("no such file: " + found.get()));
        } catch (InvalidPathException e) {
            return Optional.of(new Models.Unknown("'" + name + "' is no name, path or address of a model"));
        }
    }

    /** The real path of a file, or the address of a server and the name of its model. */
    @Override
    public String key(String name) {
        try {
            if (isAddress(name)) {
                return address(new URI(name));
            }
            Optional<Path> file = file(name);
            return file.isPresent() ? file.get().toRealPath().toString() : name;
        } catch (IOException | InvalidPathException | URISyntaxException _) {
            return name; // opening it will say what is wrong
        }
    }

    /** Scheme and host in small letters, no slash at the end. */
    private static String address(URI uri) {
        return String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT)
                + "://"
                + String.valueOf(uri.getRawAuthority()).toLowerCase(Locale.ROOT)
                + String.valueOf(uri.getRawPath()).replaceAll("/+$", "")
                + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery())
                + (uri.getRawFragment() == null ? "" : "#" + uri.getRawFragment());
    }

    private static boolean isAddress(String name) {
        return name.startsWith("http://") || name.startsWith("https://");
    }

    private Models.Found upstream(String address) throws InterruptedException {
        try {
            // the key is for the server that the daemon was started with, not for whichever a request names
            boolean own = address.equals(options.model());
            Optional<String> key = own ? Optional.ofNullable(System.getenv("TELOS_UPSTREAM_KEY")) : Optional.empty();
            Upstream upstream = Upstream.at(address, key);
            MonitoredModel model = new MonitoredModel(new UpstreamModel(address, upstream), mediator, own);
            // any other is reached when something is to be sent there, and may be
            Optional<String> why = own ? model.reach(upstream::reach) : Optional.empty();
            why.ifPresent(_ -> model.close());
            return why.<Models.Found>map(Models.Unusable::new).orElseGet(() -> new Models.Opened(model));
        } catch (IOException e) {
            return new Models.Unusable(String.valueOf(e.getMessage()));
        }
    }

    private Optional<Path> file(String name) {
        if (name.equals(BUILT_IN)) {
            return Optional.of(builtIn());
        }
        Path path = Path.of(name);
        if (path.isAbsolute()) {
            return Optional.of(path);
        }
        // a relative path was for whoever asked to resolve: the daemon's working directory means nothing to them
        return new ModelFiles(System.getenv(), options.home()).find(name);
    }

    /** Where the built-in model lies: beside the launcher. */
    static Path builtIn() {
        return Path.of(Optional.ofNullable(System.getenv("TELOS_ROOT")).orElse("."))
                .resolve("models")
                .resolve(BUILT_IN + ".gguf")
                .toAbsolutePath();
    }
}

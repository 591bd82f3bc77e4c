package telos.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The folders in which model files lie on a machine, Telos's own and those of other programs. */
final class ModelFolders {
    private static final int MAX_ENTRIES = 20_000;
    private static final long MAX_MANIFEST_BYTES = 1 << 20;
    private static final String OLLAMA_MODEL = "application/vnd.ollama.image.model";

    private final Map<String, String> environment;
    private final Path home;

    ModelFolders(Map<String, String> environment, Path home) {
        this.environment = environment;
        this.home = home;
    }

    /** A file; the name is unique among those found. */
    record Found(String name, Path path, String source) {}

    /** All of them; a name that is taken gets its source in front. */
    List<Found> find() {
        Map<String, Found> byName = new LinkedHashMap<>();
        List<Found> all = new ArrayList<>();
        String root = environment.getOrDefault("TELOS_ROOT", "");
        if (!root.isEmpty()) {
            all.addAll(files(Path.of(root, "models"), 1, "built-in"));
        }
        all.addAll(files(home.resolve("models"), 2, "added"));
        String user = environment.getOrDefault("HOME", "");
        if (!user.isEmpty()) {
            all.addAll(ollama(folder("OLLAMA_MODELS", Path.of(user, ".ollama", "models"))));
            all.addAll(files(Path.of(user, ".lmstudio", "models"), 4, "LM Studio"));
            all.addAll(files(Path.of(user, ".cache", "lm-studio", "models"), 4, "LM Studio"));
            Path hub = folder("HF_HOME", Path.of(user, ".cache", "huggingface")).resolve("hub");
            all.addAll(files(folder("HF_HUB_CACHE", hub), 5, "Hugging Face"));
        }
        all.addAll(ollama(Path.of("/usr/share/ollama/.ollama/models")));
        for (Found found : all) {
            String name = found.name;
            for (int i = 1; byName.containsKey(name); i++) {
                name = found.source.toLowerCase(Locale.ROOT).replace(" ", "") + "/" + found.name
                        + (i > 1 ? "-" + i : "");
            }
            byName.put(name, new Found(name, found.path, found.source));
        }
        return List.copyOf(byName.values());
    }

    private Path folder(String variable, Path otherwise) {
        String set = environment.getOrDefault(variable, "");
        return set.isEmpty() ? otherwise : Path.of(set);
    }

    private static List<Found> files(Path folder, int depth, String source) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(folder, depth, FileVisitOption.FOLLOW_LINKS)) {
            return paths.limit(MAX_ENTRIES)
                    .filter(path -> path.toString().endsWith(".gguf") && Files.isRegularFile(path))
                    .sorted()
                    .map(path -> new Found(path.getFileName().toString().replaceFirst("\\.gguf$", ""), path, source))
                    .toList();
        } catch (IOException | UncheckedIOException _) {
            return List.of(); // a folder of another program that may not be read is no model of ours
        }
    }

    /** Ollama keeps files by digest, and a manifest for each name: manifests/HOST/NAMESPACE/NAME/TAG. */
    private static List<Found> ollama(Path models) {
        Path manifests = models.resolve("manifests");
        if (!Files.isDirectory(manifests)) {
            return List.of();
        }
        List<Found> found = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(manifests, 6)) {
            for (Path manifest : paths.limit(MAX_ENTRIES)
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList()) {
                if (manifest.getNameCount() < 2 || Files.size(manifest) > MAX_MANIFEST_BYTES) {
                    continue;
                }
                Path blob = blob(models, manifest);
                if (Files.isRegularFile(blob)) {
                    Path parent = manifest.getParent();
                    String name = parent == null || parent.getFileName() == null
                            ? manifest.getFileName().toString()
                            : parent.getFileName() + ":" + manifest.getFileName();
                    found.add(new Found(name, blob, "Ollama"));
                }
            }
        } catch (IOException | UncheckedIOException _) {
            return found;
        }
        return found;
    }

    private static Path blob(Path models, Path manifest) throws IOException {
        try {
            JsonNode root = JsonMapper.shared().readTree(Files.readString(manifest));
            for (JsonNode layer : root.path("layers")) {
                String digest = layer.path("digest").asString("");
                if (layer.path("mediaType").asString("").equals(OLLAMA_MODEL)
                        && digest.matches("sha256:[0-9a-f]{64}")) {
                    return models.resolve("blobs").resolve(digest.replace(':', '-'));
                }
            }
        } catch (JacksonException _) {
            // not a manifest
        }
        return models.resolve("blobs").resolve("none");
    }
}

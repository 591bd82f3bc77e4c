package telos.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import telos.inference.gguf.GgufException;
import telos.inference.gguf.GgufFile;
import telos.inference.gguf.TensorType;
import telos.inference.model.Fit;
import telos.inference.model.MemoryNeed;
import telos.inference.model.ModelConfig;
import telos.inference.model.ModelSummary;
import telos.inference.model.RandomModel;

/** Work on model files for which no daemon is needed: look into one, make one of random weights, list those here. */
public final class ModelFiles {
    private static final int SHORT_CONTEXT = 4096;

    private final ModelFolders folders;

    /** Sees the folders that the environment names, and {@code home}'s own. */
    public ModelFiles(Map<String, String> environment, Path home) {
        this.folders = new ModelFolders(environment, home);
    }

    /** Looks into a model file without loading its weights. */
    public static ModelReport inspect(Path path) throws ModelFileException {
        try {
            GgufFile file = GgufFile.read(path);
            ModelSummary summary = ModelSummary.of(file);
            Optional<Fit.TooLarge> tooLarge = summary.memory().flatMap(need -> tooLarge(need));
            Map<String, String> metadata = new LinkedHashMap<>();
            for (String key : file.metadata().keys()) {
                metadata.put(key, file.metadata().text(key));
            }
            return new ModelReport(
                    path,
                    summary.name(),
                    summary.architecture(),
                    summary.fileBytes(),
                    summary.parameters(),
                    types(summary),
                    summary.config().map(ModelFiles::shape),
                    summary.memory().map(MemoryNeed::total).orElse(0L),
                    summary.config().isPresent(),
                    summary.config().isPresent() && tooLarge.isEmpty(),
                    summary.unsupported()
                            .or(() -> tooLarge.map(Fit.TooLarge::why))
                            .orElse(""),
                    metadata.getOrDefault("tokenizer.ggml.model", ""),
                    metadata.containsKey("tokenizer.chat_template"),
                    metadata);
        } catch (GgufException e) {
            throw new ModelFileException(String.valueOf(e.getMessage()), e);
        }
    }

    private static List<ModelReport.StoredType> types(ModelSummary summary) {
        return summary.types().entrySet().stream()
                .map(each -> new ModelReport.StoredType(
                        each.getKey().name(),
                        each.getValue().tensors(),
                        each.getValue().weights(),
                        each.getValue().bytes()))
                .sorted(Comparator.comparingLong(ModelReport.StoredType::weights)
                        .reversed())
                .toList();
    }

    private static ModelReport.Shape shape(ModelConfig config) {
        return new ModelReport.Shape(
                config.vocabulary(),
                config.context(),
                config.layers(),
                config.embedding(),
                config.heads(),
                config.kvHeads(),
                config.headDim(),
                config.feedForward());
    }

    private static Optional<Fit.TooLarge> tooLarge(MemoryNeed need) {
        return need.in(HostMemory.available()) instanceof Fit.TooLarge large ? Optional.of(large) : Optional.empty();
    }

    /**
     * Writes a model of Gaussian weights, of use for shapes and speed alone; a file of that name is replaced.
     *
     * @param progress hears the share that is written, 0 to 1
     */
    public static void random(RandomModelOptions options, Path target, DoubleConsumer progress)
            throws ModelFileException {
        if (!options.architecture().equals(ModelConfig.ARCHITECTURE)) {
            throw new ModelFileException(
                    "--arch: only " + ModelConfig.ARCHITECTURE + " can be made, not '" + options.architecture() + "'");
        }
        try {
            RandomModel model = new RandomModel(
                    options.dim(),
                    options.layers(),
                    options.heads(),
                    options.kvHeads(),
                    options.feedForward(),
                    options.vocabulary(),
                    options.context(),
                    type(options.quant()),
                    options.tied(),
                    options.seed());
            double all = model.parameters();
            model.write(target, written -> progress.accept(written / all));
        } catch (GgufException | IllegalArgumentException e) {
            throw new ModelFileException(String.valueOf(e.getMessage()), e);
        }
    }

    private static TensorType type(String quant) throws ModelFileException {
        for (TensorType type : TensorType.values()) {
            if (type.name().equals(quant.toUpperCase(Locale.ROOT))) {
                return type;
            }
        }
        throw new ModelFileException("--quant: known are f32, f16, bf16, q8_0 and q4_0, not '" + quant + "'");
    }

    /** The model files on this machine: the built-in one, those added, then those that other programs keep. */
    public List<ModelListing> list() {
        List<ModelListing> listings = new ArrayList<>();
        for (ModelFolders.Found found : folders.find()) {
            listings.add(listing(found));
        }
        return listings;
    }

    /** The file of that name in the listing. */
    public Optional<Path> find(String name) {
        return folders.find().stream()
                .filter(found -> found.name().equals(name))
                .map(ModelFolders.Found::path)
                .findFirst();
    }

    private static ModelListing listing(ModelFolders.Found found) {
        long bytes = 0;
        try {
            bytes = Files.size(found.path());
            GgufFile file = GgufFile.read(found.path());
            ModelSummary summary = ModelSummary.of(file);
            Optional<Fit.TooLarge> tooLarge = summary.config()
                    .flatMap(
                            config -> tooLarge(MemoryNeed.of(file, config, Math.min(config.context(), SHORT_CONTEXT))));
            return new ModelListing(
                    found.name(),
                    found.path(),
                    found.source(),
                    summary.architecture(),
                    summary.parameters(),
                    bytes,
                    summary.config().isPresent(),
                    summary.config().isPresent() && tooLarge.isEmpty(),
                    summary.unsupported()
                            .or(() -> tooLarge.map(Fit.TooLarge::why))
                            .orElse(""));
        } catch (GgufException e) {
            return unreadable(found, bytes, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return unreadable(found, bytes, found.path() + ": cannot be read: " + e.getMessage());
        }
    }

    private static ModelListing unreadable(ModelFolders.Found found, long bytes, String why) {
        return new ModelListing(found.name(), found.path(), found.source(), "unknown", 0, bytes, false, false, why);
    }
}

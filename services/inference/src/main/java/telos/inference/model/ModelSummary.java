package telos.inference.model;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import telos.inference.gguf.GgufException;
import telos.inference.gguf.GgufFile;
import telos.inference.gguf.TensorInfo;
import telos.inference.gguf.TensorType;

/**
 * What a model file is, for people and programs that choose one.
 *
 * @param types how many tensors, weights and bytes each stored type has
 * @param config absent when Telos cannot run the model; {@code unsupported} then says why
 */
public record ModelSummary(
        Path path,
        String architecture,
        String name,
        long fileBytes,
        long parameters,
        Map<TensorType, Share> types,
        Optional<ModelConfig> config,
        Optional<MemoryNeed> memory,
        Optional<String> unsupported) {

    /** One stored type's part in a file. */
    public record Share(int tensors, long weights, long bytes) {
        private Share plus(TensorInfo tensor) {
            return new Share(tensors + 1, weights + tensor.elements(), bytes + tensor.bytes());
        }
    }

    public ModelSummary {
        types = Map.copyOf(types);
    }

    /** Reads it. A model that Telos cannot run has a summary too; a damaged file has none. */
    public static ModelSummary of(GgufFile file) throws GgufException {
        long parameters = 0;
        Map<TensorType, Share> types = new EnumMap<>(TensorType.class);
        for (TensorInfo tensor : file.tensors()) {
            parameters += tensor.elements();
            types.merge(tensor.type(), new Share(0, 0, 0).plus(tensor), (old, _) -> old.plus(tensor));
        }
        Optional<ModelConfig> config = Optional.empty();
        Optional<MemoryNeed> memory = Optional.empty();
        Optional<String> unsupported = Optional.empty();
        try {
            ModelConfig found = ModelConfig.of(file);
            config = Optional.of(found);
            memory = Optional.of(MemoryNeed.of(file, found, found.context()));
        } catch (GgufException e) {
            unsupported = Optional.of(String.valueOf(e.getMessage()));
        }
        return new ModelSummary(
                file.path(),
                file.metadata().string("general.architecture").orElse("unknown"),
                file.metadata().string("general.name").orElse("unnamed"),
                file.size(),
                parameters,
                types,
                config,
                memory,
                unsupported);
    }

    /** The type that most weights have. */
    public Optional<TensorType> mainType() {
        return types.entrySet().stream()
                .max(Map.Entry.comparingByValue(java.util.Comparator.comparingLong(Share::weights)))
                .map(Map.Entry::getKey);
    }
}

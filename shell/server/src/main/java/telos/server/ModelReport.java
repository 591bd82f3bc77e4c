package telos.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a model file holds, for people and programs that choose one.
 *
 * @param types how its weights are stored, the most used first
 * @param shape absent when Telos cannot run the model
 * @param memory bytes that it takes with its whole context; 0 when Telos cannot run it
 * @param unusable why Telos cannot run it, or why it does not fit into the memory that is available
 * @param metadata every key of the file, long lists cut
 */
public record ModelReport(
        Path path,
        String name,
        String architecture,
        long bytes,
        long parameters,
        List<StoredType> types,
        Optional<Shape> shape,
        long memory,
        boolean runs,
        boolean fits,
        String unusable,
        String tokenizer,
        boolean chatTemplate,
        Map<String, String> metadata) {

    /** One stored type's part in a file. */
    public record StoredType(String name, int tensors, long weights, long bytes) {}

    /** The network's extents; {@code context} in tokens. */
    public record Shape(
            int vocabulary,
            int context,
            int layers,
            int embedding,
            int heads,
            int kvHeads,
            int headDim,
            int feedForward) {}
}

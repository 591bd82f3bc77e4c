package telos.inference.chat;

import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * Texts to be put into vectors.
 *
 * @param dimensions how many numbers a vector must have; refused where it is not what the model has
 * @param tenant whose request it is; requests of different tenants never share cached blocks
 */
public record EmbeddingRequest(List<CompletionRequest.Prompt> inputs, OptionalInt dimensions, String tenant) {
    /** Inputs of one request that are computed at once; the others wait, so that requests take turns. */
    public static final int AT_ONCE = 8;

    public EmbeddingRequest {
        inputs = List.copyOf(inputs);
        Objects.requireNonNull(dimensions, "dimensions");
        Objects.requireNonNull(tenant, "tenant");
    }
}

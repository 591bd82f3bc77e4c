package telos.inference.chat;

import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import telos.kernel.scheduling.Claim;

/**
 * Texts to be put into vectors.
 *
 * @param dimensions how many numbers a vector must have; refused where it is not what the model has
 * @param claim whose request it is, and how urgent; requests of different tenants never share cached blocks
 */
public record EmbeddingRequest(List<CompletionRequest.Prompt> inputs, OptionalInt dimensions, Claim claim) {
    /** Inputs of one request that are computed at once; the others wait, so that requests take turns. */
    public static final int AT_ONCE = 8;

    public EmbeddingRequest {
        inputs = List.copyOf(inputs);
        Objects.requireNonNull(dimensions, "dimensions");
        Objects.requireNonNull(claim, "claim");
    }

    /** Of a tenant that is in no hurry. */
    public EmbeddingRequest(List<CompletionRequest.Prompt> inputs, OptionalInt dimensions, String tenant) {
        this(inputs, dimensions, Claim.of(tenant, ""));
    }

    public String tenant() {
        return claim.tenant();
    }
}

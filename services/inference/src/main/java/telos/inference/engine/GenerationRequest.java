package telos.inference.engine;

import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import telos.inference.constraint.Constraint;
import telos.inference.sampling.SamplingOptions;
import telos.kernel.scheduling.Claim;

/**
 * Tokens to continue.
 *
 * @param prompt at least one token; not changed afterwards by the caller
 * @param constraint what may be generated; null for anything. It belongs to this request alone
 * @param ends tokens that end the answer
 * @param logprobs how many alternatives to tell for each token; empty for no probabilities
 * @param claim whose request it is, and how urgent; blocks are never shared between tenants
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record GenerationRequest(
        int[] prompt,
        SamplingOptions sampling,
        @Nullable Constraint constraint,
        Set<Integer> ends,
        OptionalInt logprobs,
        Claim claim) {
    public GenerationRequest {
        Objects.requireNonNull(sampling, "sampling");
        ends = Set.copyOf(ends);
        Objects.requireNonNull(claim, "claim");
        if (prompt.length == 0) {
            throw new IllegalArgumentException("a prompt needs at least one token");
        }
    }

    /** A tenant's request that is in no hurry and does not ask for probabilities. */
    public GenerationRequest(
            int[] prompt, SamplingOptions sampling, @Nullable Constraint constraint, Set<Integer> ends, String tenant) {
        this(prompt, sampling, constraint, ends, OptionalInt.empty(), Claim.of(tenant, ""));
    }
}
